import type { Token } from '../tokens/token.ts';

const alphabets = [
  'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu',
  'anton berta casar dora emil friedrich gustav heinrich ida julius kaufmann ludwig martha nordpol otto paula quelle richard samuel theodor ulrich viktor wilhelm xanthippe ypsilon zacharias',
  'ay bee cee dee ee eff gee aitch jay kay ell em en oh pee cue ar ess tee you vee doubleu ex why zee',
];
const more =
  'alfa:a juliett:j whisky:w zeppelin:z siegfried:s konrad:k casare:c zed:z haitch:h ef:f el:l es:s er:r ge:g ha:h ka:k pe:p te:t ix:x zett:z zet:z';
const named: ReadonlyMap<string, string> = new Map([
  ...alphabets.flatMap((words) =>
    words.split(' ').map((word, at): [string, string] => [word, String.fromCharCode(97 + at)]),
  ),
  ...more.split(' ').map((each) => each.split(':') as [string, string]),
]);
/** The words behind which a word stands for the letter before them: “D as in delta”, “D wie Dora”, “D comme Daniel”. */
const likes = new Set(['as', 'like', 'for', 'wie', 'comme', 'como', 'come', 'van', 'als', 'de', 'di', 'da']);

/** A letter that a token spells by itself or by a spelling alphabet, and how many tokens that takes. */
export function letterAt(
  text: string,
  tokens: readonly Token[],
  at: number,
): { letter: string; size: number } | undefined {
  const token = tokens[at];
  if (token === undefined || token.as === 'digits' || token.as === 'mark') return undefined;
  const written = text.slice(token.start, token.end).toLowerCase();
  // “it’s a” spells nothing.
  if (/^[a-z]$/.test(written) && /['’]/.test(text[token.start - 1] ?? '')) return undefined;
  if (/^[a-z]$/.test(written)) return { letter: written.toUpperCase(), size: 1 + explained(tokens, at + 1) };
  const letter = named.get(token.as === 'word' ? token.text : written);
  return letter === undefined ? undefined : { letter: letter.toUpperCase(), size: 1 };
}

function explained(tokens: readonly Token[], at: number): number {
  const [like, next, last] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (like?.as !== 'word' || !likes.has(like.text) || next?.as !== 'word') return 0;
  if (like.text === 'as' && next.text === 'in') return last?.as === 'word' ? 3 : 2;
  // “D E” is two letters, although “de” may explain one.
  return next.text.length > 2 ? 2 : 0;
}
