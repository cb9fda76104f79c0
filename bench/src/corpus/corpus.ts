import { type Draw, draw } from './draw.ts';
import { type Harmless, harmless } from './harmless.ts';
import { card, expiry, iban, joined, type Put, sharedOut, ssn, whole, written } from './secrets.ts';
import { type LanguageName, languages, spell } from './spell.ts';
import type { Templates, TemplatesOf } from './templates.ts';
import { dev } from './templates-dev.ts';
import { devMore } from './templates-dev-more.ts';
import { devMost } from './templates-dev-most.ts';
import { heldOut } from './templates-held-out.ts';

export type SecretKind = 'card' | 'cvc' | 'expiry' | 'iban' | 'ssn';
/** A planted secret and its places: each breath of a card has one. */
export type Secret = Readonly<{ kind: SecretKind; places: readonly Place[] }>;
export type Place = Readonly<{ message: number; start: number; end: number }>;
export type Case = Readonly<{
  language: LanguageName;
  about: string;
  messages: readonly Readonly<{ role: 'user' | 'assistant'; text: string }>[];
  secrets: readonly Secret[];
}>;

export const halves = {
  dev: { templates: [dev, devMore, devMost], seed: 20_260 },
  'held out': { templates: [heldOut], seed: 91_733 },
} as const satisfies Record<string, { templates: readonly Templates[]; seed: number }>;
export type Half = keyof typeof halves;

type Kind = Exclude<keyof TemplatesOf, 'fillers'>;
/** Shares of a hundred cases: half of them hold a secret. */
const mix: readonly (readonly [Kind, number])[] = [
  ['cards', 26],
  ['withCode', 10],
  ['talks', 10],
  ['accounts', 4],
  ['harmless', 40],
  ['harmlessTalks', 10],
];

function kindOf(by: Draw): Kind {
  let left = by.below(100);
  for (const [kind, share] of mix) {
    if (left < share) return kind;
    left -= share;
  }
  return 'harmless';
}

/** A half of the corpus. The same count gives the same cases. */
export function corpus(half: Half, count: number): Case[] {
  const { templates, seed } = halves[half];
  const by = draw(seed);
  return Array.from({ length: count }, (_, at) => {
    const language = languages[at % languages.length] ?? 'en';
    const kind = kindOf(by);
    const of = by.of(templates)[language];
    return filled(by.of(of[kind]), kind, of, language, by);
  });
}

const slot = /\{(\w+)\}/g;

/** What fills a slot, and its kind if it is a secret. */
function filling(name: string, language: LanguageName, fillers: readonly string[], by: Draw): [Put, SecretKind?] {
  if (name === 'card') return [joined(written(card(by), language, fillers, by)), 'card'];
  if (name === 'expiry') return [whole(expiry(by)), 'expiry'];
  if (name === 'iban') return [whole(iban(by)), 'iban'];
  if (name === 'ssn') return [whole(ssn(by)), 'ssn'];
  if (name !== 'cvc') return [whole(harmless[name as Harmless](by, language))];
  const digits = by.digits(3);
  return [whole(by.chance(0.5) ? digits : spell(digits, 'digits', language, by).join(' ')), 'cvc'];
}

function filled(template: string, about: string, { fillers }: TemplatesOf, language: LanguageName, by: Draw): Case {
  const parts = Math.max(0, ...Array.from(template.matchAll(slot), ([, name]) => Number(name) || 0));
  const shares = parts === 0 ? [] : sharedOut(written(card(by), language, fillers, by), parts);
  const secrets: { kind: SecretKind; places: Place[] }[] = parts === 0 ? [] : [{ kind: 'card', places: [] }];
  const messages = template.split(' | ').map((utterance, message): Case['messages'][number] => {
    const agent = utterance.startsWith('> ');
    const said = agent ? utterance.slice(2) : utterance;
    let [text, from] = ['', 0];
    for (const match of said.matchAll(slot)) {
      const name = match[1] ?? '';
      const share = shares[Number(name) - 1];
      const [put, kind] = share === undefined ? filling(name, language, fillers, by) : [share];
      text += said.slice(from, match.index);
      from = match.index + match[0].length;
      const places = put.places.map(({ start, end }) => ({
        message,
        start: start + text.length,
        end: end + text.length,
      }));
      if (share !== undefined) secrets[0]?.places.push(...places);
      else if (kind !== undefined) secrets.push({ kind, places });
      text += put.text;
    }
    return { role: agent ? 'assistant' : 'user', text: text + said.slice(from) };
  });
  return { language, about, messages, secrets };
}
