import type { Acting } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { type Connection, living, removeConnection } from '../decide/connection.ts';
import type { ProvedDomains } from '../keep/domains.ts';
import { type ChangeConnectionDependencies, connectionStamp, publishConnection } from './change-connection.ts';
import { releaseDomains } from './release-domains.ts';

export type RemoveConnectionDependencies = ChangeConnectionDependencies &
  Readonly<{ provedDomains: Pick<ProvedDomains, 'update'> }>;

/** Turns single sign-on off for a tenant, and gives back its domains. Members stay, and sign in by code. */
export async function removeTenantConnection(
  dependencies: RemoveConnectionDependencies,
  tenantId: string,
  by: Acting,
): Promise<void> {
  const stamp = connectionStamp(dependencies, by);
  type Decided = Readonly<{ state: Connection; domains: readonly string[] }>;
  const decided = await dependencies.connections.update<Decided | undefined>(tenantId, (known) => {
    const on = living(known);
    if (on === undefined) return { result: undefined };
    const state = removeConnection(on, stamp);
    return { result: { state, domains: on.domains.map(({ domain }) => domain) }, state };
  });
  if (decided === undefined) throw new Fault('NOT_FOUND');
  await releaseDomains(dependencies, tenantId, decided.domains);
  await publishConnection(dependencies, decided.state);
}
