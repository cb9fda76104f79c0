import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { stoppedClock } from '../time/mod.ts';
import { derivedUuid } from './derive.ts';
import { readySealKey, seal, unseal } from './seal.ts';
import { leasedSigner } from './signing-lease.ts';
import { type Signer, tokenSigner, tokenVerifier } from './token.ts';
import { SessionToken, type WidgetClaims, WidgetToken } from './token-kinds.ts';

const now = new Date('2026-01-01T00:00:00Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const claims: WidgetClaims = {
  tenantId: 'acme',
  widgetKey: 'w_acme_site_0123456789abcdef',
  origin: 'https://acme.example',
};

function newKey(use: string) {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { kid: randomUUID(), use, x, d, expiresAt: later(3600).toISOString() };
}

describe('a token', () => {
  const key = newKey('widget');
  const verify = tokenVerifier(WidgetToken, (kid) => (kid === key.kid ? key : undefined));
  const refused = { code: 'AUTH_REQUIRED' };
  let sign: Signer<WidgetClaims>;
  let token: string;
  beforeAll(async () => {
    sign = await tokenSigner(WidgetToken, key);
    token = await sign(claims, { id: 'j1', subject: 'v_1', now, lifeSeconds: 300 });
  });

  it('names its owner until it expires', async () => {
    expect(await verify(token, later(299))).toMatchObject({ id: 'j1', subject: 'v_1', claims });
    await expect(verify(token, later(306))).rejects.toMatchObject(refused);
    expect(await verify(token, later(800), { graceSeconds: 600 })).toMatchObject({ id: 'j1' });
  });
  it('is refused when it is from the future, altered, or signed with an expired key', async () => {
    await expect(verify(token, later(-60))).rejects.toMatchObject(refused);
    for (const part of [0, 1, 2]) {
      const parts = token.split('.');
      parts[part] = `${parts[part]?.slice(0, -3)}abc`;
      await expect(verify(parts.join('.'), now)).rejects.toMatchObject(refused);
    }
    const old = tokenVerifier(WidgetToken, () => ({ ...key, expiresAt: now.toISOString() }));
    await expect(old(token, now)).rejects.toMatchObject(refused);
  });
  it('of one kind is refused as another kind, even under the same key', async () => {
    const asSession = tokenVerifier(SessionToken, () => ({ ...key, use: 'session' }));
    await expect(asSession(token, now)).rejects.toMatchObject(refused);
    const otherUse = tokenVerifier(WidgetToken, () => ({ ...key, use: 'session' }));
    await expect(otherUse(token, now)).rejects.toMatchObject(refused);
  });
  it('without a signature, or with another algorithm, is refused', async () => {
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const payload = token.split('.')[1];
    for (const alg of ['none', 'HS256']) {
      await expect(
        verify(`${encode({ alg, typ: WidgetToken.typ, kid: key.kid })}.${payload}.`, now),
      ).rejects.toMatchObject(refused);
    }
  });
});

describe('a leased signer', () => {
  it('asks once for many tokens, and again when half of the lease is over', async () => {
    const clock = stoppedClock(now.toISOString());
    let asked = 0;
    const sign = leasedSigner(
      WidgetToken,
      async () => {
        asked += 1;
        return { ...newKey('widget'), signUntil: new Date(clock.now().getTime() + 600_000).toISOString() };
      },
      clock,
    );
    const token = () => sign(claims, { id: randomUUID(), subject: 'v', now: clock.now(), lifeSeconds: 300 });
    await Promise.all([token(), token(), token()]);
    expect(asked).toBe(1);
    clock.advanceMs(301_000);
    await token();
    expect(asked).toBe(2);
  });
});

describe('a sealed text', () => {
  const key = Buffer.alloc(32, 7);
  it('opens only with its key and in its context', () => {
    const sealed = seal(key, 'a', 'words');
    expect(unseal(key, 'a', sealed)).toBe('words');
    expect(unseal(readySealKey(key), 'a', sealed)).toBe('words');
    expect(unseal(key, 'a', seal(readySealKey(key), 'a', 'words'))).toBe('words');
    expect(unseal(key, 'b', sealed)).toBeUndefined();
    expect(unseal(Buffer.alloc(32, 8), 'a', sealed)).toBeUndefined();
    expect(unseal(key, 'a', 'short')).toBeUndefined();
  });
  it('derives one id from the same parts, and another from parts that are cut elsewhere', () => {
    expect(derivedUuid('ab', 'c')).toBe(derivedUuid('ab', 'c'));
    expect(derivedUuid('ab', 'c')).not.toBe(derivedUuid('a', 'bc'));
    expect(derivedUuid('ab')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
