import { QuotaReserved, SessionAdmitted, SessionDecision, SessionDenied } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { RequestRecord } from '../decide/record.ts';
import { type Asker, admittedFact, type Cause, deniedFact, reservedFact } from './facts.ts';

/**
 * Publishes what was decided of a request. A denial is also replied to whoever waits; an admission goes on to the
 * broker.
 */
export async function publishDecision(
  bus: Pick<Bus, 'publish' | 'reply'>,
  record: RequestRecord,
  cause: Cause,
  asker: Asker,
  replyTo: string | undefined,
): Promise<void> {
  const { sessionId } = cause;
  if (record.kind === 'denied') {
    await bus.publish(SessionDenied, deniedFact(record, cause, asker));
    if (replyTo !== undefined)
      await bus.reply(replyTo, SessionDecision, { kind: 'denied', sessionId, denial: record.denial });
    return;
  }
  await Promise.all([
    bus.publish(SessionAdmitted, admittedFact(record, cause, asker), { replyTo }),
    bus.publish(QuotaReserved, reservedFact(record, cause)),
  ]);
}
