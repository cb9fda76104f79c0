import type { NumberWord } from '../words/language.ts';
import type { Item, Run } from './run.ts';

/** A number that begins at an item, and the item that follows it. */
export type Cardinal = Readonly<{ value: number; next: number }>;
/** The most items in one number: “nine thousand nine hundred and quatre-vingt-dix-neuf”. */
const itemsOfNumberMost = 9;

const joins = (item: Item | undefined): item is Item => item !== undefined && item.gap !== 'apart';
export const spoken = (item: Item | undefined) => (item?.as === 'spoken' ? item.word : undefined);
const joined = (run: Run, at: number) => (joins(run.items[at]) ? spoken(run.items[at]) : undefined);

/**
 * Every number below a hundred that begins here. French and German count in their own ways, so the rules of all
 * languages are joined.
 */
function belowHundred(run: Run, at: number): Cardinal[] {
  const item = run.items[at];
  if (item?.as === 'digits')
    return /^[1-9]\d?$/.test(item.digits) ? [{ value: Number(item.digits), next: at + 1 }] : [];
  const word = spoken(item);
  if (word === undefined) return [];
  if (word.as === 'ten') return afterTen(run, at, word.value);
  if (word.as !== 'unit' && word.as !== 'pair') return [];
  const found: Cardinal[] = [{ value: word.value, next: at + 1 }];
  const following = joined(run, at + 1);
  if (following?.as !== 'ten' || word.as !== 'unit' || word.value === 0) return found;
  // quatre-vingts; ein und vierzig
  if (word.value === 4 && following.value === 20) found.push(...afterTen(run, at + 1, 80));
  if (run.items[at + 1]?.gap === 'and') found.push({ value: following.value + word.value, next: at + 2 });
  return found;
}

function afterTen(run: Run, at: number, ten: number): Cardinal[] {
  const alone: Cardinal = { value: ten, next: at + 1 };
  const more = joined(run, at + 1);
  if (more?.as === 'unit' && more.value > 0) return withUnit(run, alone, more);
  const found = [alone];
  if (ten !== 60 && ten !== 80) return found;
  // soixante-quinze, quatre-vingt-dix-sept
  if (more?.as === 'pair' && more.value > 10 && more.value < 17) found.push({ value: ten + more.value, next: at + 2 });
  if (more?.as === 'ten' && more.value === 10)
    for (const each of afterTen(run, at + 1, 10)) found.push({ value: ten + each.value, next: each.next });
  return found;
}

/** “forty one” is one number and never 40 and 1. In “vingt cinq mille” the five may count the thousand. */
function withUnit(run: Run, alone: Cardinal, unit: NumberWord): Cardinal[] {
  const both = { value: alone.value + unit.value, next: alone.next + 1 };
  // dix-sept, diez y seis
  if (alone.value === 10) return unit.value < 6 ? [alone] : [alone, both];
  return unit.maybe === true || multiplies(run, both.next) ? [alone, both] : [both];
}

/** Whether a hundred or a thousand stands here and counts what is before it. */
function multiplies(run: Run, at: number): boolean {
  const size = joined(run, at);
  return size?.as === 'thousand' || (size?.as === 'hundred' && size.alone !== true);
}

/** The numbers that go on with a multiple: 400 with eleven. */
function withRest(run: Run, multiples: readonly Cardinal[], rest: (at: number) => Cardinal[]): Cardinal[] {
  return multiples.flatMap(({ value, next }) => [
    { value, next },
    ...(joins(run.items[next]) ? rest(next).map((more) => ({ value: value + more.value, next: more.next })) : []),
  ]);
}

function belowThousand(run: Run, at: number): Cardinal[] {
  const small = belowHundred(run, at);
  const multiples = small.flatMap(({ value, next }): Cardinal[] => {
    const size = joined(run, next);
    return size?.as === 'hundred' && size.alone !== true ? [{ value: value * size.value, next: next + 1 }] : [];
  });
  const bare = spoken(run.items[at]);
  if (bare?.as === 'hundred') multiples.push({ value: bare.value, next: at + 1 });
  return [...small, ...withRest(run, multiples, (next) => belowHundred(run, next))];
}

/**
 * “vijfenveertighonderd negenendertig”, “viertausend fünfhundertelf”: whole hundreds or thousands in one word, and the
 * rest in the next.
 */
function ofWhole(run: Run, at: number): Cardinal[] {
  const word = spoken(run.items[at]);
  if (word?.as !== 'pair' || word.value < 100 || word.value % 100 !== 0) return [];
  const most = word.value % 1000 === 0 ? 1000 : 100;
  const rest = (next: number): Cardinal[] => belowThousand(run, next).filter(({ value }) => value > 0 && value < most);
  return withRest(run, [{ value: word.value, next: at + 1 }], rest).slice(1);
}

function all(run: Run, at: number): Cardinal[] {
  const small = belowThousand(run, at);
  const multiples = small.flatMap(({ value, next }): Cardinal[] =>
    joined(run, next)?.as === 'thousand' && value < 100 ? [{ value: value * 1000, next: next + 1 }] : [],
  );
  if (spoken(run.items[at])?.as === 'thousand') multiples.push({ value: 1000, next: at + 1 });
  return [...small, ...ofWhole(run, at), ...withRest(run, multiples, (next) => belowThousand(run, next))];
}

/**
 * What binds words to one number: a hyphen (“quarante-deux” is not 40 and 2), or a hundred or thousand after its count.
 */
const binds = (run: Run, at: number): boolean => run.items[at]?.gap === 'hyphen' || multiplies(run, at);

/** The item at which the number of an item begins: 20 in “vingt quatre”, four in “four hundred”. */
export function headOf(run: Run, item: number): number {
  let head = item;
  while (head > 0 && item - head < itemsOfNumberMost && isPart(run, head)) head -= 1;
  return head;
}

function isPart(run: Run, at: number): boolean {
  const [word, before] = [joined(run, at), spoken(run.items[at - 1])];
  if (word === undefined || before === undefined) return false;
  if (word.as === 'unit') return word.value > 0 && before.as === 'ten';
  return multiplies(run, at) || (run.items[at]?.gap === 'hyphen' && (word.as === 'ten' || word.as === 'pair'));
}

/** Every number to 9999 that may begin at an item, as people make them. */
export function cardinals(run: Run, at: number): Cardinal[] {
  const found = all(run, at);
  return found.filter(({ next }) => !binds(run, next) || !found.some((longer) => longer.next > next));
}

/** “three hundred nineteen”: the whole run is one number of three digits, although it could be spelt as 300 and 19. */
export const isOneOfHundreds = (run: Run): boolean =>
  run.items.length <= itemsOfNumberMost &&
  run.items.some((item) => spoken(item)?.as === 'hundred') &&
  cardinals(run, 0).some(({ value, next }) => next === run.items.length && value < 1_000);
