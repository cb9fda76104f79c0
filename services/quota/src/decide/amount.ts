import type { Amount, Measure } from '@vox/contracts';

export const nothing: Amount = { tokens: 0, micros: 0, seconds: 0 };

export const plus = (a: Amount, b: Amount): Amount => ({
  tokens: a.tokens + b.tokens,
  micros: a.micros + b.micros,
  seconds: a.seconds + b.seconds,
});

/** `a` without `b`, never below zero. */
export const minus = (a: Amount, b: Amount): Amount => ({
  tokens: Math.max(0, a.tokens - b.tokens),
  micros: Math.max(0, a.micros - b.micros),
  seconds: Math.max(0, a.seconds - b.seconds),
});

export const larger = (a: Amount, b: Amount): Amount => ({
  tokens: Math.max(a.tokens, b.tokens),
  micros: Math.max(a.micros, b.micros),
  seconds: Math.max(a.seconds, b.seconds),
});

export const smaller = (a: Amount, b: Amount): Amount => ({
  tokens: Math.min(a.tokens, b.tokens),
  micros: Math.min(a.micros, b.micros),
  seconds: Math.min(a.seconds, b.seconds),
});

/** The first measure in which `a` is more than `b`. */
export function exceeding(a: Amount, b: Amount): Measure | undefined {
  if (a.tokens > b.tokens) return 'tokens';
  if (a.micros > b.micros) return 'dollars';
  if (a.seconds > b.seconds) return 'minutes';
  return undefined;
}
