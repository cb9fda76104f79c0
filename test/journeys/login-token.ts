import { randomBytes, randomUUID } from 'node:crypto';
import { SigningKeyDocument } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { type LoginClaims, LoginToken, tokenSigner } from '@vox/platform/crypto';
import { exportJWK, generateKeyPair } from 'jose';

export const someMemberId = (): string => `m_${randomBytes(16).toString('base64url')}`;

/** Signs login tokens with a key that every service knows, as auth alone can: no service lends the key of logins. */
export async function loginTokens(bus: Pick<Bus, 'documents'>) {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const { x = '', d = '' } = await exportJWK(privateKey);
  const kid = randomBytes(12).toString('base64url');
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await bus.documents(SigningKeyDocument).put(kid, { kid, use: 'login', x, expiresAt });
  const sign = await tokenSigner(LoginToken, { kid, x, d });
  return async (over: Partial<LoginClaims> = {}): Promise<{ id: string; token: string }> => {
    const claims = { tenantId: 'demo', memberId: someMemberId(), role: 'owner' as const, ...over };
    const stamp = { id: randomUUID(), subject: claims.memberId, now: new Date(), lifeSeconds: 600 };
    return { id: stamp.id, token: await sign(claims, stamp) };
  };
}
