import { closedBy, type Denial, type Identity, livingKey, type Policy } from '@vox/shared/contracts';
import { type Budget, type Caps, reserve, type Short, shortFor, tidy } from './budget.ts';
import type { Calendar } from './calendar.ts';
import { type Price, worstCase } from './price.ts';

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
  price: Price;
  caps: Caps;
  wantedSeconds: number;
  calendar: Calendar;
  nowMs: number;
  leaseMs: number;
}>;
export type Held = Readonly<{ budget: Budget; seconds: number }>;

/** Holds the worst case of the longest call that fits: never an overdraft, and a shorter call rather than none. */
export function hold(budget: Budget, ask: Ask): Held | No {
  const known = budget.reservations[ask.sessionId];
  if (known !== undefined) return { budget, seconds: known.amount.seconds };
  const { day } = ask.calendar;
  const tidied = tidy(budget, ask.nowMs);
  const fits = (seconds: number): boolean =>
    shortFor(tidied, ask.caps, day, worstCase(ask.price, seconds)) === undefined;
  const seconds = longest(Math.min(shortestCallSeconds, ask.wantedSeconds), ask.wantedSeconds, fits);
  if (seconds === undefined || seconds <= 0) {
    const short = shortFor(
      tidied,
      ask.caps,
      day,
      worstCase(ask.price, Math.max(1, Math.min(shortestCallSeconds, ask.wantedSeconds))),
    );
    return { denial: quotaDenial(short ?? { period: 'day', measure: 'minutes' }, ask.calendar) };
  }
  const reservation = {
    day,
    amount: worstCase(ask.price, seconds),
    untilMs: ask.nowMs + seconds * 1_000 + ask.leaseMs,
  };
  return { budget: reserve(tidied, ask.sessionId, reservation), seconds };
}

export const quotaDenial = ({ period, measure }: Short, calendar: Calendar): Denial => ({
  reason: 'quota',
  scope: measure,
  resetsAt: new Date(period === 'day' ? calendar.nextDayAtMs : calendar.nextMonthAtMs).toISOString(),
});

/** The largest whole number between `least` and `most` that fits; fitting ends once and for all as numbers grow. */
function longest(least: number, most: number, fits: (seconds: number) => boolean): number | undefined {
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
