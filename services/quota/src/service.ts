import { AskSessionUsage, consumers, EraseFrom, ExportFrom, PolicyDocument } from '@vox/contracts';
import type { Consumption } from '@vox/platform/bus';
import { countersIn } from '@vox/platform/store';
import { repeat } from '@vox/platform/time';
import type { Needs } from './dependencies.ts';
import { onSessionDenied, onSessionEnded } from './command/settle-session.ts';
import { onSessionRequested } from './command/admit-request.ts';
import { sweep } from './command/sweep-reservations.ts';
import { onUsageMetered, onUsageReported } from './command/count-usage.ts';
import { usageOf } from './command/show-usage.ts';
import { answerErase, answerExport } from './command/export-requests.ts';
import { endWarnings } from './publish/warn-of-model-end.ts';
import { type Bounds, defaultBounds } from './decide/believable.ts';
import { newBudget } from './decide/budget.ts';
import type { Budgets } from './keep/budgets.ts';

export type QuotaOptions = Omit<Needs, 'policies' | 'budgets' | 'bounds' | 'warnOfEnd'> &
  Readonly<{ budgets: Budgets; bounds?: Bounds; sweepMs: number }>;

/** Wires the rooms of quota. It opens nothing itself. */
export async function startQuota(
  options: QuotaOptions,
): Promise<{ stop: () => Promise<void>; sweep: () => Promise<void> }> {
  const { bus } = options;
  const policies = await bus.documents(PolicyDocument).follow();
  const needs: Needs = {
    ...options,
    budgets: countersIn(options.budgets, newBudget),
    policies,
    bounds: options.bounds ?? defaultBounds,
    warnOfEnd: endWarnings(options.log, options.clock),
  };
  const running: Consumption[] = [
    await bus.consume(consumers.quotaRequests, onSessionRequested(needs)),
    await bus.consume(consumers.quotaDenials, onSessionDenied(needs)),
    await bus.consume(consumers.quotaEnds, onSessionEnded(needs)),
    await bus.consume(consumers.quotaReports, onUsageReported(needs)),
    await bus.consume(consumers.quotaMeter, onUsageMetered(needs)),
    await bus.answer(ExportFrom.quota, answerExport(needs)),
    await bus.answer(EraseFrom.quota, answerErase),
    await bus.answer(AskSessionUsage, ({ tenantId, sessionId }) => usageOf(needs, tenantId, sessionId)),
  ];
  const sweeping = repeat(
    options.sweepMs,
    () => sweep(needs),
    (error) => options.log.warn({ error }, 'a sweep failed and will be tried again'),
  );
  return {
    sweep: () => sweep(needs),
    async stop() {
      await sweeping.stop();
      for (const each of running.reverse()) await each.stop();
      await policies.stop();
    },
  };
}
