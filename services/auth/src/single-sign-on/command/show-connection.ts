import type { SingleSignOnView } from '@vox/contracts';
import { type Connection, living } from '../decide/connection.ts';
import type { Connections } from '../keep/connections.ts';
import { challengeName } from './prove-domain.ts';
import { callbackOf } from './start-sign-in.ts';

export type ShowConnectionDependencies = Readonly<{
  connections: Pick<Connections, 'read'>;
  publicOrigins: ReadonlySet<string>;
}>;

/** Where providers send whoever has signed in: needed before there is a connection. */
export const callbacksOf = ({ publicOrigins }: Pick<ShowConnectionDependencies, 'publicOrigins'>): string[] =>
  [...publicOrigins].map(callbackOf);

/** A connection without its secret. */
export const viewOf = (
  dependencies: Pick<ShowConnectionDependencies, 'publicOrigins'>,
  { tenantId, issuer, clientId, isRequired, secondFactor, domains }: Connection,
): SingleSignOnView => ({
  ...{ tenantId, issuer, clientId, isRequired, secondFactor },
  domains: domains.map(({ domain, token, provedAtMs }) => ({
    domain,
    provedAt: provedAtMs === null ? null : new Date(provedAtMs).toISOString(),
    record: { name: challengeName(domain), value: token },
  })),
  callback: callbacksOf(dependencies),
});

/** The connection of a tenant, if it has one. */
export async function showConnection(
  dependencies: ShowConnectionDependencies,
  tenantId: string,
): Promise<SingleSignOnView | null> {
  const known = living(await dependencies.connections.read(tenantId));
  return known === undefined ? null : viewOf(dependencies, known);
}
