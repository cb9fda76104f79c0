import { AskSessionUsage, makeFact, SessionUsage, UsageReported } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { digest } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { CallOfTenant } from '../../call-access/mod.ts';
import { soon } from '../../checks/mod.ts';
import { dollarsOf, type UsageReport, usageOf } from '../decide/usage.ts';
import { waitForAnswer } from '../publish/wait-for-answer.ts';

type ReportUsageDependencies = Readonly<{
  bus: Pick<Bus, 'ask' | 'expect' | 'publish'>;
  clock: Pick<Clock, 'now'>;
}>;
type Asked = CallOfTenant & Readonly<{ body: UsageReport & Readonly<{ responseId: string }> }>;

/** Reports what one response used. The same report again changes nothing and is answered the same. */
export const reportUsage =
  ({ bus, clock }: ReportUsageDependencies) =>
  async ({ tenantId, sessionId, body }: Asked) => {
    const usage = usageOf(body);
    const id = `usage:${sessionId}:${digest(body.responseId, JSON.stringify(usage))}`;
    const head = { id, source: 'edge-guard', at: clock.now() };
    const fact = makeFact(UsageReported, head, { tenantId, sessionId, responseId: body.responseId, usage });
    const known =
      (await waitForAnswer(bus, { kind: UsageReported, fact, answer: SessionUsage, ...soon })) ??
      (await bus.ask(AskSessionUsage, { tenantId, sessionId }, soon));
    if (known.kind === 'unknown') throw new Fault('NOT_FOUND');
    const { used, day } = known;
    return {
      ok: true,
      tokens: used.tokens,
      dollars: dollarsOf(used.micros),
      usage: {
        tokens: day.used.tokens,
        dollars: dollarsOf(day.used.micros),
        dailyTokenLimit: day.tokensLimit,
        dailyDollarLimit: dollarsOf(day.microsLimit),
      },
    };
  };
