import { type Lengths, lengthsOf, longest, shortest } from './issuer.ts';

/**
 * A card number as far as it has been read: what the next digit needs, and not the digits. Luhn’s sum (ISO/IEC 7812-1,
 * annex B) doubles every second digit from the right; as the length is not yet known, both sums are kept.
 */
export type Path = Readonly<{
  /** The leading digits, until they tell the issuer. */
  prefix: string;
  /** Lengths its issuer uses, once known; 0 before. */
  lengths: Lengths;
  count: number;
  /** Sums modulo 10, the digits at even or at odd places (from 0) doubled. */
  even: number;
  odd: number;
}>;

export const start: Path = { prefix: '', lengths: 0, count: 0, even: 0, odd: 0 };

const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];

/** The path continued with more digits, or `undefined` when no card goes on like this. */
export function advance(path: Path, digits: string): Path | undefined {
  let { prefix, lengths, count, even, odd } = path;
  if (count + digits.length > longest) return undefined;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(at) - 48;
    const twice = doubled[digit] ?? 0;
    even = (even + (count % 2 === 0 ? twice : digit)) % 10;
    odd = (odd + (count % 2 === 1 ? twice : digit)) % 10;
    count += 1;
    if (lengths !== 0) continue;
    prefix += digits[at];
    const found = lengthsOf(prefix);
    if (found === 0) return undefined;
    if (found !== undefined) [lengths, prefix] = [found, ''];
  }
  const past = count < shortest ? 0 : (1 << (count - shortest)) - 1;
  return lengths !== 0 && (lengths & ~past) === 0 ? undefined : { prefix, lengths, count, even, odd };
}

/** Whether the digits so far are a card number: a length of the issuer’s, and Luhn’s sum. */
export const isCard = (path: Path): boolean =>
  path.count >= shortest &&
  (path.lengths & (1 << (path.count - shortest))) !== 0 &&
  (path.count % 2 === 0 ? path.even : path.odd) === 0;

/** Whether more digits could follow. */
export const isOpen = (path: Path): boolean =>
  path.count < longest && (path.lengths === 0 || path.lengths >> Math.max(0, path.count - shortest + 1) !== 0);
