import type { Amount, SessionUsage } from '@vox/contracts';
import { minus, nothing, plus } from '../decide/amount.ts';
import { dayIn, free, standing } from '../decide/budget.ts';
import { usedBy } from '../decide/record.ts';
import { capsFor } from '../decide/caps.ts';
import type { Needs } from '../dependencies.ts';

const mostShown = Number.MAX_SAFE_INTEGER;
const finite = (amount: Amount): Amount => ({
  tokens: Math.min(amount.tokens, mostShown),
  micros: Math.min(amount.micros, mostShown),
  seconds: Math.min(amount.seconds, mostShown),
});

/** What a session has used and may still use. Another tenant's session is as unknown as one that never was. */
export async function usageOf(needs: Needs, tenantId: string, sessionId: string): Promise<SessionUsage> {
  const record = await needs.requests.read(sessionId);
  if (record?.kind !== 'admitted' || record.tenantId !== tenantId) return { kind: 'unknown', sessionId };
  const budget = await needs.budgets.read(record.budgetKey);
  const caps = capsFor(needs, record);
  const used = usedBy(record);
  const { amount, day: dayHeld, settlement } = standing(budget, sessionId, record.reservation);
  const day = dayIn(budget, dayHeld);
  return {
    kind: 'known',
    sessionId,
    used,
    remaining: finite(minus(plus(amount, free(budget, caps, dayHeld)), used)),
    day: {
      used: plus(day.settled, settlement === undefined ? used : nothing),
      tokensLimit: caps.day.tokens,
      microsLimit: caps.day.micros,
    },
  };
}
