import { cardinals, spoken } from './cardinals.ts';
import type { Item, Run } from './run.ts';

/** One reading of what begins at an item: the digits, and the item that follows. */
export type Reading = Readonly<{ digits: string; next: number }>;

/** double five, two times four, three nines: a digit said once and meant several times. */
function repeats(run: Run, at: number): Reading[] {
  const word = spoken(run.items[at]);
  const item = run.items[at];
  const many =
    word?.as === 'times' || word?.as === 'unit' ? word.value : item?.as === 'digits' ? Number(item.digits) : 0;
  if (many < 2 || many > 9) return [];
  const fold = spoken(run.items[at + 1])?.as === 'fold';
  const next = at + (fold ? 2 : 1);
  const digit = oneDigit(run.items[next]);
  const plural = spoken(run.items[next])?.plural === true;
  return digit !== undefined && (fold || word?.as === 'times' || plural)
    ? [{ digits: digit.repeat(many), next: next + 1 }]
    : [];
}

function oneDigit(item: Item | undefined): string | undefined {
  if (item?.as === 'digits') return item.digits.length === 1 ? item.digits : undefined;
  const word = spoken(item);
  return word?.as === 'unit' ? String(word.value) : undefined;
}

/** Every reading of what begins at an item: “quatre vingt” is 80, and 4 and 20. None takes more than nine items. */
export function readings(run: Run, at: number): Reading[] {
  const item = run.items[at];
  if (item === undefined) return [];
  const found: Reading[] = item.as === 'digits' ? [{ digits: item.digits, next: at + 1 }] : [];
  for (const { value, next } of cardinals(run, at))
    if (item.as === 'spoken' || next > at + 1) found.push({ digits: String(value), next });
  if (spoken(item)?.maybe === true || spoken(item)?.as === 'fold') found.push({ digits: '', next: at + 1 });
  return [...found, ...repeats(run, at)];
}
