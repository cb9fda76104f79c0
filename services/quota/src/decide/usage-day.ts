import { type Amount, usageKeptDays } from '@vox/contracts';
import { exceeding, larger, minus, nothing, plus } from './amount.ts';
import type { Admitted } from './record.ts';

/** What calls of one agent, key and model have used. Console calls have no key. */
export type UsagePlace = Readonly<{ agentId: string; widgetKey?: string | undefined; model: string }>;
/** `place` is absent where all places beyond the bound stand together. */
export type PlaceUsage = Readonly<{ place?: UsagePlace | undefined; sessions: number; amount: Amount }>;

/** What was counted for one session and its record may not say yet. */
export type PendingUsage = Readonly<{ seq: number; atMs: number; upTo: Amount }>;

/**
 * What a tenant's settled calls of one kind and one day have used. It names no person. Its counts change first; until
 * the record of the session says the same, the change is pending here.
 */
export type UsageDay = Readonly<{
  seq: number;
  places: readonly PlaceUsage[];
  pending: Readonly<Record<string, PendingUsage>>;
  /** When nobody may ask about it any more; 0 while nothing was counted. */
  keptUntilMs: number;
}>;

export const newUsageDay: UsageDay = { seq: 0, places: [], pending: {}, keptUntilMs: 0 };

/** More agents, keys and models than this, of one kind and one day, are counted together. */
export const placesMax = 256;
const dayMs = 86_400_000;

/** When usage of a day is removed. A tenant's day ends within a day of the same day in UTC. */
export const keptUntilMsOf = (day: string): number => Date.parse(day) + (usageKeptDays + 2) * dayMs;

/** What stands for a session: what its record says, or more that is pending. */
export const countedFor = (usage: UsageDay, sessionId: string, { counted = nothing }: Admitted): Amount =>
  larger(counted, usage.pending[sessionId]?.upTo ?? nothing);

/** Counts what is settled of a session and was not counted yet. Nothing changes where all of it was. */
export function countSession(usage: UsageDay, sessionId: string, record: Admitted, nowMs: number): UsageDay {
  const { reservation, identity, agentId, model } = record;
  const settled = reservation.settlement?.settled ?? nothing;
  const before = countedFor(usage, sessionId, record);
  if (exceeding(settled, before) === undefined) return usage;
  const isFirst = exceeding(before, nothing) === undefined;
  const widgetKey = identity.kind === 'widget' ? identity.widgetKey : undefined;
  const seq = usage.seq + 1;
  return {
    seq,
    places: added(
      usage.places,
      { agentId, widgetKey, model },
      { sessions: isFirst ? 1 : 0, of: minus(settled, before) },
    ),
    pending: { ...usage.pending, [sessionId]: { seq, atMs: nowMs, upTo: larger(settled, before) } },
    keptUntilMs: keptUntilMsOf(reservation.day),
  };
}

/** Forgets what is pending for a session once its record says it, or has gone: only a counted record goes. */
export function reconcileUsage(usage: UsageDay, sessionId: string, record: Admitted | undefined): UsageDay {
  const pending = usage.pending[sessionId];
  if (pending === undefined) return usage;
  if (record !== undefined && exceeding(pending.upTo, record.counted ?? nothing) !== undefined) return usage;
  const { [sessionId]: _gone, ...others } = usage.pending;
  return { ...usage, pending: others };
}

const isAt = (one: UsagePlace | undefined, other: UsagePlace | undefined): boolean =>
  one?.agentId === other?.agentId && one?.widgetKey === other?.widgetKey && one?.model === other?.model;

function added(
  places: readonly PlaceUsage[],
  wanted: UsagePlace,
  { sessions, of }: Readonly<{ sessions: number; of: Amount }>,
): readonly PlaceUsage[] {
  const hasRoom = places.some(({ place }) => isAt(place, wanted)) || places.length < placesMax - 1;
  const place = hasRoom ? wanted : undefined;
  if (!places.some((each) => isAt(each.place, place))) return [...places, { place, sessions, amount: of }];
  return places.map((each) =>
    isAt(each.place, place) ? { ...each, sessions: each.sessions + sessions, amount: plus(each.amount, of) } : each,
  );
}
