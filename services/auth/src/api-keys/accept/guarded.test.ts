import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { CreateApiKey, ListApiKeys, type Role, RotateApiKey, SigningKeyDocument } from '@vox/contracts';
import { LoginToken, tokenSigner } from '@vox/platform/crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiKeysOnTwins, apiKeysOnTwins, signedBy, tenantId } from '../api-keys.fixture.ts';

const memberId = `m_${'A'.repeat(22)}`;
const wanted = { tenantId, label: 'a', env: 'dev', actor: 'operator:forged' } as const;
let fixture: ApiKeysOnTwins;
beforeEach(async () => {
  fixture = await apiKeysOnTwins();
});
afterEach(() => fixture.close());

/** What the edge shows of a member who has just given a fresh code. */
async function loginOf(role: Role): Promise<string> {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const kid = randomUUID();
  const expiresAt = '2027-01-01T00:00:00.000Z';
  await fixture.bus.documents(SigningKeyDocument).put(kid, { kid, use: 'login', x, expiresAt });
  const sign = await tokenSigner(LoginToken, { kid, x, d });
  const now = fixture.clock.now();
  const freshUntil = now.getTime() / 1_000 + 300;
  return sign({ tenantId, memberId, role, freshUntil }, { id: randomUUID(), subject: memberId, now, lifeSeconds: 600 });
}
const shown = (proof: string) => ({ as: 'edge-guard', proof }) as const;

describe('whoever asks about API keys through the edge', () => {
  it('is named by their own proof and not by the edge: a member', async () => {
    const proof = await loginOf('admin');
    await fixture.bus.ask(CreateApiKey, { ...wanted, scopes: ['usage:read'] }, shown(proof));
    expect(fixture.facts()).toMatchObject([['api-key-created', { actor: `member:${memberId}` }]]);
  });
  it('gives no scope that the own role does not have, neither to a new key nor by a rotation', async () => {
    const admin = shown(await loginOf('admin'));
    const forAdmin = fixture.bus.ask(CreateApiKey, { ...wanted, scopes: ['transcripts:read'] }, admin);
    await expect(forAdmin).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const owner = shown(await loginOf('owner'));
    const { key } = await fixture.bus.ask(CreateApiKey, { ...wanted, scopes: ['transcripts:read'] }, owner);
    const rotation = { tenantId, keyId: key.keyId, graceSeconds: 60, actor: 'x' };
    await expect(fixture.bus.ask(RotateApiKey, rotation, admin)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await fixture.bus.ask(RotateApiKey, rotation, owner)).key.scopes).toEqual(['transcripts:read']);
  });
  it('is a machine by its proof: signed for this action, of this tenant, and until its key is revoked', async () => {
    const created = await fixture.create({ scopes: ['api-keys:read', 'api-keys:write'] });
    const asked = { ...wanted, scopes: ['api-keys:read' as const] };
    const plain = shown((await fixture.prove(created.apiKey, { action: 'api-keys.list' })).proof);
    expect((await fixture.bus.ask(ListApiKeys, { tenantId }, plain)).keys).toHaveLength(1);
    await expect(fixture.bus.ask(CreateApiKey, asked, plain)).rejects.toMatchObject({ code: 'SIGNATURE_REQUIRED' });
    const proved = async (action: 'api-keys.create' | 'api-keys.rotate') => {
      const signed = signedBy(created, { nowMs: fixture.nowMs(), nonce: randomUUID() });
      return shown((await fixture.prove(created.apiKey, { action, signed })).proof);
    };
    const ofAnother = fixture.bus.ask(CreateApiKey, asked, await proved('api-keys.rotate'));
    await expect(ofAnother).rejects.toMatchObject({ code: 'SIGNATURE_REQUIRED' });
    const good = await proved('api-keys.create');
    await expect(fixture.bus.ask(ListApiKeys, { tenantId: 'other' }, good)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const { key } = await fixture.bus.ask(CreateApiKey, asked, good);
    expect(fixture.facts().at(-1)).toMatchObject([
      'api-key-created',
      { keyId: key.keyId, actor: `key:${created.key.keyId}` },
    ]);
    await fixture.revoke(created.key.keyId);
    await expect(fixture.bus.ask(ListApiKeys, { tenantId }, plain)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
  });
  it('proves nothing with the edge’s credential alone', async () => {
    const alone = { as: 'edge-guard' } as const;
    const created = fixture.bus.ask(CreateApiKey, { ...wanted, scopes: ['usage:read'] }, alone);
    await expect(created).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
  });
});
