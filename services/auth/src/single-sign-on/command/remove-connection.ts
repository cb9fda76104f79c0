import type { Acting } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { stampOf } from '../../tenants/mod.ts';
import { type Connection, living, removeConnection } from '../decide/connection.ts';
import { type ChangeConnectionDependencies, publishConnection } from './change-connection.ts';

export type RemoveConnectionDependencies = ChangeConnectionDependencies;

/** Turns single sign-on off for a tenant, and gives back its domains. Members stay, and sign in by code. */
export async function removeTenantConnection(
  dependencies: RemoveConnectionDependencies,
  tenantId: string,
  by: Acting,
): Promise<void> {
  const stamp = stampOf(dependencies, by);
  const state = await dependencies.connections.update<Connection | undefined>(tenantId, (known) => {
    const on = living(known);
    if (on === undefined) return { result: undefined };
    const removed = removeConnection(on, stamp);
    return { result: removed, state: removed };
  });
  if (state === undefined) throw new Fault('NOT_FOUND');
  await publishConnection(dependencies, state);
}
