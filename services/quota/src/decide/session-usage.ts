import type { Amount, SessionUsage } from '@vox/contracts';
import { minus, nothing, plus } from './amount.ts';
import { type Budget, countedIn, dayIn, free } from './budget.ts';
import type { Caps } from './caps.ts';
import type { Admitted } from './record.ts';
import { usedBy } from './recorded-usage.ts';
import { standing } from './reservation.ts';

const mostShown = Number.MAX_SAFE_INTEGER;
const finite = (amount: Amount): Amount => ({
  tokens: Math.min(amount.tokens, mostShown),
  micros: Math.min(amount.micros, mostShown),
  seconds: Math.min(amount.seconds, mostShown),
});

/** What a session has used and may still use. */
export function sessionUsageOf(sessionId: string, record: Admitted, budget: Budget, caps: Caps): SessionUsage {
  const used = usedBy(record);
  const { amount, day: dayHeld, settlement } = standing(budget, sessionId, record.reservation);
  const day = dayIn(budget, dayHeld);
  return {
    kind: 'known',
    sessionId,
    used,
    remaining: finite(minus(plus(amount, free(budget, caps, dayHeld)), used)),
    day: {
      used: plus(countedIn(day), settlement === undefined ? used : nothing),
      tokensLimit: caps.day.tokens,
      microsLimit: caps.day.micros,
    },
  };
}
