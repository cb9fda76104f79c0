import { AskSessionUsage, makeFact, SessionUsage, UsageReported } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { digest, type SessionClaims } from '@vox/platform/crypto';
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
type Reported = CallOfTenant & Readonly<{ body: UsageReport & Readonly<{ responseId: string }> }>;
type Asked = Reported & Readonly<{ claims: Pick<SessionClaims, 'mode'> }>;

/**
 * Reports what one response used. The same report again changes nothing and is answered the same. Of a brokered call
 * the provider’s own word counts: a report of its page changes nothing, and hears what is counted.
 */
export const reportUsage =
  (dependencies: ReportUsageDependencies) =>
  async ({ tenantId, sessionId, claims, body }: Asked) => {
    const reported = claims.mode === 'brokered' ? undefined : await report(dependencies, { tenantId, sessionId, body });
    const known = reported ?? (await dependencies.bus.ask(AskSessionUsage, { tenantId, sessionId }, soon));
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

/** What is counted with this report; `undefined` when it was counted before. */
async function report({ bus, clock }: ReportUsageDependencies, { tenantId, sessionId, body }: Reported) {
  const usage = usageOf(body);
  const id = `usage:${sessionId}:${digest(body.responseId, JSON.stringify(usage))}`;
  const head = { id, source: 'edge-guard', at: clock.now() };
  const fact = makeFact(UsageReported, head, { tenantId, sessionId, responseId: body.responseId, usage });
  return waitForAnswer(bus, { kind: UsageReported, fact, answer: SessionUsage, ...soon });
}
