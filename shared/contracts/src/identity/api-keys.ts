import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting } from '../values/acting.ts';
import { fieldSentences } from '../values/field-mistakes.ts';
import { ApiKeyId, KeyEnvironment, TenantId } from '../values/ids.ts';
import { Action, Scope } from './access.ts';

/** An address or a network, of IPv4 or IPv6. */
export const Network = z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], fieldSentences.network);

/** How a machine signs sensitive requests (RFC 9421 §3.3). */
export const SigningMethod = z.enum(['hmac-sha256', 'ed25519']);

/** What is known of a key. It shows no secret. A key that is dead stays listed, and never works again. */
export const ApiKey = z.object({
  keyId: ApiKeyId,
  label: z.string(),
  env: KeyEnvironment,
  scopes: z.array(Scope),
  networks: z.array(z.string()).describe('where its requests come from; anywhere when empty'),
  signing: SigningMethod,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable().describe('to the minute'),
  successor: ApiKeyId.nullable().describe('the key that it was rotated to'),
});
export type ApiKey = z.infer<typeof ApiKey>;

const Secrets = z.object({
  apiKey: z.string().describe('shown this once; only its hash is kept'),
  signingSecret: z
    .string()
    .nullable()
    .describe('shown this once; null for a key that signs with an Ed25519 key of its own'),
});
const NewApiKey = Secrets.extend({ key: ApiKey });

const publicKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'must be an Ed25519 public key, base64url without padding (RFC 8037)');
const graceSeconds = z
  .number()
  .int()
  .min(0)
  .max(30 * 86_400);

export const CreateApiKey = question(
  'auth',
  'api-key-create',
  'Creates an API key for a machine. The answer shows its secrets, and nothing shows them again.',
  z.strictObject({
    tenantId: TenantId,
    label: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u, fieldSentences['api-key-label']),
    env: KeyEnvironment,
    scopes: z.array(Scope).min(1).max(64),
    networks: z.array(Network).max(32).default([]),
    expiresAt: z.iso.datetime().optional(),
    publicKey: publicKey.optional().describe('signs with Ed25519; left out, a secret for hmac-sha256 is made'),
    ...acting,
  }),
  NewApiKey,
  { action: 'api-keys.create' },
);

export const RotateApiKey = question(
  'auth',
  'api-key-rotate',
  'Gives an API key a successor with the same scopes and networks. The old key dies after its grace.',
  z.strictObject({
    tenantId: TenantId,
    keyId: ApiKeyId,
    graceSeconds,
    expiresAt: z.iso.datetime().optional().describe('of the successor; it does not expire when left out'),
    publicKey: publicKey.optional().describe('of the successor'),
    ...acting,
  }),
  NewApiKey.extend({ graceEndsAt: z.iso.datetime() }),
  { action: 'api-keys.rotate' },
);

export const RevokeApiKey = question(
  'auth',
  'api-key-revoke',
  'Kills an API key at once and for ever.',
  z.strictObject({ tenantId: TenantId, keyId: ApiKeyId, ...acting }),
  z.object({ revokedAt: z.iso.datetime() }),
  { action: 'api-keys.revoke' },
);

export const ListApiKeys = question(
  'auth',
  'api-key-list',
  'Every API key of a tenant, the newest first, with those that are dead.',
  z.strictObject({ tenantId: TenantId }),
  z.object({ keys: z.array(ApiKey) }),
  { action: 'api-keys.list' },
);

/** Fields of a request that its signature may cover. Each is one line of visible characters. */
const line = z
  .string()
  .max(1_024)
  .regex(/^[\x20-\x7e\t]*$/, 'must be one line of visible characters')
  .optional();
export const SignedFields = z.strictObject({
  'content-digest': line,
  'content-type': line,
  'content-length': line,
  'idempotency-key': line,
  'if-match': line,
  date: line,
});
export type SignedFields = z.infer<typeof SignedFields>;
export const signedFieldNames = Object.keys(SignedFields.shape) as readonly (keyof SignedFields)[];

/** A request as its signature sees it (RFC 9421). Whoever has the body holds it against Content-Digest. */
export const SignedRequest = z.strictObject({
  method: z.string().regex(/^[A-Z]{1,16}$/),
  targetUri: z
    .string()
    .max(4_096)
    .regex(/^https?:\/\/[\x21-\x7e]+$/),
  fields: SignedFields,
  signatureInput: z.string().max(2_048),
  signature: z.string().max(512),
});
export type SignedRequest = z.infer<typeof SignedRequest>;

export const ProveApiKey = question(
  'auth',
  'api-key-prove',
  'Turns an API key into a proof of one minute. For a sensitive action the request must be signed, and proves it alone.',
  z.strictObject({
    apiKey: z.string().max(128).describe('never logged, never in a fact'),
    address: z.union([z.ipv4(), z.ipv6()]).describe('of the client'),
    action: Action,
    signed: SignedRequest.optional(),
  }),
  z.object({
    proof: z.string().describe('a token that the service that acts verifies'),
    tenantId: TenantId,
    keyId: ApiKeyId,
    env: KeyEnvironment,
    scopes: z.array(Scope),
    expiresAt: z.iso.datetime().describe('of the proof'),
  }),
);
export type ApiKeyProof = z.infer<(typeof ProveApiKey)['reply']>;
