import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onSingleSignOnDue } from '../accept/on-single-sign-on-due.ts';
import { mustUseProvider } from '../decide/connection.ts';
import { hostileProvider } from '../hostile-provider.fixture.ts';
import { by, singleSignOnOnTwins } from '../single-sign-on.fixture.ts';
import { proveTenantDomain } from './prove-domain.ts';
import { removeTenantConnection } from './remove-connection.ts';

describe('single sign-on of a tenant', () => {
  let provider: Awaited<ReturnType<typeof hostileProvider>>;
  beforeAll(async () => {
    provider = await hostileProvider();
  });
  afterAll(() => provider.close());

  it('begins with a secret, and keeps it for the same client of the same issuer alone', async () => {
    const made = singleSignOnOnTwins();
    const missing = { code: 'INVALID_REQUEST', answer: { issues: [{ path: 'clientSecret' }] } };
    await expect(made.put(provider.issuer, { clientSecret: undefined })).rejects.toMatchObject(missing);
    await made.put(provider.issuer);
    await made.put(provider.issuer, { clientSecret: undefined, isRequired: true });
    const other = await hostileProvider();
    await expect(made.put(other.issuer, { clientSecret: undefined })).rejects.toMatchObject(missing);
    await other.close();
  });
  it('takes an issuer over https alone, in the issuer’s own writing', async () => {
    const made = { ...singleSignOnOnTwins() };
    for (const issuer of [
      'http://acme.example',
      'ftp://acme.example',
      'https://a@acme.example',
      'https://acme.example?x',
    ])
      await expect(made.put(issuer)).rejects.toMatchObject({ answer: { issues: [{ path: 'issuer' }] } });
  });
  it('has no domain until DNS has its token, and keeps the proof of a domain that stays', async () => {
    const made = singleSignOnOnTwins();
    await made.put(provider.issuer);
    const prove = () => proveTenantDomain(made, { tenantId: 'acme', domain: 'acme.example' }, by);
    await expect(prove()).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    made.records.set('_vox-challenge.acme.example', ['vox-domain-verification=of-somebody-else']);
    await expect(prove()).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(made.start()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await made.prove();
    const { domains } = await made.put(provider.issuer, { domains: ['acme.example', 'acme.test'] });
    expect(domains.map(({ domain, provedAtMs }) => [domain, provedAtMs !== null])).toEqual([
      ['acme.example', true],
      ['acme.test', false],
    ]);
    expect(made.publishedTypes().filter((type) => type.startsWith('domain-proved'))).toHaveLength(1);
  });
  it('proves no domain that it does not claim', async () => {
    const made = singleSignOnOnTwins();
    await made.put(provider.issuer);
    const other = proveTenantDomain(made, { tenantId: 'acme', domain: 'other.example' }, by);
    await expect(other).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('shares no domain with another tenant, of twenty that prove it at once, until the owner gives it back', async () => {
    const made = singleSignOnOnTwins();
    const tenants = Array.from({ length: 20 }, (_, n) => `acme-${n}`);
    for (const tenantId of tenants) await made.put(provider.issuer, { tenantId });
    const states = await Promise.all(tenants.map((tenantId) => made.connections.read(tenantId)));
    const tokens = states.map((state) => state?.domains[0]?.token ?? '');
    expect(new Set(tokens).size).toBe(20);
    made.records.set('_vox-challenge.acme.example', tokens);
    const prove = (tenantId: string) => proveTenantDomain(made, { tenantId, domain: 'acme.example' }, by);
    const outcomes = await Promise.allSettled(tenants.map(prove));
    const winners = tenants.filter((_, n) => outcomes[n]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    const [loser = ''] = tenants.filter((tenantId) => tenantId !== winners[0]);
    await removeTenantConnection(made, winners[0] ?? '', by);
    await prove(loser);
  });
  it('is gone after its removal, of which a fact is left', async () => {
    const made = singleSignOnOnTwins();
    await made.connect(provider.issuer);
    await removeTenantConnection(made, 'acme', by);
    expect(await made.connections.read('acme')).toBeUndefined();
    expect(await made.provedDomains.read('acme.example')).toBeUndefined();
    expect(made.publishedTypes().at(-1)).toBe('single-sign-on-removed.v1');
    await expect(removeTenantConnection(made, 'acme', by)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('frees its domains after a crash that came between the store and the bus', async () => {
    const made = singleSignOnOnTwins();
    await made.connect(provider.issuer);
    const down = { ...made, bus: { publish: async () => Promise.reject(new Error('down')) } };
    await expect(removeTenantConnection(down, 'acme', by)).rejects.toThrow('down');
    await expect(made.start()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await onSingleSignOnDue(made);
    expect(await made.provedDomains.read('acme.example')).toBeUndefined();
    expect(made.publishedTypes().at(-1)).toBe('single-sign-on-removed.v1');
    expect(await made.connections.read('acme')).toBeUndefined();
  });
  it('that is demanded shuts codes out for its proved domains, and never for an owner', async () => {
    const made = singleSignOnOnTwins();
    const isShut = async (email: string, role = 'admin') =>
      mustUseProvider(await made.connections.read('acme'), { email, role });
    expect(await isShut('ann@acme.example')).toBe(false);
    await made.put(provider.issuer, { isRequired: true });
    expect(await isShut('ann@acme.example')).toBe(false);
    await made.prove();
    expect(await isShut('ann@acme.example')).toBe(true);
    expect(await isShut('ann@elsewhere.example')).toBe(false);
    expect(await isShut('ann@acme.example', 'owner')).toBe(false);
    await made.put(provider.issuer, { isRequired: false });
    expect(await isShut('ann@acme.example')).toBe(false);
  });
});
