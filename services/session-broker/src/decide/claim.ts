import type { Denial, Identity, KindLimits } from '@vox/shared/contracts';

/** A leased place under the caps. It is gone when its lease is over, whoever forgets to give it back. */
export type Slot = Readonly<{ identity: Identity; claimedAtMs: number; untilMs: number }>;

/** A tenant's open slots, and the starts of the last minute by session: a start outlives its slot. */
export type Slots = Readonly<{
  open: Readonly<Record<string, Slot>>;
  starts: Readonly<Record<string, Readonly<{ atMs: number; scope: string }>>>;
  /** Set while some copy may not have heard yet of the policy under which calls were ended: an older one lets nobody in. */
  newPolicy?: Readonly<{ version: number; untilMs: number }> | undefined;
}>;

export const noSlots: Slots = { open: {}, starts: {} };
export const windowMs = 60_000;

export type Claim = Readonly<{
  sessionId: string;
  identity: Identity;
  limits: KindLimits;
  policyVersion: number;
  nowMs: number;
  untilMs: number;
}>;
/** `outdated` when the claim was made under a policy that is in force no more. */
export type Claimed = Readonly<{ slots: Slots }> | Readonly<{ denial: Denial }> | Readonly<{ outdated: true }>;

/** Starts count per tenant for visitors, and per user for console users. */
const startScope = (identity: Identity): string =>
  identity.kind === 'widget' ? 'widget' : `console:${identity.userId}`;
const personOf = (identity: Identity): string => (identity.kind === 'widget' ? identity.visitorId : identity.userId);

/** Drops what is over: leases, and starts older than a minute. */
export function tidy(slots: Slots, nowMs: number): Slots {
  const open = Object.entries(slots.open).filter(([, { untilMs }]) => untilMs > nowMs);
  const starts = Object.entries(slots.starts).filter(([, { atMs }]) => atMs > nowMs - windowMs);
  return {
    open: Object.fromEntries(open),
    starts: Object.fromEntries(starts),
    ...(slots.newPolicy !== undefined && slots.newPolicy.untilMs > nowMs && { newPolicy: slots.newPolicy }),
  };
}

/** No copy hears of a policy later than this without being cut off from the bus, and from every request with it. */
const heardWithinMs = 60_000;

/** From now on whoever still decides under an older policy claims nothing. */
export function underPolicy(slots: Slots, version: number, nowMs: number): Slots {
  const newest = Math.max(version, slots.newPolicy?.version ?? 0);
  return { ...slots, newPolicy: { version: newest, untilMs: nowMs + heardWithinMs } };
}

/** Takes one start and one slot under every cap at once, or none. A session that holds a slot is given the same again. */
export function claim(before: Slots, { sessionId, identity, limits, policyVersion, nowMs, untilMs }: Claim): Claimed {
  const slots = tidy(before, nowMs);
  if (policyVersion < (slots.newPolicy?.version ?? 0)) return { outdated: true };
  if (slots.open[sessionId] !== undefined) return { slots };
  const full = fullScope(slots, identity, limits);
  if (full !== undefined) return { denial: { reason: 'too-many-open', scope: full } };
  const scope = startScope(identity);
  const starts = Object.values(slots.starts).filter((start) => start.scope === scope);
  if (starts.length >= limits.sessionStartsPerMinute) {
    const freeAtMs = Math.min(nowMs, ...starts.map(({ atMs }) => atMs)) + windowMs;
    return {
      denial: {
        reason: 'rate-of-starts',
        scope: 'session-starts',
        retryAfterSeconds: Math.max(1, Math.ceil((freeAtMs - nowMs) / 1_000)),
      },
    };
  }
  return {
    slots: {
      ...slots,
      open: { ...slots.open, [sessionId]: { identity, claimedAtMs: nowMs, untilMs } },
      starts: { ...slots.starts, [sessionId]: { atMs: nowMs, scope } },
    },
  };
}

function fullScope(slots: Slots, identity: Identity, limits: KindLimits): Denial['scope'] {
  const open = Object.values(slots.open)
    .map((slot) => slot.identity)
    .filter(({ kind }) => kind === identity.kind);
  const person = personOf(identity);
  if (open.filter((each) => personOf(each) === person).length >= limits.openSessionsPerPerson)
    return identity.kind === 'widget' ? 'visitor' : 'user';
  if (identity.kind === 'widget' && limits.openSessionsPerKey !== null) {
    const ofKey = open.filter((each) => each.kind === 'widget' && each.widgetKey === identity.widgetKey);
    if (ofKey.length >= limits.openSessionsPerKey) return 'key';
  }
  return open.length >= limits.openSessions ? 'tenant' : undefined;
}

/** Gives a slot back; the start stays counted, for the call was started. */
export function release(slots: Slots, sessionId: string): Slots {
  const { [sessionId]: _gone, ...open } = slots.open;
  return { ...slots, open };
}

/** Gives back slot and start of a call that was never granted: a refused request consumes nothing. */
export function giveUp(slots: Slots, sessionId: string): Slots {
  const { [sessionId]: _gone, ...starts } = slots.starts;
  return { ...release(slots, sessionId), starts };
}
