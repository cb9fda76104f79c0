import {
  type AddressCodes,
  type CodeRules,
  codesNow,
  hourMs,
  type KeptCode,
  type Lane,
  withLane,
} from './address-codes.ts';
import { closedUntilMs } from './bounds.ts';

export type SendDecision =
  | Readonly<{ kind: 'limited'; retryAtMs: number }>
  | Readonly<{ kind: 'sent'; state: AddressCodes; replaced: string | undefined }>;

/** Who asks: the hash of the challenge token that the browser still has of an earlier time, if it has one. */
export type Asking = Readonly<{ browser: string | undefined; code: KeptCode }>;

/**
 * Puts a new code in the place of the one before, unless too many were sent within the hour, or none would be accepted
 * yet. What a known browser asks for counts in the open lane too; what others ask for counts in no browser's lane.
 */
export function sendNew(
  known: AddressCodes | undefined,
  { browser, code }: Asking,
  rules: CodeRules,
  nowMs: number,
): SendDecision {
  const codes = codesNow(known, nowMs);
  const lane = codes.browsers.find((each) => isOf(each, browser)) ?? codes.open;
  const retryAtMs = Math.max(fullUntilMs(lane, rules, nowMs), closedUntilMs(lane, rules, nowMs) ?? 0);
  if (retryAtMs > nowMs) return { kind: 'limited', retryAtMs };
  const isLiving = lane.code !== null && lane.code.expiresAtMs > nowMs;
  const next = { ...lane, code, tries: isLiving ? lane.tries : 0, sentAtMs: [...lane.sentAtMs, nowMs] };
  const state = withLane(codes, lane, next);
  const open = lane === codes.open ? state.open : { ...codes.open, sentAtMs: [...codes.open.sentAtMs, nowMs] };
  return { kind: 'sent', state: { ...state, open }, replaced: lane.code?.codeId };
}

const isOf = ({ browser, code }: Lane, shown: string | undefined): boolean =>
  shown !== undefined && (browser === shown || code?.challenge === shown);

/** Until when a lane has had all its sends of an hour. */
function fullUntilMs({ sentAtMs }: Lane, { sendsPerHour }: CodeRules, nowMs: number): number {
  if (sentAtMs.length < sendsPerHour) return 0;
  return (sentAtMs[sentAtMs.length - sendsPerHour] ?? nowMs) + hourMs;
}
