import { KeyEnvironment, scopes as knownScopes, type Scope, TenantId } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { storedStamp } from '../../tenants/mod.ts';
import type { ApiKeyRing } from '../decide/ring.ts';

/** API keys by tenant. One document holds all keys of a tenant, so that their number is bounded in one write. */
export type ApiKeyRings = DocumentStore<ApiKeyRing>;

const isScope = (text: string): text is Scope => (knownScopes as readonly string[]).includes(text);
const ms = z.number().int();
const keyId = z.string();
const msOrNull = ms.nullable();

const Key = z.object({
  keyId,
  label: z.string(),
  env: KeyEnvironment,
  // A scope that is no more gives nothing, and takes no key with it.
  scopes: z.array(z.string()).transform((scopes) => scopes.filter(isScope)),
  networks: z.array(z.string()),
  hash: z.string(),
  signing: z.discriminatedUnion('method', [
    z.object({ method: z.literal('hmac-sha256'), sealed: z.string() }),
    z.object({ method: z.literal('ed25519'), x: z.string() }),
  ]),
  createdAtMs: ms,
  expiresAtMs: msOrNull,
  revokedAtMs: msOrNull,
  lastUsedAtMs: msOrNull,
  successor: keyId.nullable(),
});

const Event = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['created', 'revoked']), keyId }),
  z.object({ kind: z.literal('rotated'), keyId, successor: keyId, graceEndsAtMs: ms }),
  z.object({ kind: z.literal('grace-ended'), keyId }),
]);

export const storedApiKeyRings: StoredKind<ApiKeyRing> = {
  collection: 'api_keys',
  schema: z.object({
    tenantId: TenantId,
    keys: z.array(Key),
    unpublished: z.array(
      z.object({
        ...storedStamp,
        what: Event,
      }),
    ),
  }),
  dueAtMs: ({ unpublished }) =>
    unpublished.length === 0 ? undefined : Math.min(...unpublished.map(({ atMs }) => atMs)),
  // A key that was revoked is found by nobody who asks with it.
  tags: ({ keys }) => keys.filter(({ revokedAtMs }) => revokedAtMs === null).map((key) => key.keyId),
};
