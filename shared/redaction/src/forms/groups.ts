import type { Run } from '../digits/run.ts';

/**
 * Calling codes of more than one digit that a card may begin like, or that stand alone before a number (ITU-T E.164,
 * list of 2024).
 */
const codes = new Set(
  (
    '1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ' +
    '212 213 216 218 234 254 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 380 381 382 385 386 387 389 420 421 502 503 504 ' +
    '505 506 507 509 591 592 593 595 598 852 853 855 880 886 961 962 965 966 968 971 972 973 974 977 994 995 996 998'
  ).split(' '),
);
const [digitsLeast, digitsMost] = [7, 13];
const longestGroup = 8;
const between = /^[ .\-/()\u00a0]{1,3}$/;

/**
 * The figures of a run as they are grouped, if nothing but spaces, dots, dashes, slashes or brackets stands between.
 */
export function groupsOf(text: string, run: Pick<Run, 'items'>): readonly string[] | undefined {
  const groups: string[] = [];
  let end: number | undefined;
  for (const item of run.items) {
    if (item.as !== 'digits') return undefined;
    if (end !== undefined && !between.test(text.slice(end, item.start))) return undefined;
    groups.push(item.digits);
    end = item.end;
  }
  return groups;
}

/** Whether a card may be grouped so: equal groups with a shorter last one, fours and pairs, or 4-6-5. */
export function isCardLike(groups: readonly string[]): boolean {
  const sizes = groups.map(({ length }) => length);
  const [first = 0, second = 0] = sizes;
  if (sizes.every((size, at) => size === first || (at === sizes.length - 1 && size < first))) return true;
  if (sizes.every((size) => size === 2 || size === 4)) return true;
  return first === 4 && sizes.length <= 3 && (sizes.length === 2 ? second <= 6 : second === 6);
}

/**
 * “0049 151 23456789”: two noughts and a calling code, before at most fifteen digits in all (ITU-T E.164), in groups
 * that no card has.
 */
const isDialledAbroad = (groups: readonly string[]): boolean => {
  const [first = ''] = groups;
  const length = groups.join('').length - 2;
  return first.startsWith('00') && codes.has(first.slice(2)) && length > 8 && length < 16 && !isCardLike(groups);
};

/**
 * Whether figures are grouped as telephone numbers are: behind a calling code or a nought, or as North America and
 * India do.
 */
export function isTelephoneLike(groups: readonly string[]): boolean {
  const all = groups.join('');
  const sizes = groups.map(({ length }) => length).join('-');
  const [first = ''] = groups;
  if (isDialledAbroad(groups)) return true;
  if (all.length < digitsLeast || all.length > digitsMost || groups.some(({ length }) => length > longestGroup))
    return false;
  if (/^(?:1-)?3-3-4$|^3-2-2-2$|^3-3-3$|^2-(?:4|5)-4$/.test(sizes)) return true;
  if (sizes === '5-5') return /^[6-9]/.test(all);
  if (first.startsWith('0')) return all.length > 8 && all.length < 13 && sizes !== '4-4-4';
  if (groups.length < 3 || !codes.has(first)) return false;
  const rest = groups.slice(1);
  return (
    !(isCardLike(groups) && rest.every(({ length }) => length === 2)) && rest.slice(1).every(({ length }) => length > 1)
  );
}

/** Order numbers of two great shops, and licence keys: groups joined by dashes as no card’s are. */
export function isKeyLike(text: string, run: Pick<Run, 'items'>, groups: readonly string[]): boolean {
  const [start, end] = [run.items[0]?.start ?? 0, run.items.at(-1)?.end ?? 0];
  return (
    groups.length > 2 &&
    end - start < 40 &&
    /^\d+(?:-\d+)+$/.test(text.slice(start, end)) &&
    !isCardLike(groups) &&
    groups[0]?.length !== 4
  );
}
