import { randomBytes, randomUUID } from 'node:crypto';
import { memoryBus } from '@vox/platform/bus';
import { memoryDocuments } from '@vox/platform/store';
import { stoppedClock } from '@vox/platform/time';
import { finishSignIn } from './command/finish-sign-in.ts';
import { proveTenantDomain } from './command/prove-domain.ts';
import { type GivenConnection, putTenantConnection } from './command/put-connection.ts';
import { callbackOf, startSignIn } from './command/start-sign-in.ts';
import { storedConnections } from './keep/connections.ts';
import { storedProvedDomains } from './keep/domains.ts';
import { storedFlows } from './keep/flows.ts';
import { storedLinks } from './keep/links.ts';
import { clientId, clientSecret } from './provider.fixture.ts';
import type { FetchOutside } from './publish/provider.ts';

export const site = 'https://vox.example';
export const callback = callbackOf(site);
export const by = { actor: 'operator:ada' };

/** Single sign-on in a test: stores, a bus and name servers in memory. */
export function singleSignOnOnTwins() {
  const clock = stoppedClock(new Date().toISOString());
  const bus = memoryBus({ clock, retryMs: 1 });
  const records = new Map<string, string[]>();
  const members = new Map<string, string>();
  const dependencies = {
    connections: memoryDocuments(storedConnections),
    provedDomains: memoryDocuments(storedProvedDomains),
    flows: memoryDocuments(storedFlows),
    links: memoryDocuments(storedLinks),
    ...{ bus, clock, uuid: randomUUID, random: randomBytes, sealKey: Buffer.alloc(32, 1) },
    publicOrigins: new Set([site]),
    allowLoopbackHttp: true,
    fetchOutside: ((url, init) => fetch(url, init as RequestInit)) satisfies FetchOutside,
    resolveTxt: async (name: string) => records.get(name) ?? [],
    admitPerson: async ({ tenantId, email }: Readonly<{ tenantId: string; email: string }>) => {
      const key = `${tenantId}:${email}`;
      members.set(key, members.get(key) ?? `m_${Buffer.from(randomBytes(16)).toString('base64url')}`);
      return members.get(key);
    },
  };
  const put = (issuer: string, over: Partial<GivenConnection> = {}) =>
    putTenantConnection(
      dependencies,
      {
        ...{ tenantId: 'acme', issuer, clientId, clientSecret, domains: ['acme.example'] },
        ...{ isRequired: false, secondFactor: 'asked', ...over },
      },
      by,
    );
  async function prove(tenantId = 'acme', domain = 'acme.example') {
    const token = (await dependencies.connections.read(tenantId))?.domains.find(
      (each) => each.domain === domain,
    )?.token;
    records.set(`_vox-challenge.${domain}`, [token ?? '']);
    return proveTenantDomain(dependencies, { tenantId, domain }, by);
  }
  return {
    ...dependencies,
    records,
    members,
    put,
    prove,
    /** A tenant whose provider is at `issuer`, with its domain proved. */
    async connect(issuer: string, over: Partial<GivenConnection> = {}): Promise<void> {
      await put(issuer, over);
      await prove(over.tenantId);
    },
    start: (tenantId = 'acme') => startSignIn(dependencies, { tenantId, origin: site }),
    finish: (browser: string, search: string, origin = site) => finishSignIn(dependencies, { browser, search, origin }),
    publishedTypes: (): string[] => bus.published().map(({ type }) => type.split('.').slice(2).join('.')),
    refusals: (): unknown[] =>
      bus
        .published()
        .filter(({ type }) => type.includes('single-sign-on-refused'))
        .map(({ data }) => (data as { why: string }).why),
  };
}
