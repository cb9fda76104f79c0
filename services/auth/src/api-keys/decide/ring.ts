import type { ApiKey, Scope } from '@vox/contracts';
import type { Stamp } from '../../tenants/mod.ts';

/** What signatures of a key are verified with: a secret that is kept sealed, or a public key. */
export type KeptSigning =
  | Readonly<{ method: 'hmac-sha256'; sealed: string }>
  | Readonly<{ method: 'ed25519'; x: string }>;

/** What is kept of a key. `hash` is empty once it is revoked: what is kept then is that there was such a key. */
export type KeptApiKey = Readonly<{
  keyId: string;
  label: string;
  env: ApiKey['env'];
  scopes: readonly Scope[];
  networks: readonly string[];
  hash: string;
  signing: KeptSigning;
  createdAtMs: number;
  expiresAtMs: number | null;
  revokedAtMs: number | null;
  lastUsedAtMs: number | null;
  successor: string | null;
}>;

export type ApiKeyEvent =
  | Readonly<{ kind: 'created' | 'revoked'; keyId: string }>
  | Readonly<{ kind: 'rotated'; keyId: string; successor: string; graceEndsAtMs: number }>
  /** The grace of a key that was rotated is over: proofs that were made of it before end too. */
  | Readonly<{ kind: 'grace-ended'; keyId: string }>;

/** What is still to be published, at `atMs` and not before. */
export type ApiKeyEntry = Stamp & Readonly<{ what: ApiKeyEvent }>;

/** The API keys of one tenant, in the order in which they were made, and their outbox. */
export type ApiKeyRing = Readonly<{
  tenantId: string;
  keys: readonly KeptApiKey[];
  unpublished: readonly ApiKeyEntry[];
}>;

/** Keys of a tenant that work at one time. */
export const livingMax = 50;
/** Keys that are listed, dead ones included. Past this, the one that died first is listed no more. */
export const listedMax = 1_000;

export const isLiving = ({ expiresAtMs, revokedAtMs }: KeptApiKey, nowMs: number): boolean =>
  revokedAtMs === null && (expiresAtMs === null || expiresAtMs > nowMs);

const at = (ms: number): string => new Date(ms).toISOString();
const atOrNull = (ms: number | null): string | null => (ms === null ? null : at(ms));

/** A key as its tenant sees it: without its hash and its signing secret. */
export const shownKey = (key: KeptApiKey): ApiKey => ({
  keyId: key.keyId,
  label: key.label,
  env: key.env,
  scopes: [...key.scopes],
  networks: [...key.networks],
  signing: key.signing.method,
  createdAt: at(key.createdAtMs),
  expiresAt: atOrNull(key.expiresAtMs),
  revokedAt: atOrNull(key.revokedAtMs),
  lastUsedAt: atOrNull(key.lastUsedAtMs),
  successor: key.successor,
});
