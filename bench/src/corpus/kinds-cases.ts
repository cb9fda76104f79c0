import type { SpokenIn } from './digits.ts';
import { spokenIn } from './digits.ts';
import { type Draw, draw } from './draw.ts';
import type { GivenCase } from './given.ts';
import { fills, secret } from './kinds.ts';
import { type Kinds, mustGo } from './templates-kinds.ts';
import { mayStay } from './templates-kinds-harmless.ts';

const slot = /\{(\w+)\}/g;

function turnOf(said: string, language: SpokenIn, by: Draw): GivenCase['turns'][number] {
  const agent = said.startsWith('> ');
  const template = agent ? said.slice(2) : said;
  const must: GivenCase['turns'][number]['mustGo'] = [];
  let [text, from] = ['', 0];
  for (const match of template.matchAll(slot)) {
    const name = match[1] ?? '';
    text += template.slice(from, match.index);
    from = match.index + match[0].length;
    const filled = fills[name]?.(by, language) ?? '';
    if (secret.test(name))
      must.push({ kind: name, start: text.length, end: text.length + filled.length, text: filled });
    text += filled;
  }
  return { role: agent ? 'assistant' : 'user', text: text + template.slice(from), mustGo: must };
}

/** Each kind in each language, `times` times with other numbers. */
export function kindCases(times: number, seed = 4_711): GivenCase[] {
  const by = draw(seed);
  const of = (kinds: Kinds, expected: GivenCase['expected']): GivenCase[] =>
    Object.entries(kinds).flatMap(([kind, all]) =>
      spokenIn.flatMap((language) =>
        all[language].flatMap((template) =>
          Array.from({ length: times }, () => {
            const turns = template.split(' | ').map((said) => turnOf(said, language, by));
            return { kind, expected, turns, language, heldOut: false };
          }),
        ),
      ),
    );
  return [...of(mustGo, 'redact'), ...of(mayStay, 'keep')];
}
