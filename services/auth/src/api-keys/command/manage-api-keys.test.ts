import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiKeysOnTwins, actor, apiKeysOnTwins, scopes, tenantId } from '../api-keys.fixture.ts';

let fixture: ApiKeysOnTwins;
beforeEach(async () => {
  fixture = await apiKeysOnTwins();
});
afterEach(() => fixture.close());

describe('an API key', () => {
  it('shows its secrets once, in the answer that creates it, and keeps neither', async () => {
    const { apiKey, signingSecret, key } = await fixture.create();
    expect(apiKey).toMatch(new RegExp(`^vk_production_${key.keyId}_[0-9A-Za-z]{49}$`));
    expect(signingSecret).toMatch(new RegExp(`^vks_production_${key.keyId}_[0-9A-Za-z]{49}$`));
    const kept = JSON.stringify([
      ...[await fixture.list(), await fixture.apiKeyRings.all(10), fixture.bus.published()],
    ]);
    for (const secret of [apiKey, signingSecret ?? ''])
      for (const part of [secret, secret.slice(-49), secret.slice(-49, -6)]) expect(kept).not.toContain(part);
  });
  it('is listed with its tenant’s others, the newest first, and with nobody else’s', async () => {
    const made = [await fixture.create({ label: 'one' }), await fixture.create({ label: 'two' })];
    expect((await fixture.list()).map(({ label }) => label)).toEqual(['two', 'one']);
    await fixture.putTenant({ tenantId: 'other' });
    await expect(fixture.revoke(made[0]?.key.keyId ?? '', 'other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await fixture.list()).every(({ revokedAt }) => revokedAt === null)).toBe(true);
  });
  it.each([
    ['of an unknown tenant', { tenantId: 'nobody' }, 'NOT_FOUND'],
    ['that has expired already', { expiresAt: '2026-05-05T12:00:00.000Z' }, 'INVALID_REQUEST'],
    ['with an unknown scope', { scopes: ['everything'] }, 'INVALID_REQUEST'],
    ['without a scope', { scopes: [] }, 'INVALID_REQUEST'],
    ['with a network that is none', { networks: ['192.0.2.0/33'] }, 'INVALID_REQUEST'],
    ['with a public key that is too short', { publicKey: 'AAAA' }, 'INVALID_REQUEST'],
    ['for an environment that is none', { env: 'live' }, 'INVALID_REQUEST'],
  ])('%s is not created', async (_what, over, code) => {
    await expect(fixture.create(over as never)).rejects.toMatchObject({ code });
    expect(fixture.facts().filter(([type]) => type === 'api-key-created')).toEqual([]);
  });
  it('that is rotated works until its grace ends, beside its successor of the same scopes and networks', async () => {
    const networks = ['192.0.2.0/24'];
    const { apiKey, key } = await fixture.create({ networks });
    const next = await fixture.rotate(key.keyId, 30);
    expect(next.key).toMatchObject({ scopes, networks, env: 'production', label: 'deployer', expiresAt: null });
    expect(Date.parse(next.graceEndsAt)).toBe(fixture.nowMs() + 30_000);
    const both = [(await fixture.prove(apiKey)).expiresAt, (await fixture.prove(next.apiKey)).expiresAt];
    expect(both.map((each) => Date.parse(each) - fixture.nowMs())).toEqual([30_000, 60_000]);
    expect(await fixture.revocationOf(key.keyId)).toBeUndefined();
    fixture.clock.advanceMs(30_000);
    await expect(fixture.prove(apiKey)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    // A proof that was made before the rotation would outlive the grace.
    await expect.poll(() => fixture.revocationOf(key.keyId)).toMatchObject({ at: next.graceEndsAt });
    expect((await fixture.prove(next.apiKey)).keyId).toBe(next.key.keyId);
    const again = fixture.rotate(key.keyId, 0);
    await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('that is rotated without grace is dead at once, everywhere', async () => {
    const { key } = await fixture.create();
    await fixture.rotate(key.keyId, 0);
    expect(await fixture.revocationOf(key.keyId)).toMatchObject({ at: fixture.clock.now().toISOString() });
  });
  it('has one successor, also when it is rotated by many at once', async () => {
    const { key } = await fixture.create();
    const rotations = await Promise.allSettled(Array.from({ length: 8 }, () => fixture.rotate(key.keyId, 60)));
    expect(rotations.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await fixture.list()).toHaveLength(2);
  });
  it('that is revoked stays listed without its secrets, is dead everywhere, and is never reborn', async () => {
    const { apiKey, key } = await fixture.create();
    const { revokedAt } = await fixture.revoke(key.keyId);
    expect(await fixture.revocationOf(key.keyId)).toMatchObject({ at: revokedAt });
    fixture.clock.advanceMs(1_000);
    expect(await fixture.revoke(key.keyId)).toEqual({ revokedAt });
    expect(await fixture.list()).toMatchObject([{ keyId: key.keyId, revokedAt, lastUsedAt: null }]);
    const ring = await fixture.apiKeyRings.read(tenantId);
    expect(ring?.keys).toMatchObject([{ hash: '', signing: { sealed: '' } }]);
    await expect(fixture.prove(apiKey)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    await expect(fixture.rotate(key.keyId, 60)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('is one of fifty at most that work, also when many are created at once', async () => {
    const all = await Promise.allSettled(Array.from({ length: 60 }, () => fixture.create()));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    await fixture.revoke((await fixture.list())[0]?.keyId ?? '');
    await fixture.create();
    await expect(fixture.create()).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
  it('leaves a fact of each change once, and an act of each refusal, with who asked', async () => {
    const { key } = await fixture.create();
    const next = await fixture.rotate(key.keyId, 60);
    await fixture.revoke(next.key.keyId);
    await fixture.revoke(next.key.keyId);
    await fixture.revoke('0'.repeat(16)).catch(() => undefined);
    expect(fixture.facts()).toMatchObject([
      ['api-key-created', { tenantId, keyId: key.keyId, env: 'production', scopes, expiresAt: null, actor }],
      ['api-key-rotated', { keyId: key.keyId, successor: next.key.keyId, graceEndsAt: next.graceEndsAt, actor }],
      ['api-key-revoked', { keyId: next.key.keyId, actor }],
    ]);
    expect(fixture.bus.published().at(-1)?.data).toMatchObject({
      ...{ action: 'api-key.revoke', target: `api-key:${'0'.repeat(16)}`, outcome: 'refused', actor },
    });
  });
});

describe('a revocation that a crash left unpublished', () => {
  it('is published once, and the key is dead everywhere', async () => {
    const { key } = await fixture.create();
    fixture.crash(true);
    await expect(fixture.revoke(key.keyId)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await fixture.revocationOf(key.keyId)).toBeUndefined();
    fixture.crash(false);
    await expect.poll(() => fixture.revocationOf(key.keyId)).toBeDefined();
    await settled(fixture.bus);
    expect(fixture.facts().filter(([type]) => type === 'api-key-revoked')).toHaveLength(1);
  });
});

describe('a machine that manages API keys', () => {
  it('gives no key more scopes, other networks or a longer life than it has', async () => {
    const expiresAt = new Date(fixture.nowMs() + 60_000).toISOString();
    const own = { scopes: ['api-keys:write', 'usage:read'] as const, networks: ['192.0.2.0/24'], expiresAt };
    const { key } = await fixture.create({ ...own, scopes: [...own.scopes] });
    const by = { ...own, scopes: [...own.scopes], actor: `key:${key.keyId}` };
    expect((await fixture.create({ ...by, scopes: ['usage:read'] })).key.scopes).toEqual(['usage:read']);
    const more = [{ scopes: [...own.scopes, 'audit:read' as const] }, { networks: [] }, { networks: ['0.0.0.0/0'] }];
    const longer = { expiresAt: new Date(fixture.nowMs() + 60_001).toISOString() };
    for (const over of [...more, longer, { expiresAt: undefined }, { actor: 'key:0000000000000000' }])
      await expect(fixture.create({ ...by, ...over })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
  it('rotates no key that may do more than itself, because it would get that key’s secret', async () => {
    const weak = await fixture.create({ scopes: ['api-keys:write'] });
    const strong = await fixture.create({ scopes: ['api-keys:write', 'audit:read'] });
    const by = { actor: `key:${weak.key.keyId}` };
    await expect(fixture.rotate(strong.key.keyId, 60, by)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await fixture.rotate(weak.key.keyId, 60, by)).key.scopes).toEqual(['api-keys:write']);
  });
});
