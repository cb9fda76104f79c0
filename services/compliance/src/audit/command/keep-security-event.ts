import type { SecurityEvent, SecurityEvents } from '../keep/security-events.ts';
import { securityEventKey } from '../keep/security-events.ts';

/** Keeps a security event once, however often its fact is delivered. */
export async function keepSecurityEvent(
  { securityEvents }: Readonly<{ securityEvents: Pick<SecurityEvents, 'update'> }>,
  event: SecurityEvent,
): Promise<void> {
  await securityEvents.update(securityEventKey(event.tenantId, event.factId), (now) =>
    now === undefined ? { result: undefined, state: event } : { result: undefined },
  );
}
