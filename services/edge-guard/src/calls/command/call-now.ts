import { AskSessionUsage, Heartbeat } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { CallOfTenant } from '../../call-access/mod.ts';
import { soon } from '../../checks/mod.ts';
import { dollarsOf } from '../decide/usage.ts';

type SignOfLife = Readonly<{ active: boolean; callId?: string | undefined }>;

/**
 * What a call is now, and what is left of it: of its time by the broker, of its budget by quota. Without quota the
 * numbers of budget are null. The question is a sign of life: it marks a direct call as seen, and as connected.
 */
export async function callNow(bus: Pick<Bus, 'ask'>, { tenantId, sessionId }: CallOfTenant, sign: SignOfLife) {
  const call = { tenantId, sessionId };
  const [state, usage] = await Promise.all([
    bus.ask(Heartbeat, { ...call, ...sign }, soon),
    bus.ask(AskSessionUsage, call, soon).catch(() => undefined),
  ]);
  if (state.kind !== 'live') return state;
  const budget = usage?.kind === 'known' ? usage.remaining : undefined;
  const remaining = {
    seconds: state.remainingSeconds,
    tokens: budget?.tokens ?? null,
    dollars: budget === undefined ? null : dollarsOf(budget.micros),
  };
  return { ...state, remaining };
}
