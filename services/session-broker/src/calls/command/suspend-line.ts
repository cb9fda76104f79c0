import { isLifted } from '../decide/line.ts';
import { type ClosedLine, type CloseLineDependencies, closeLine } from './close-line.ts';

/** Closes a line for a suspension or a kill switch of that moment, unless it is old and was lifted since. */
export async function suspendLine(
  dependencies: CloseLineDependencies,
  line: ClosedLine,
  suspendedAtMs: number,
): Promise<void> {
  const { policies, clock } = dependencies;
  if (isLifted(policies.get(line.tenantId), line, suspendedAtMs, clock.now().getTime())) return;
  await closeLine(dependencies, line, { end: 'admin', denial: { reason: 'tenant-suspended' } });
}
