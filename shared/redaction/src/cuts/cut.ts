import type { RedactionKind } from './policy.ts';

/** Why something is cut. */
export const rules = {
  whole: 'a whole card: an issuer’s beginning and length, and Luhn’s digit',
  ambiguous: 'too many meanings to follow them all',
  misheard: 'a card was spoken of, and a digit is wrong or missing',
  begun: 'a card may begin here, or go on',
  answer: 'an answer to whoever asked for a card, or the end of one that nobody heard begin',
  corrected: 'a correction of a card',
  account: 'an account number',
  person: 'a number that the state gives a person',
  detail: 'code or expiry: named, asked for, or right beside a card',
} as const;
export type Rule = keyof typeof rules;

export type Cut = Readonly<{ start: number; end: number; kind: RedactionKind; lastFour?: string; rule?: Rule }>;

const named = ({ kind, lastFour = '' }: Cut): string =>
  `[REDACTED:${kind === 'card-part' ? 'card' : kind}${lastFour.length === 4 ? ` …${lastFour}` : ''}]`;

/**
 * Joins cuts that touch. A whole card names the joined cut, or else the first cut does. The longest card gives the last
 * digits.
 */
export function united(cuts: readonly Cut[]): Cut[] {
  const ordered = [...cuts].sort((a, b) => a.start - b.start || b.end - a.end);
  const found: { cut: Cut; longest: number }[] = [];
  for (const cut of ordered) {
    const last = found.at(-1);
    const size = cut.kind === 'card' ? cut.end - cut.start : 0;
    if (last === undefined || cut.start >= last.cut.end) found.push({ cut, longest: size });
    else {
      const named = size > last.longest ? cut : last.cut;
      last.cut = { ...named, start: last.cut.start, end: Math.max(last.cut.end, cut.end) };
      last.longest = Math.max(last.longest, size);
    }
  }
  return found.map(({ cut }) => cut);
}

/** A text without what is cut, given in order and apart. */
export function without(text: string, cuts: readonly Cut[]): string {
  let [kept, from] = ['', 0];
  for (const cut of cuts) {
    kept += text.slice(from, cut.start) + named(cut);
    from = cut.end;
  }
  return kept + text.slice(from);
}
