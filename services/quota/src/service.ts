import type { Bus, Consumption } from '@vox/shared/bus';
import { AskSessionUsage, consumers, type Policy, PolicyDocument } from '@vox/shared/contracts';
import type { Log } from '@vox/shared/telemetry';
import { type Clock, repeat } from '@vox/shared/time';
import type { Needs } from './accept/needs.ts';
import { onSessionDenied, onSessionEnded } from './accept/on-session-over.ts';
import { onSessionRequested } from './accept/on-session-requested.ts';
import { sweep } from './accept/on-sweep.ts';
import { onUsageMetered, onUsageReported } from './accept/on-usage.ts';
import { usageOf } from './accept/session-usage.ts';
import type { PriceList } from './decide/price.ts';
import type { Budgets } from './keep/budgets.ts';
import type { Requests } from './keep/requests.ts';

export type QuotaOptions = Readonly<{
  bus: Bus;
  budgets: Budgets;
  requests: Requests;
  prices: readonly PriceList[];
  clock: Clock;
  log: Log;
  sweepMs: number;
}>;

/** Wires the rooms of quota. It opens nothing itself. */
export async function startQuota(options: QuotaOptions): Promise<{ stop: () => Promise<void> }> {
  const { bus } = options;
  const policies = await bus.documents(PolicyDocument).follow();
  const needs: Needs = { ...options, policies: policies as { get: (key: string) => Policy | undefined } };
  const running: Consumption[] = [
    await bus.consume(consumers.quotaRequests, onSessionRequested(needs)),
    await bus.consume(consumers.quotaDenials, onSessionDenied(needs)),
    await bus.consume(consumers.quotaEnds, onSessionEnded(needs)),
    await bus.consume(consumers.quotaReports, onUsageReported(needs)),
    await bus.consume(consumers.quotaMeter, onUsageMetered(needs)),
    await bus.answer(AskSessionUsage, ({ tenantId, sessionId }) => usageOf(needs, tenantId, sessionId)),
  ];
  const sweeping = repeat(
    options.sweepMs,
    () => sweep(needs),
    (error) => options.log.warn({ error }, 'a sweep failed and will be tried again'),
  );
  return {
    async stop() {
      await sweeping.stop();
      for (const each of running.reverse()) await each.stop();
      await policies.stop();
    },
  };
}
