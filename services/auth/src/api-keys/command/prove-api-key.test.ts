import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { newMachineKey } from '@vox/platform/crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ApiKeysOnTwins,
  address,
  apiKeysOnTwins,
  plain,
  scopes,
  sensitive,
  signedBy,
  tenantId,
} from '../api-keys.fixture.ts';

const nonce = 'the-nonce-of-one-request';
let fixture: ApiKeysOnTwins;
beforeEach(async () => {
  fixture = await apiKeysOnTwins();
});
afterEach(() => fixture.close());

describe('an API key', () => {
  it('is turned into a proof of its tenant and its scopes for one minute, which says that nothing was signed', async () => {
    const { apiKey, key } = await fixture.create();
    const proved = await fixture.prove(apiKey);
    expect(proved).toMatchObject({ tenantId, keyId: key.keyId, scopes, env: 'production' });
    const { subject, claims, expiresAt } = await fixture.read(proved.proof);
    expect([subject, claims]).toEqual([key.keyId, { tenantId, scopes }]);
    expect(expiresAt.getTime()).toBe(fixture.nowMs() + 60_000);
    expect(Date.parse(proved.expiresAt)).toBe(fixture.nowMs() + 60_000);
  });
  it('with a wrong secret, of an unknown id, revoked or expired is refused alike', async () => {
    const expiresAt = new Date(fixture.nowMs() + 90_000).toISOString();
    const { apiKey, key, signingSecret } = await fixture.create();
    const ending = await fixture.create({ expiresAt });
    const revoked = await fixture.create();
    await fixture.revoke(revoked.key.keyId);
    const guess = (keyId: string) =>
      newMachineKey({ kind: 'vk', env: 'production', keyId }, (size) => new Uint8Array(size).fill(3));
    const shorter = await fixture.prove(ending.apiKey);
    fixture.clock.advanceMs(60_000);
    const last = await fixture.prove(ending.apiKey);
    expect([Date.parse(shorter.expiresAt) < Date.parse(expiresAt), last.expiresAt]).toEqual([true, expiresAt]);
    fixture.clock.advanceMs(30_000);
    const refused = [guess(key.keyId), guess('0'.repeat(16)), ending.apiKey, revoked.apiKey, signingSecret, 'x'];
    for (const given of refused)
      await expect(fixture.prove(given ?? '')).rejects.toMatchObject({ code: 'AUTH_REQUIRED', answer: {} });
    expect((await fixture.prove(apiKey)).keyId).toBe(key.keyId);
  });
  it('works from its networks alone, in IPv4 and in IPv6', async () => {
    const { apiKey } = await fixture.create({ networks: ['192.0.2.0/29', '2001:db8::/48', '198.51.100.9'] });
    for (const from of ['192.0.2.7', '2001:db8:0:ffff::1', '198.51.100.9'])
      expect((await fixture.prove(apiKey, { address: from })).tenantId).toBe(tenantId);
    for (const from of ['192.0.2.8', '2001:db8:1::1', '198.51.100.8', '::1'])
      await expect(fixture.prove(apiKey, { address: from })).rejects.toMatchObject({
        code: 'FORBIDDEN',
        answer: { scope: 'network' },
      });
  });
  it('is listed as used to the minute, which is written beside its requests', async () => {
    const { apiKey, key } = await fixture.create();
    for (let n = 0; n < 3; n += 1) await fixture.prove(apiKey);
    expect((await fixture.list())[0]?.lastUsedAt).toBeNull();
    fixture.clock.advanceMs(90_500);
    await expect.poll(async () => (await fixture.list())[0]?.lastUsedAt).toBe('2026-05-05T12:00:00.000Z');
    await fixture.prove(apiKey);
    await fixture.stopServices();
    const kept = await fixture.apiKeyRings.read(tenantId);
    expect(kept?.keys.map(({ keyId, lastUsedAtMs }) => [keyId, lastUsedAtMs])).toEqual([
      [key.keyId, Date.parse('2026-05-05T12:01:00.000Z')],
    ]);
  });
});

describe('a sensitive action of a machine', () => {
  it('is proved alone, by a request that the holder of the key signed', async () => {
    const created = await fixture.create();
    const signed = signedBy(created, { nowMs: fixture.nowMs(), nonce });
    const { proof } = await fixture.prove(created.apiKey, { action: sensitive, signed });
    expect((await fixture.read(proof)).claims).toEqual({ tenantId, scopes, signedFor: sensitive });
    const again = fixture.prove(created.apiKey, { action: plain, signed });
    expect((await fixture.read((await again).proof)).claims.signedFor).toBeUndefined();
  });
  it('is proved by an Ed25519 key that the tenant made, of which no private half is ever here', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const created = await fixture.create({ publicKey: String(publicKey.export({ format: 'jwk' }).x) });
    expect([created.signingSecret, created.key.signing]).toEqual([null, 'ed25519']);
    const signing = { algorithm: 'ed25519', privateKey } as const;
    const signed = signedBy(created, { nowMs: fixture.nowMs(), nonce, signing });
    expect((await fixture.prove(created.apiKey, { action: sensitive, signed })).keyId).toBe(created.key.keyId);
  });
  it('is refused with a reason when it is not signed, or signed for something else', async () => {
    const [created, other] = [await fixture.create(), await fixture.create()];
    const at = { nowMs: fixture.nowMs(), nonce };
    const good = signedBy(created, at);
    const cases: readonly (readonly [string, object | undefined])[] = [
      ['signature-missing', undefined],
      ['signature-wrong', { ...good, method: 'DELETE' }],
      ['signature-wrong', { ...good, targetUri: `${good.targetUri}/other` }],
      ['signature-wrong', { ...good, fields: { 'content-digest': 'sha-256=:AAAA:' } }],
      ['signature-wrong', signedBy({ ...created, signingSecret: other.signingSecret }, at)],
      ['signature-wrong', signedBy({ ...created, signingSecret: created.apiKey }, at)],
      ['key-unknown', signedBy(other, at)],
      ['created-ahead', signedBy(created, { ...at, nowMs: at.nowMs + 61_000 })],
      ['expired', signedBy(created, { ...at, nowMs: at.nowMs - 60_000 })],
      ['action-differs', signedBy(created, { ...at, tag: 'members.remove' })],
    ];
    for (const [reason, signed] of cases)
      await expect(
        fixture.prove(created.apiKey, { action: sensitive, signed: signed as typeof good }),
        reason,
      ).rejects.toMatchObject({ code: 'SIGNATURE_REQUIRED', answer: { reason } });
    const tagged = signedBy(created, { ...at, tag: sensitive });
    expect((await fixture.prove(created.apiKey, { action: sensitive, signed: tagged })).tenantId).toBe(tenantId);
  });
  it('is proved once by one nonce, by every key for itself, and the nonce is kept for a minute longer than its signature', async () => {
    const [one, other] = [await fixture.create(), await fixture.create()];
    for (const created of [one, other]) {
      const signed = signedBy(created, { nowMs: fixture.nowMs(), nonce });
      await fixture.prove(created.apiKey, { action: sensitive, signed });
      await expect(fixture.prove(created.apiKey, { action: sensitive, signed })).rejects.toMatchObject({
        answer: { reason: 'nonce-spent' },
      });
    }
    expect(await fixture.spentNonces.keys(10)).toHaveLength(2);
    fixture.clock.advanceMs(119_000);
    await pause(50);
    expect(await fixture.spentNonces.keys(10)).toHaveLength(2);
    fixture.clock.advanceMs(1_000);
    await expect.poll(() => fixture.spentNonces.keys(10)).toEqual([]);
  });
  it('is refused to a key without its scope before a nonce is spent, and to every machine where no scope gives it', async () => {
    const created = await fixture.create({ scopes: ['usage:read'] });
    const signed = signedBy(created, { nowMs: fixture.nowMs(), nonce });
    for (const action of [sensitive, 'tenants.create', 'members.reset-factors'] as const)
      await expect(fixture.prove(created.apiKey, { action, signed })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await fixture.spentNonces.keys(10)).toEqual([]);
  });
  it('is not asked for with fields that are more than one line, so that no field reads as another', async () => {
    const created = await fixture.create();
    const good = signedBy(created, { nowMs: fixture.nowMs(), nonce });
    const lines = { ...good, fields: { ...good.fields, date: 'today\n"@method": DELETE' } };
    for (const signed of [lines, { ...good, method: 'POST\n' }, { ...good, targetUri: `${good.targetUri}\nx` }])
      await expect(
        fixture.prove(created.apiKey, { address, action: sensitive, signed: signed as typeof good }),
      ).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
