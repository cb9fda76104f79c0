import type { Denial, Identity, KindLimits } from '@vox/shared/contracts';
import {
  counted,
  keyScope,
  openIn,
  openScopes,
  personOf,
  type Slots,
  type Starts,
  startScope,
  tidy,
  windowMs,
  withStart,
} from './slots.ts';

export type Claim = Readonly<{
  sessionId: string;
  identity: Identity;
  limits: KindLimits;
  policyVersion: number;
  nowMs: number;
  /** Sessions of the same person that live, asked after the slots. Not needed where `mayBeFull` says no. */
  openOfPerson: readonly string[];
}>;
/** `outdated` when the claim was made under a policy that is in force no more. */
export type Claimed =
  | Readonly<{ slots: Slots; seq: number }>
  | Readonly<{ denial: Denial }>
  | Readonly<{ outdated: true }>;

/** Whether one person could hold as many slots as a person may: not while fewer are open in all. */
export const mayBeFull = (slots: Slots, identity: Identity, limits: KindLimits): boolean =>
  openIn(slots, identity.kind) >= limits.openSessionsPerPerson;

/** Takes one start and one slot under every cap at once, or none. A session that holds a slot is given the same again. */
export function claim(before: Slots, wanted: Claim): Claimed {
  const { sessionId, identity, limits, policyVersion, nowMs, openOfPerson } = wanted;
  const slots = tidy(before, nowMs);
  if (policyVersion < (slots.newPolicy?.version ?? 0)) return { outdated: true };
  const known = before.pending[sessionId];
  if (known !== undefined) return { slots: before, seq: known.seq };
  const full = fullScope(slots, identity, limits, openOfPerson);
  if (full !== undefined) return { denial: { reason: 'too-many-open', scope: full } };
  const scope = startScope(identity);
  const starts = slots.starts[scope] ?? [];
  if (starts.reduce((sum, { count }) => sum + count, 0) >= limits.sessionStartsPerMinute)
    return { denial: tooOften(starts, nowMs) };
  const seq = slots.seq + 1;
  const claimed = {
    ...slots,
    seq,
    open: counted(slots.open, openScopes(identity), 1),
    starts: { ...slots.starts, [scope]: withStart(starts, nowMs) },
    pending: { ...slots.pending, [sessionId]: { seq, atMs: nowMs, identity, what: 'claimed' as const } },
  };
  return { slots: claimed, seq };
}

function tooOften(starts: readonly Starts[], nowMs: number): Denial {
  const freeAtMs = Math.min(nowMs, ...starts.map(({ lastMs }) => lastMs)) + windowMs;
  const retryAfterSeconds = Math.max(1, Math.ceil((freeAtMs - nowMs) / 1_000));
  return { reason: 'rate-of-starts', scope: 'session-starts', retryAfterSeconds };
}

function fullScope(
  slots: Slots,
  identity: Identity,
  limits: KindLimits,
  openOfPerson: readonly string[],
): Denial['scope'] {
  if (mayBeFull(slots, identity, limits)) {
    const person = personOf(identity);
    const claimed = Object.entries(slots.pending).filter(
      ([, each]) =>
        each.what === 'claimed' && each.identity.kind === identity.kind && personOf(each.identity) === person,
    );
    const open = new Set([...openOfPerson, ...claimed.map(([id]) => id)]);
    if (open.size >= limits.openSessionsPerPerson) return identity.kind === 'widget' ? 'visitor' : 'user';
  }
  if (identity.kind === 'widget' && limits.openSessionsPerKey !== null)
    if (openIn(slots, keyScope(identity.widgetKey)) >= limits.openSessionsPerKey) return 'key';
  return openIn(slots, identity.kind) >= limits.openSessions ? 'tenant' : undefined;
}
