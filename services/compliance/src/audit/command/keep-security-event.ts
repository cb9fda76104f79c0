import type { SecurityEvent, SecurityEvents } from '../keep/security-events.ts';
import { securityEventKey } from '../keep/security-events.ts';

/** Keeps a security event once, however often its fact is delivered. */
export async function keepSecurityEvent(
  { securityEvents }: Readonly<{ securityEvents: Pick<SecurityEvents, 'decideOnce'> }>,
  event: SecurityEvent,
): Promise<void> {
  await securityEvents.decideOnce(securityEventKey(event.tenantId, event.factId), { propose: () => event });
}
