import { type CallMode, type Denial, type Identity, mayBegin, type Policy } from '@vox/contracts';
import { type Budget, type PendingReservation, type Shortfall, shortfallOf } from './budget.ts';
import { type Calendar, resetsAtOf } from './calendar.ts';
import type { Caps } from './caps.ts';
import type { Price } from './price.ts';
import { reserve } from './reservation.ts';
import { worstCase } from './worst-case.ts';

export type Wish = Readonly<{
  identity: Identity;
  agentId?: string | undefined;
  model?: string | undefined;
  voice?: string | undefined;
  /** Unset: the browser makes the call by itself. */
  mode?: CallMode | undefined;
}>;
export type ResolvedWish = Readonly<{ agentId: string; model: string; voice: string; mode?: CallMode | undefined }>;
export type Refusal = Readonly<{ denial: Denial }>;

/** A call shorter than this, in seconds, helps nobody. */
export const shortestCallSeconds = 30;

const refused = (reason: Denial['reason']): Refusal => ({ denial: { reason } });

/** What the policy makes of a wish: the agent, model, voice and mode in force, or the reason why not. */
export function resolve(policy: Policy | undefined, wish: Wish, nowMs: number): ResolvedWish | Refusal {
  if (policy === undefined) return refused('unavailable');
  const begin = mayBegin(policy, { identity: wish.identity, mode: wish.mode ?? 'direct' }, nowMs);
  if ('reason' in begin) return refused(begin.reason);
  const { key } = begin;
  const agent =
    wish.agentId === undefined
      ? policy.agents.find((each) => reaches(key, each.agentId))
      : policy.agents.find((each) => each.agentId === wish.agentId);
  if (agent === undefined || !reaches(key, agent.agentId)) return refused('unknown-agent');
  const model = wish.model ?? agent.models[0];
  if (model === undefined || !agent.models.includes(model)) return refused('model-not-allowed');
  const voice = wish.voice ?? agent.voices[0];
  if (voice === undefined || !agent.voices.includes(voice)) return refused('voice-not-allowed');
  return { agentId: agent.agentId, model, voice, mode: wish.mode };
}

type Key = Policy['keys'][number];
const reaches = (key: Key | undefined, agentId: string): boolean =>
  key === undefined || key.agentIds === null || key.agentIds.includes(agentId);

export type HoldRequest = Readonly<{
  sessionId: string;
  identity: Identity;
  price: Price;
  caps: Caps;
  wantedSeconds: number;
  calendar: Calendar;
  nowMs: number;
  leaseMs: number;
}>;
export type Hold = Readonly<{ budget: Budget; reservation: PendingReservation }>;

/** Holds the worst case of the longest call that fits: never an overdraft, and a shorter call rather than none. */
export function hold(budget: Budget, request: HoldRequest): Hold | Refusal {
  const { sessionId, price, caps, wantedSeconds, calendar, nowMs, leaseMs } = request;
  // A copy that crashed, or one that works on it too, held it before. The same hold serves; the record decides whose.
  const known = budget.pending[sessionId];
  if (known !== undefined) return { budget, reservation: known };
  const { day } = calendar;
  const shortfallAt = (seconds: number) => shortfallOf(budget, caps, day, worstCase(price, seconds));
  const least = Math.min(shortestCallSeconds, wantedSeconds);
  const seconds = longest(least, wantedSeconds, (each) => shortfallAt(each) === undefined);
  if (seconds === undefined || seconds <= 0)
    return { denial: quotaDenial(shortfallAt(Math.max(1, least)) ?? { period: 'day', measure: 'minutes' }, calendar) };
  const held = { day, amount: worstCase(price, seconds), untilMs: nowMs + seconds * 1_000 + leaseMs };
  const after = reserve(budget, request, held);
  return { budget: after, reservation: after.pending[sessionId] as PendingReservation };
}

const quotaDenial = ({ period, measure }: Shortfall, calendar: Calendar): Denial => ({
  reason: 'quota',
  scope: measure,
  resetsAt: resetsAtOf(calendar, period),
});

/** The largest whole number between `least` and `most` that fits. Where one does not fit, no larger one does. */
function longest(least: number, most: number, fits: (seconds: number) => boolean): number | undefined {
  // Most budgets are nowhere near spent, and are asked once.
  if (fits(most)) return most;
  if (!fits(least)) return undefined;
  let low = least;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
