import { cardinals } from '../digits/cardinals.ts';
import type { Run } from '../digits/run.ts';
import { groupsOf, isCardLike, isKeyLike, isTelephoneLike } from './groups.ts';

/** Longer runs are looked at no further: nobody counts or lists so long. */
const itemsMost = 40;
const lengthMost = 120;

const clock = /^\d{1,3}:\d{1,3}(?::\d{2})?(?:[.,]\d{1,6})?(?:[,;\s]+(?:\p{L}+[,;\s]+){0,3}\d{1,3}:\d{1,3})*$/u;
const decimal = /^\d{1,4}[.,]\d$|^\d{1,3}[.,]\d{3,}(?:[,;\s]+[-−]?\d{1,3}[.,]\d{4,})?$/;
const amounts = /^\d{1,3}(?:[.,]\d{3})*[.,]\d{2}(?:(?:\s+(?:\p{L}+\s*)?|\p{L}+\s*)\d{1,3}(?:[.,]\d{3})*[.,]\d{2})*$/u;
const years = /^(?:\d{1,2}[ /])?(?:19|20)\d{2}(?:[,;\s]+(?:\p{L}+\s+)?(?:\d{1,2}[ /])?(?:19|20)\d{2})*$/u;
const versions = /^\d{1,3}(?:\.\d{1,3}){2,3}$/;
const moments =
  /^(?:1[4-9]\d{8}(?:\d{3})?|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)$/;
/** “453, 53111 Bonn”: a house, a postcode and a town. */
const house = /^\d{1,4}, \d{4,5}$/;
const town = /^ \p{Lu}\p{Ll}/u;
const equals =
  /(?:^|[^\p{L}])(?:is|equals|makes|ist|gleich|sind|font|egale|son|es|fa|fanno|sao|da|maakt)(?:[^\p{L}]|$)|=/iu;

/** “BA 2490”: an airline, and at most four digits (IATA, Resolution 762). */
const flight = /(?:^|[^\p{L}])(?!CC|MC|CB|VI|NO|NR|IS|MY)[A-Z]{2} ?$/u;
const flightMost = 4;

const luhn = (digits: string): boolean =>
  Array.from(digits, Number)
    .reverse()
    .reduce((sum, digit, at) => sum + (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0) %
    10 ===
  0;
const ean = (digits: string): boolean =>
  Array.from(digits, Number)
    .reverse()
    .reduce((sum, digit, at) => sum + digit * (at % 2 === 0 ? 1 : 3), 0) %
    10 ===
  0;
/** Telephones (3GPP TS 23.003, with a Luhn digit) and books (ISO 2108), by all their digits. */
const isDevice = (digits: string): boolean => /^(?:01|35|86|98|99)\d{13}$/.test(digits) && luhn(digits);
const isBook = (digits: string): boolean => /^97[89]\d{10}$/.test(digits) && ean(digits);

/** The numbers of a run, each as large as it can be. */
function valuesOf(run: Pick<Run, 'items'>): number[] {
  const values: number[] = [];
  for (let at = 0; at < run.items.length; ) {
    const item = run.items[at];
    const found = item?.as === 'spoken' ? cardinals(run as Run, at) : [];
    const longest = found.reduce((most, each) => (each.next > most.next ? each : most), {
      value: Number.NaN,
      next: at,
    });
    if (item?.as !== 'spoken')
      values.push(item === undefined || item.digits.length > 3 ? Number.NaN : Number(item.digits));
    else values.push(longest.value);
    at = Math.max(at + 1, longest.next);
  }
  return values;
}

const countedLeast = 3;
const songMost = 10;
const setOff = /^(?:\p{L}+, ){4}/u;
const countsFrom = (steps: readonly number[]): boolean =>
  [1, -1].some((by) => steps.length >= countedLeast && steps.slice(0, countedLeast).every((step) => step === by));

/** Whether values count up or down, in rounds too, or only grow, as a lottery's numbers do. */
function isCounted(written: string, run: Pick<Run, 'items'>): boolean {
  const values = valuesOf(run);
  if (values.length < 4 || values.some(Number.isNaN)) return false;
  const steps = values.slice(1).map((value, at) => value - (values[at] ?? 0));
  if (values.length > 4 && steps.every((step) => step > 0)) return true;
  if (steps.every((step) => step === -1)) return true;
  const [first] = values;
  // A song counts and then goes elsewhere: “five, six, seven, eight, eight six seven”. A longer run without commas may
  // be a card that begins so.
  if (countsFrom(steps) && (values.length <= songMost || setOff.test(written))) return true;
  let lap = 1;
  return steps.every((step, at) => {
    const isOver = values[at + 1] === first && lap >= countedLeast;
    lap = step === 1 ? lap + 1 : 1;
    return step === 1 || isOver;
  });
}

/** “nineteen forty-five, nineteen fifty-three”: years, said as two numbers each. */
function isYears(run: Pick<Run, 'items'>): boolean {
  if (!run.items.every(({ as }) => as === 'spoken')) return false;
  const values = valuesOf(run);
  const isYear = (value: number, at: number): boolean =>
    at % 2 === 0 ? value === 19 || value === 20 : value > 9 && value < 100;
  return values.length >= 4 && values.length % 2 === 0 && values.every(isYear);
}

/** Who counts so far counts, and says no card. */
const countsLong = 8;
export const isCount = (run: Pick<Run, 'items'>): boolean => {
  if (run.items.length < countsLong || run.items.length > itemsMost) return false;
  const values = valuesOf(run);
  return values.every((value, at) => at === 0 || value - (values[at - 1] ?? 0) === 1);
};

/** Whether the form of digits makes them a time, an amount, a place, years, a count or a sum. */
export function isFormed(text: string, run: Pick<Run, 'items'>): boolean {
  const [start, end] = [run.items[0]?.start ?? 0, run.items.at(-1)?.end ?? 0];
  if (run.items.length > itemsMost || end - start > lengthMost) return false;
  const written = text.slice(start, end);
  if (
    clock.test(written) ||
    decimal.test(written) ||
    amounts.test(written) ||
    years.test(written) ||
    versions.test(written)
  )
    return true;
  // “forty-two cents”, which French would hear as hundreds.
  if (/\bcents$/i.test(written)) return true;
  if (house.test(written) && town.test(text.slice(end, end + 3))) return true;
  if (run.items.some((item) => item.as === 'spoken' && item.word.as === 'fold') && equals.test(written)) return true;
  return isCounted(written, run) || isYears(run);
}

/** A nought and this many digits more, one by one: most telephone numbers are said so, and few card numbers end so. */
const [saidLeast, saidMost] = [9, 12];
const isTelephoneSaid = ({ items: [first, ...rest] }: Pick<Run, 'items'>): boolean =>
  first?.as === 'spoken' &&
  first.word.as === 'unit' &&
  first.word.value === 0 &&
  first.word.maybe !== true &&
  rest.length + 1 >= saidLeast &&
  rest.length < saidMost &&
  rest.every((item) => item.as === 'spoken' && item.word.as === 'unit');

/** Whether digits are grouped as telephone numbers, or have the check digit of a device or a book. */
export function isGroupedOtherwise(text: string, run: Pick<Run, 'items'>): boolean {
  if (run.items.length > itemsMost) return false;
  const groups = groupsOf(text, run);
  if (groups === undefined) return isTelephoneSaid(run);
  const all = groups.join('');
  const start = run.items[0]?.start ?? 0;
  if (all.length <= flightMost && flight.test(text.slice(Math.max(0, start - 5), start))) return true;
  if (isDevice(all) || isBook(all) || moments.test(all)) return groups.length === 1 || !isCardLike(groups);
  return isTelephoneLike(groups) || isKeyLike(text, run, groups);
}
