import type { Item, Run } from './run.ts';

/** One way to hear what begins at an item: the digits, and the item that follows. */
export type Reading = Readonly<{ digits: string; next: number }>;
type Cardinal = Readonly<{ value: number; next: number }>;

const joins = (item: Item | undefined): item is Item => item !== undefined && item.gap !== 'apart';
const spoken = (item: Item | undefined) => (item?.as === 'spoken' ? item.word : undefined);
const joined = (run: Run, at: number) => (joins(run.items[at]) ? spoken(run.items[at]) : undefined);

/** Every number below a hundred that begins here. French and German count in their own ways, so the rules are a union. */
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
  const found: Cardinal[] = [{ value: ten, next: at + 1 }];
  const more = joined(run, at + 1);
  if (more?.as === 'unit' && more.value > 0) found.push({ value: ten + more.value, next: at + 2 });
  if (ten !== 60 && ten !== 80) return found;
  // soixante-quinze, quatre-vingt-dix-sept
  if (more?.as === 'pair' && more.value > 10 && more.value < 17) found.push({ value: ten + more.value, next: at + 2 });
  if (more?.as === 'ten' && more.value === 10)
    for (const each of afterTen(run, at + 1, 10)) found.push({ value: ten + each.value, next: each.next });
  return found;
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

function cardinals(run: Run, at: number): Cardinal[] {
  const small = belowThousand(run, at);
  const multiples = small.flatMap(({ value, next }): Cardinal[] =>
    joined(run, next)?.as === 'thousand' && value < 100 ? [{ value: value * 1000, next: next + 1 }] : [],
  );
  if (spoken(run.items[at])?.as === 'thousand') multiples.push({ value: 1000, next: at + 1 });
  return [...small, ...withRest(run, multiples, (next) => belowThousand(run, next))];
}

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

/** What makes one number of words, if it can: a hyphen (“quarante-deux” is not 40 and 2), a hundred or thousand after its count. */
function binds(run: Run, at: number): boolean {
  const size = joined(run, at);
  return run.items[at]?.gap === 'hyphen' || size?.as === 'thousand' || (size?.as === 'hundred' && size.alone !== true);
}

const natural = (run: Run, found: readonly Cardinal[]): readonly Cardinal[] =>
  found.filter(({ next }) => !binds(run, next) || !found.some((longer) => longer.next > next));

/** Every way to hear what begins at an item: “quatre vingt” is 80, and 4 and 20. None stretches over more than nine items. */
export function readings(run: Run, at: number): Reading[] {
  const item = run.items[at];
  if (item === undefined) return [];
  const found: Reading[] = item.as === 'digits' ? [{ digits: item.digits, next: at + 1 }] : [];
  for (const { value, next } of natural(run, cardinals(run, at)))
    if (item.as === 'spoken' || next > at + 1) found.push({ digits: String(value), next });
  if (spoken(item)?.maybe === true || spoken(item)?.as === 'fold') found.push({ digits: '', next: at + 1 });
  return [...found, ...repeats(run, at)];
}
