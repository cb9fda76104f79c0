import type { Denial, Identity, KindLimits } from '@vox/shared/contracts';
import {
  keyScope,
  openIn,
  personScope,
  type Slots,
  type Starts,
  startScope,
  tidy,
  windowMs,
  withSlot,
  withStart,
} from './slots.ts';

export type Claim = Readonly<{
  sessionId: string;
  identity: Identity;
  limits: KindLimits;
  policyVersion: number;
  nowMs: number;
  /** Sessions of the same person that live, asked after the slots. Not needed where `mustAsk` says no. */
  openOfPerson: readonly string[];
}>;
/** `outdated` when the claim was made under a policy that is in force no more. */
export type Claimed =
  | Readonly<{ slots: Slots; seq: number }>
  | Readonly<{ denial: Denial }>
  | Readonly<{ outdated: true }>;

/** Whether the slots alone do not tell how many a person has: not while people are counted, nor while fewer slots are open in all than a person may have. */
export const mustAsk = (slots: Slots, identity: Identity, limits: KindLimits): boolean =>
  slots.people === undefined && openIn(slots, identity.kind) >= limits.openSessionsPerPerson;

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
    ...withSlot(slots, identity, 1),
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
  if (openOf(slots, identity, openOfPerson) >= limits.openSessionsPerPerson)
    return identity.kind === 'widget' ? 'visitor' : 'user';
  if (identity.kind === 'widget' && limits.openSessionsPerKey !== null)
    if (openIn(slots, keyScope(identity.widgetKey)) >= limits.openSessionsPerKey) return 'key';
  return openIn(slots, identity.kind) >= limits.openSessions ? 'tenant' : undefined;
}

/** How many slots a person has: as counted, or by the sessions that live and the claims under way. */
function openOf({ people, pending }: Slots, identity: Identity, living: readonly string[]): number {
  const person = personScope(identity);
  if (people !== undefined) return people[person] ?? 0;
  const claims = Object.entries(pending).filter(
    ([, each]) => each.what === 'claimed' && personScope(each.identity) === person,
  );
  return new Set([...living, ...claims.map(([id]) => id)]).size;
}
