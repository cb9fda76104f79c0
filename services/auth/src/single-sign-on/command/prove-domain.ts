import { type Acting, mistakeSaid } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';
import { stampOf } from '../../tenants/mod.ts';
import { type Connection, living, proveDomain } from '../decide/connection.ts';
import type { ProvedDomains } from '../keep/domains.ts';
import type { ResolveTxt } from '../publish/resolve-txt.ts';
import { type ChangeConnectionDependencies, publishConnection, readConnection } from './change-connection.ts';

export type ProveDomainDependencies = ChangeConnectionDependencies &
  Readonly<{ provedDomains: Pick<ProvedDomains, 'update'>; resolveTxt: ResolveTxt }>;

/** Where the proof of a domain stands in DNS. */
export const challengeName = (domain: string): string => `_vox-challenge.${domain}`;

/**
 * Takes a domain for a tenant that has written its token into the domain's DNS. Throws NOT_FOUND for a domain that it
 * does not claim, and INVALID_REQUEST where the token is not there or the domain is taken.
 */
export async function proveTenantDomain(
  dependencies: ProveDomainDependencies,
  { tenantId, domain }: Readonly<{ tenantId: string; domain: string }>,
  by: Acting,
): Promise<Connection> {
  const { connections, resolveTxt } = dependencies;
  const claimed = (await readConnection(dependencies, tenantId)).domains.find((each) => each.domain === domain);
  if (claimed === undefined) throw new Fault('NOT_FOUND');
  if (!(await resolveTxt(challengeName(domain))).includes(claimed.token))
    throw invalidField('domain', mistakeSaid('no-txt-record'));
  const stamp = stampOf(dependencies, by);
  await takeDomain(dependencies, tenantId, domain, stamp.atMs);
  const state = await connections.update<Connection | undefined>(tenantId, (known) => {
    const on = living(known);
    if (on === undefined) return { result: undefined };
    const proved = proveDomain(on, domain, stamp);
    return { result: proved, state: proved };
  });
  if (state === undefined) throw new Fault('NOT_FOUND');
  await publishConnection(dependencies, state);
  return state;
}

/** A domain is one tenant's only. Whose it is, another tenant is not told. */
async function takeDomain(
  { provedDomains }: Pick<ProveDomainDependencies, 'provedDomains'>,
  tenantId: string,
  domain: string,
  provedAtMs: number,
): Promise<void> {
  const isOurs = await provedDomains.update<boolean>(domain, (known) => {
    if (known === undefined) return { result: true, state: { tenantId, provedAtMs } };
    return { result: known.tenantId === tenantId };
  });
  if (!isOurs) throw invalidField('domain', mistakeSaid('domain-not-ours'));
}
