import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { type Connection, living, withoutTold } from '../decide/connection.ts';
import type { Connections } from '../keep/connections.ts';
import type { ProvedDomains } from '../keep/domains.ts';
import { publishConnectionEntry } from '../publish/facts.ts';
import { releaseDomains } from './release-domains.ts';

export type PublishConnectionDependencies = Readonly<{
  connections: Pick<Connections, 'update'>;
  provedDomains: Pick<ProvedDomains, 'update'>;
  bus: Pick<Bus, 'publish'>;
}>;
export type ChangeConnectionDependencies = PublishConnectionDependencies &
  Readonly<{ connections: Pick<Connections, 'read' | 'update'>; clock: Clock; uuid: () => string }>;

/** The connection of a tenant that works. Throws Fault NOT_FOUND. */
export async function readConnection(
  { connections }: Readonly<{ connections: Pick<Connections, 'read'> }>,
  tenantId: string,
): Promise<Connection> {
  const known = living(await connections.read(tenantId));
  if (known === undefined) throw new Fault('NOT_FOUND');
  return known;
}

/**
 * Frees the domains that a connection has dropped, publishes what happened to it, then clears that. After a crash in
 * between the sweep does it again.
 */
export async function publishConnection(
  dependencies: PublishConnectionDependencies,
  { tenantId, untold }: Pick<Connection, 'tenantId' | 'untold'>,
): Promise<void> {
  const { connections, bus } = dependencies;
  if (untold.length === 0) return;
  for (const entry of untold) {
    if (entry.what.kind !== 'proved') await releaseDomains(dependencies, tenantId, entry.what.dropped);
    await publishConnectionEntry(bus, tenantId, entry);
  }
  await connections.update(tenantId, (known) => {
    if (known === undefined) return { result: undefined };
    const state = withoutTold(known, untold);
    return state === undefined ? { result: undefined, remove: true } : { result: undefined, state };
  });
}
