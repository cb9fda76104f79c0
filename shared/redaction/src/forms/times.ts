import type { Run } from '../digits/run.ts';
import type { Token } from '../tokens/token.ts';

/** “four thirty, five fifteen” behind “at”: hours and minutes. */
const clockWords = new Set(
  (
    'at or o ou oder of by until till from between um bis von gegen las alle dalle vers om tot van rond ' +
    'zwischen entre tra fra tussen around'
  ).split(' '),
);
const itemsMost = 6;
/** “tra le quattordici”: fillers between. */
const fillersMost = 2;

/** Whether digits are hours and minutes, by the word before them. */
export function isSpokenTime({ items, from }: Run, tokens: readonly Token[]): boolean {
  if (items.length > itemsMost) return false;
  for (let at = from - 1; at >= from - 1 - fillersMost; at -= 1) {
    const token = tokens[at];
    if (token?.as !== 'word') return false;
    if (clockWords.has(token.text))
      return items.every((item) => (item.as === 'spoken' ? item.word.value : Number(item.digits)) < 60);
    if (!token.filler) return false;
  }
  return false;
}

const since = new Set('in since im en em nel dal seit depuis desde sinds about around'.split(' '));
const centuries = [19, 20];

/** “nineteen eighty-four” behind “in”: a year. */
export function isSpokenYear({ items, from }: Run, tokens: readonly Token[]): boolean {
  if (items.length < 2 || items.length > 3) return false;
  const [century, ...rest] = items.map((item) => (item.as === 'spoken' ? item.word.value : Number.NaN));
  const before = tokens[from - 1];
  const year = rest.reduce((sum, each) => sum + each, 0);
  const isYear = centuries.includes(century ?? 0) && year > 9 && year < 100;
  return isYear && before?.as === 'word' && since.has(before.text);
}
