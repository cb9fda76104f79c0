import { randomBytes, randomUUID } from 'node:crypto';
import { makeFact, SessionDecision, SessionRequested } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';

const deadlineMs = 5_000;

/** Publishes one visitor's request as the edge does, and waits until it is granted. Answers the session's id. */
export async function grantOnce(bus: Bus, widgetKey: string): Promise<string> {
  const [, tenantId = ''] = widgetKey.split('_');
  const sessionId = randomUUID();
  const waiting = bus.expect(SessionDecision, { timeoutMs: deadlineMs });
  const fact = makeFact(
    SessionRequested,
    { id: `requested:${sessionId}`, source: 'bench', at: new Date() },
    {
      tenantId,
      sessionId,
      identity: { kind: 'widget', widgetKey, visitorId: `v_${randomBytes(16).toString('base64url')}` },
      deadlineAt: new Date(Date.now() + deadlineMs).toISOString(),
    },
  );
  await bus.publish(SessionRequested, fact, { replyTo: waiting.replyTo });
  const { kind } = await waiting.answer;
  if (kind !== 'granted') throw new Error('a session to copy was denied');
  return sessionId;
}
