import {
  type Action,
  CreateApiKey,
  ListApiKeys,
  ProveApiKey,
  RevocationDocument,
  RevokeApiKey,
  RotateApiKey,
  type Scope,
  type SignedRequest,
  SigningKeyDocument,
} from '@vox/contracts';
import { ProofToken, tokenVerifier } from '@vox/platform/crypto';
import { contentDigest, type SigningKey, signMessage } from '@vox/platform/http-signature';
import type { z } from 'zod';
import { authOnTwins } from '../auth.fixture.ts';

type Created = z.infer<(typeof CreateApiKey)['reply']>;

export const tenantId = 'acme';
export const actor = 'operator:ada';
export const address = '192.0.2.7';
export const targetUri = 'https://vox.example/api/v1/widget-keys';
export const body = Buffer.from('{"label":"site"}');
/** One action that needs a signature, and one that does not. */
export const sensitive: Action = 'widget-keys.create';
export const plain: Action = 'usage.read';
export const scopes: Scope[] = ['usage:read', 'widget-keys:write'];

/** Signs a request as the holder of a key does. */
export function signedBy(
  { key, signingSecret }: Pick<Created, 'key' | 'signingSecret'>,
  {
    nowMs,
    nonce,
    signing = { algorithm: 'hmac-sha256', secret: Buffer.from(signingSecret ?? '') },
    ...over
  }: Readonly<{ nowMs: number; nonce: string; signing?: SigningKey; tag?: string }>,
): SignedRequest {
  const created = Math.floor(nowMs / 1_000);
  const message = { method: 'POST', targetUri, fields: { 'content-digest': contentDigest(body) } };
  const parameters = { created, expires: created + 60, nonce, keyid: key.keyId, ...over };
  const components = ['@method', '@target-uri', 'content-digest'];
  return { ...message, ...signMessage(message, { components, parameters }, signing) };
}

/** Auth in a test, with a tenant and what is asked about its API keys. */
export async function apiKeysOnTwins(...given: Parameters<typeof authOnTwins>) {
  const fixture = await authOnTwins(...given);
  const { bus, clock } = fixture;
  await fixture.putTenant();
  const signingKeys = await bus.documents(SigningKeyDocument).follow();
  const verify = tokenVerifier(ProofToken, signingKeys.get);
  const nowMs = (): number => clock.now().getTime();
  return {
    ...fixture,
    nowMs,
    create: (over: Partial<z.input<(typeof CreateApiKey)['request']>> = {}) =>
      bus.ask(CreateApiKey, { tenantId, label: 'deployer', env: 'production', scopes, actor, ...over }),
    rotate: (keyId: string, graceSeconds: number, over: object = {}) =>
      bus.ask(RotateApiKey, { tenantId, keyId, graceSeconds, actor, ...over }),
    revoke: (keyId: string, of = tenantId) => bus.ask(RevokeApiKey, { tenantId: of, keyId, actor }),
    list: async () => (await bus.ask(ListApiKeys, { tenantId })).keys,
    prove: (apiKey: string, over: Partial<z.input<(typeof ProveApiKey)['request']>> = {}) =>
      bus.ask(ProveApiKey, { apiKey, address, action: plain, ...over }),
    read: (proof: string) => verify(proof, clock.now()),
    revocationOf: (keyId: string) => bus.documents(RevocationDocument).read(`api-key.${keyId}`),
    /** The facts of API keys, in their order. */
    facts: () =>
      bus
        .published()
        .filter(({ type }) => type.includes('api-key'))
        .map(({ type, data }) => [type.split('.')[2], data as Record<string, unknown>] as const),
  };
}

export type ApiKeysOnTwins = Awaited<ReturnType<typeof apiKeysOnTwins>>;
