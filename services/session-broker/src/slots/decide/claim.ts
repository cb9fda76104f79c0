import type { Denial, Identity, KindLimits } from '@vox/contracts';
import { waitOf, withRecent } from './recent.ts';
import { addressScope, keyScope, personScope, recentScopes, type SlotOwner, startScope } from './scopes.ts';
import { openIn, type Slots, type Starts, tidy, windowMs, withSlot, withStart } from './slots.ts';

/** One request for a slot, with what the slots alone do not say. */
export type Claim = SlotOwner &
  Readonly<{
    sessionId: string;
    limits: KindLimits;
    policyVersion: number;
    nowMs: number;
    /** Live sessions of the same person, read after the slots. Empty where `mustAskPerson` says no. */
    openOfPerson: readonly string[];
    /** Live sessions from the same address, read after the slots. Empty where `mustAskAddress` says no. */
    openOfAddress: readonly string[];
  }>;
/** `outdated` when the claim was made under a policy that is no longer in force. */
export type Claimed =
  | Readonly<{ slots: Slots; seq: number }>
  | Readonly<{ denial: Denial }>
  | Readonly<{ outdated: true }>;

/**
 * Whether the slots alone do not say how many calls a person has. They do while people are counted, and while fewer
 * slots are open in all than one person may have.
 */
export const mustAskPerson = (slots: Slots, identity: Identity, limits: KindLimits): boolean =>
  slots.people === undefined && openIn(slots, identity.kind) >= limits.openSessionsPerPerson;

/** Whether the slots alone do not say how many calls an address has. */
export const mustAskAddress = (slots: Slots, identity: Identity, limits: KindLimits): boolean =>
  slots.addresses === undefined &&
  limits.openSessionsPerAddress !== null &&
  openIn(slots, identity.kind) >= limits.openSessionsPerAddress;

/** Takes one start and one slot under every cap at once, or nothing. A session that has claimed gets the same claim. */
export function claim(before: Slots, wanted: Claim): Claimed {
  const { sessionId, identity, address, limits, policyVersion, nowMs } = wanted;
  const slots = tidy(before, nowMs);
  if (policyVersion < (slots.newPolicy?.version ?? 0)) return { outdated: true };
  const known = before.pending[sessionId];
  if (known !== undefined) return { slots: before, seq: known.seq };
  const full = fullScopeOf(slots, wanted);
  if (full !== undefined) return { denial: { reason: 'too-many-open', scope: full } };
  const scope = startScope(identity);
  const starts = slots.starts[scope] ?? [];
  if (starts.reduce((sum, { count }) => sum + count, 0) >= limits.sessionStartsPerMinute)
    return { denial: tooManyStarts(starts, nowMs) };
  const often = tooOftenBy(slots, wanted);
  if (often !== undefined) return { denial: often };
  const seq = slots.seq + 1;
  const claimed = {
    ...slots,
    seq,
    ...withSlot(slots, wanted, 1),
    recent: withRecent(slots.recent ?? {}, recentScopes(wanted), nowMs),
    starts: { ...slots.starts, [scope]: withStart(starts, nowMs) },
    pending: { ...slots.pending, [sessionId]: { seq, atMs: nowMs, identity, address, what: 'claimed' as const } },
  };
  return { slots: claimed, seq };
}

function tooManyStarts(starts: readonly Starts[], nowMs: number): Denial {
  const freeAtMs = Math.min(nowMs, ...starts.map(({ lastMs }) => lastMs)) + windowMs;
  const retryAfterSeconds = Math.max(1, Math.ceil((freeAtMs - nowMs) / 1_000));
  return { reason: 'rate-of-starts', scope: 'session-starts', retryAfterSeconds };
}

/** The denial of a person or an address that has begun as many calls within ten minutes as it may. */
function tooOftenBy({ recent = {} }: Slots, { identity, address, limits, nowMs }: Claim): Denial | undefined {
  const reason = 'rate-of-starts' as const;
  const ofPerson = waitOf(recent, personScope(identity), limits.startsPerPerson, nowMs);
  if (ofPerson !== undefined)
    return { reason, scope: identity.kind === 'widget' ? 'visitor' : 'user', retryAfterSeconds: ofPerson };
  const ofAddress = address && waitOf(recent, addressScope(address), limits.startsPerAddress, nowMs);
  return ofAddress ? { reason, scope: 'address', retryAfterSeconds: ofAddress } : undefined;
}

/** The first of the caps on open calls that leaves no room. */
function fullScopeOf(slots: Slots, { identity, address, limits, openOfPerson, openOfAddress }: Claim): Denial['scope'] {
  const { people, addresses } = slots;
  const person = personScope(identity);
  const isPerson = (each: SlotOwner): boolean => personScope(each.identity) === person;
  if (openOf(slots, people?.[person], people, openOfPerson, isPerson) >= limits.openSessionsPerPerson)
    return identity.kind === 'widget' ? 'visitor' : 'user';
  if (address !== undefined && limits.openSessionsPerAddress !== null) {
    const isAddress = (each: SlotOwner): boolean => each.address === address;
    if (openOf(slots, addresses?.[address], addresses, openOfAddress, isAddress) >= limits.openSessionsPerAddress)
      return 'address';
  }
  if (identity.kind === 'widget' && limits.openSessionsPerKey !== null)
    if (openIn(slots, keyScope(identity.widgetKey)) >= limits.openSessionsPerKey) return 'key';
  return openIn(slots, identity.kind) >= limits.openSessions ? 'tenant' : undefined;
}

/** How many slots somebody has: the count where it is kept, or the live sessions and the pending claims. */
function openOf(
  { pending }: Slots,
  count: number | undefined,
  counts: Slots['people'],
  living: readonly string[],
  isTheirs: (each: SlotOwner) => boolean,
): number {
  if (counts !== undefined) return count ?? 0;
  const claims = Object.entries(pending).filter(([, each]) => each.what === 'claimed' && isTheirs(each));
  return new Set([...living, ...claims.map(([id]) => id)]).size;
}
