import type { Cut } from '../cuts/cut.ts';
import { endOf, type Run, startOf } from '../digits/run.ts';
import { itemsPerDigit, spellings } from '../digits/spellings.ts';
import type { Cue } from '../tokens/cues.ts';
import type { Token } from '../tokens/token.ts';

/** MMYY or MMYYYY, in this century as far as cards are valid. */
const isExpiry = (digits: string): boolean => /^(?:0[1-9]|1[0-2]|[1-9](?=20))(?:20)?[2-5][0-9]$/.test(digits);
/** “five twenty-eight”, where an expiry was asked for. */
const isBrief = (digits: string): boolean => /^[1-9][2-5][0-9]$/.test(digits);
const isCode = (digits: string): boolean => /^[0-9]{3,4}$/.test(digits);
const isYear = (digits: string): boolean => /^(?:20)?[2-5][0-9]$/.test(digits);

/** The surroundings of digits: words that name them, a card, and a month right before them. */
export type Around = Readonly<{
  cues: readonly Cue[];
  near: boolean;
  adjacent: boolean;
  month: Token | undefined;
  /** “exp_month”, “expiration year”: only a part of an expiry. */
  part: boolean;
}>;
const isPart = (digits: string): boolean => /^(?:0?[1-9]|1[0-2]|(?:20)?[2-5][0-9])$/.test(digits);

/** Code or expiry, if digits can be one and what is around them says so. */
export function detailsOf(run: Run, { cues, near, adjacent, month, part }: Around): Cut[] {
  const [start, end] = [startOf(run), endOf(run)];
  const written = spellings(run, 8);
  const code = written.some(isCode);
  if (cues.includes('codeName') && code) return [{ start, end, kind: 'cvc' }];
  if (!near || (!adjacent && cues.length === 0)) return [];
  if (cues.includes('code') && code) return [{ start, end, kind: 'cvc' }];
  if (month !== undefined && written.some(isYear)) return [{ start: month.start, end, kind: 'expiry' }];
  if (part && cues.includes('expiry') && written.some(isPart)) return [{ start, end, kind: 'expiry' }];
  if (written.some(isExpiry) && (adjacent || cues.includes('expiry'))) return [{ start, end, kind: 'expiry' }];
  if (cues.includes('expiry') && written.some(isBrief)) return [{ start, end, kind: 'expiry' }];
  if (adjacent && code) return [{ start, end, kind: 'cvc' }];
  return both(run, cues.includes('expiry'));
}

/**
 * The most digits that an expiry and a code have, and the most items that may spell them: longer runs are neither and
 * are not tried.
 */
const [expiryMost, codeMost] = [6, 4];
const itemsOf = (digits: number): number => digits * itemsPerDigit;

/** “12/27 123”: an expiry and a code in one breath. */
function both(run: Run, asked: boolean): Cut[] {
  const { length } = run.items;
  // “0829, 771, 10012”: a postcode behind them.
  const [first, second] = run.items;
  if (
    length > 2 &&
    first?.as === 'digits' &&
    second?.as === 'digits' &&
    isExpiry(first.digits) &&
    isCode(second.digits)
  )
    return [
      { start: first.start, end: first.end, kind: 'expiry' },
      { start: second.start, end: second.end, kind: 'cvc' },
    ];
  if (length > itemsOf(expiryMost) + itemsOf(codeMost)) return [];
  for (let at = Math.max(1, length - itemsOf(codeMost)); at < Math.min(length, itemsOf(expiryMost) + 1); at += 1) {
    const [expiry, code] = [
      { ...run, items: run.items.slice(0, at) },
      { ...run, items: run.items.slice(at) },
    ];
    const dates = spellings(expiry, expiryMost);
    if (
      dates.some((digits) => isExpiry(digits) || (asked && isBrief(digits))) &&
      spellings(code, codeMost).some(isCode)
    )
      return [
        { start: startOf(expiry), end: endOf(expiry), kind: 'expiry' },
        { start: startOf(code), end: endOf(code), kind: 'cvc' },
      ];
  }
  return [];
}
