import { CallSignal, SessionExpiring, UsageMetered } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';
import { connectedSeconds, mustWarn } from '../decide/time-limits.ts';
import type { Sessions } from '../keep/sessions.ts';
import { expiringFact, meteredFact } from '../publish/facts.ts';

export type WarnOfEndDependencies = Readonly<{
  sessions: Pick<Sessions, 'read' | 'update'>;
  bus: Pick<Bus, 'publish' | 'signal'>;
  clock: Clock;
}>;

/** Warns once that a call ends soon. It publishes first: after a crash the same fact comes again, as a duplicate. */
export async function warnOfEnd({ sessions, bus, clock }: WarnOfEndDependencies, sessionId: string): Promise<void> {
  const now = clock.now();
  const nowMs = now.getTime();
  const session = await sessions.read(sessionId);
  if (session?.kind !== 'live' || !mustWarn(session, nowMs)) return;
  await bus.publish(SessionExpiring, expiringFact(sessionId, session, now));
  await bus.publish(UsageMetered, meteredFact(sessionId, session, connectedSeconds(session, nowMs), now));
  const remainingSeconds = Math.max(0, Math.floor((session.endsAtMs - nowMs) / 1_000));
  const endsAt = new Date(session.endsAtMs).toISOString();
  bus.signal(CallSignal, { tenantId: session.tenantId, sessionId }, { kind: 'expiring', endsAt, remainingSeconds });
  await sessions.update(sessionId, (known) =>
    known?.kind === 'live' ? { result: undefined, state: { ...known, warned: true } } : { result: undefined },
  );
}
