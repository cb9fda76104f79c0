import { isLifted } from '../decide/call-scope.ts';
import { type ClosedScope, type CloseScopeDependencies, closeScope } from './close-scope.ts';

/** Closes a scope for a suspension or a kill switch of that moment, unless it is old and was lifted since. */
export async function suspendScope(
  dependencies: CloseScopeDependencies,
  scope: ClosedScope,
  suspendedAtMs: number,
): Promise<void> {
  const { policies, clock } = dependencies;
  if (isLifted(policies.get(scope.tenantId), scope, suspendedAtMs, clock.now().getTime())) return;
  await closeScope(dependencies, scope, { end: 'admin', denial: { reason: 'tenant-suspended' } });
}
