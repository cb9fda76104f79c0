import { closedBy, type Denial, type Identity, livingKey, type Policy } from '@vox/contracts';
import { type Budget, type Caps, type PendingReservation, reserve, type Short, shortFor } from './budget.ts';
import type { Calendar } from './calendar.ts';
import type { Price } from './price.ts';
import { worstCase } from './worst-case.ts';

export type Wish = Readonly<{
  identity: Identity;
  agentId?: string | undefined;
  model?: string | undefined;
  voice?: string | undefined;
}>;
export type Resolved = Readonly<{ agentId: string; model: string; voice: string }>;
export type No = Readonly<{ denial: Denial }>;

/** A call shorter than this, in seconds, helps nobody. */
export const shortestCallSeconds = 30;

const no = (reason: Denial['reason']): No => ({ denial: { reason } });

/** What the policy makes of a wish: the agent, model and voice in force, or why not. */
export function resolve(policy: Policy | undefined, wish: Wish, nowMs: number): Resolved | No {
  if (policy === undefined) return no('unavailable');
  const { identity } = wish;
  const key = identity.kind === 'widget' ? livingKey(policy, identity.widgetKey, nowMs) : undefined;
  if (closedBy(policy, key) !== undefined) return no('tenant-suspended');
  if (identity.kind === 'widget' && key === undefined) return no('key-revoked');
  const agent =
    wish.agentId === undefined
      ? policy.agents.find((each) => reaches(key, each.agentId))
      : policy.agents.find((each) => each.agentId === wish.agentId);
  if (agent === undefined || !reaches(key, agent.agentId)) return no('unknown-agent');
  const model = wish.model ?? agent.models[0];
  if (model === undefined || !agent.models.includes(model)) return no('model-not-allowed');
  const voice = wish.voice ?? agent.voices[0];
  if (voice === undefined || !agent.voices.includes(voice)) return no('voice-not-allowed');
  return { agentId: agent.agentId, model, voice };
}

type Key = Policy['keys'][number];
const reaches = (key: Key | undefined, agentId: string): boolean =>
  key === undefined || key.agentIds === null || key.agentIds.includes(agentId);

export type Ask = Readonly<{
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
export function hold(budget: Budget, ask: Ask): Hold | No {
  const { sessionId, price, caps, wantedSeconds, calendar, nowMs } = ask;
  // Held before, by a copy that crashed or that is at it too: the same hold, and the request's record decides whose word stands.
  const known = budget.pending[sessionId];
  if (known !== undefined) return { budget, reservation: known };
  const { day } = calendar;
  const shortOf = (seconds: number) => shortFor(budget, caps, day, worstCase(price, seconds));
  const least = Math.min(shortestCallSeconds, wantedSeconds);
  const seconds = longest(least, wantedSeconds, (each) => shortOf(each) === undefined);
  if (seconds === undefined || seconds <= 0)
    return { denial: quotaDenial(shortOf(Math.max(1, least)) ?? { period: 'day', measure: 'minutes' }, calendar) };
  const held = { day, amount: worstCase(price, seconds), untilMs: nowMs + seconds * 1_000 + ask.leaseMs };
  const after = reserve(budget, ask, held);
  return { budget: after, reservation: after.pending[sessionId] as PendingReservation };
}

export const quotaDenial = ({ period, measure }: Short, calendar: Calendar): Denial => ({
  reason: 'quota',
  scope: measure,
  resetsAt: new Date(period === 'day' ? calendar.nextDayAtMs : calendar.nextMonthAtMs).toISOString(),
});

/** The largest whole number between `least` and `most` that fits; fitting ends once and for all as numbers grow. */
function longest(least: number, most: number, fits: (seconds: number) => boolean): number | undefined {
  // A budget that is nowhere near spent, as most are, is asked once.
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
