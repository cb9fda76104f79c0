import type { ProvedDomains } from '../keep/domains.ts';

/** Gives back the domains that a tenant has no claim to any more, so that another may prove them. */
export async function releaseDomains(
  { provedDomains }: Readonly<{ provedDomains: Pick<ProvedDomains, 'update'> }>,
  tenantId: string,
  domains: readonly string[],
): Promise<void> {
  for (const domain of domains)
    await provedDomains.update(domain, (known) =>
      known?.tenantId === tenantId ? { result: undefined, remove: true } : { result: undefined },
    );
}
