import {
  type AddressCodes,
  type CodeRules,
  codesNow,
  emptyLane,
  type KeptCode,
  lanesOf,
  withLane,
} from './address-codes.ts';
import { type Bound, boundOf } from './bounds.ts';

/** Why a code is refused: a closed list for metrics. The person who tries hears none of it. */
export type Refusal = 'no-code' | 'other-browser' | 'expired' | 'tries' | 'locked' | 'wrong' | 'used';

export type TryDecision =
  | Readonly<{ kind: 'refused'; why: Extract<Refusal, 'other-browser' | 'expired' | 'tries' | 'locked'> }>
  | Readonly<{
      kind: 'counted';
      state: AddressCodes;
      code: KeptCode;
      /** The bound that this try reaches if it turns out wrong. */
      reaches: Bound | undefined;
    }>;

/**
 * Counts a try as a failure before anybody compares, so that of many at once only the allowed number is compared. A try
 * from a browser that did not ask is not compared, so it counts against nobody.
 */
export function countTry(
  known: AddressCodes | undefined,
  challenge: string,
  { triesMax }: CodeRules,
  nowMs: number,
): TryDecision {
  const codes = codesNow(known, nowMs);
  const lane = lanesOf(codes).find(({ code }) => code?.challenge === challenge);
  if (lane?.code == null) return { kind: 'refused', why: 'other-browser' };
  if (lane.code.expiresAtMs <= nowMs) return { kind: 'refused', why: 'expired' };
  if (lane.tries >= triesMax) return { kind: 'refused', why: 'tries' };
  if (boundOf(lane, nowMs) !== undefined) return { kind: 'refused', why: 'locked' };
  const next = { ...lane, tries: lane.tries + 1, failedAtMs: [...lane.failedAtMs, nowMs] };
  return { kind: 'counted', state: withLane(codes, lane, next), code: lane.code, reaches: boundOf(next, nowMs) };
}

/**
 * Uses a code up after it was found right, and knows the browser from now on. `undefined` when the code is gone: used
 * by another, or replaced. The try is taken off the failures.
 */
export function useUp(
  known: AddressCodes | undefined,
  { codeId, triedAtMs }: Readonly<{ codeId: string; triedAtMs: number }>,
  nowMs: number,
): AddressCodes | undefined {
  const codes = codesNow(known, nowMs);
  const lane = lanesOf(codes).find(({ code }) => code?.codeId === codeId);
  if (lane?.code == null) return undefined;
  const done = { ...lane, code: null, tries: 0, failedAtMs: without(lane.failedAtMs, triedAtMs) };
  const own = { ...done, browser: lane.code.challenge, usedAtMs: nowMs };
  if (lane !== codes.open) return { ...codes, browsers: [own, ...codes.browsers.filter((each) => each !== lane)] };
  // Failures of strangers stay with the strangers.
  return { open: done, browsers: [{ ...emptyLane, ...own, failedAtMs: [] }, ...codes.browsers] };
}

function without(moments: readonly number[], one: number): readonly number[] {
  const place = moments.lastIndexOf(one);
  return place < 0 ? moments : moments.toSpliced(place, 1);
}
