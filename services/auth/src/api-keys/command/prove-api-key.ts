import { timingSafeEqual } from 'node:crypto';
import { type ApiKeyProof, accessTable, type ProveApiKey } from '@vox/contracts';
import { machineKeyHash, type ProofClaims, readMachineKey, type Signer } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { comesFrom } from '../decide/network.ts';
import { isLiving, type KeptApiKey } from '../decide/ring.ts';
import type { ApiKeyRings } from '../keep/api-key-rings.ts';
import { demandSignature, type SignatureDependencies } from './demand-signature.ts';
import type { KeyUses } from './key-uses.ts';

export type ProveApiKeyDependencies = SignatureDependencies &
  Readonly<{
    apiKeyRings: Pick<ApiKeyRings, 'tagged'>;
    keyUses: Pick<KeyUses, 'note'>;
    signProof: Signer<ProofClaims>;
    uuid: () => string;
    clock: Clock;
  }>;

type Asked = z.infer<(typeof ProveApiKey)['request']>;

const proofMs = 60_000;

/**
 * Turns a key into a proof of one minute. Throws Fault AUTH_REQUIRED for a key that is not good, FORBIDDEN where it may
 * not do this, or not from this address, and SIGNATURE_REQUIRED with a SignatureReason.
 */
export async function proveApiKey(dependencies: ProveApiKeyDependencies, asked: Asked): Promise<ApiKeyProof> {
  const { clock, keyUses, signProof, uuid } = dependencies;
  const now = clock.now();
  const { tenantId, key } = await findKey(dependencies, asked.apiKey, now.getTime());
  if (!comesFrom(key.networks, asked.address)) throw new Fault('FORBIDDEN', { scope: 'network' });
  const signedFor = await signedActionOf(dependencies, key, asked);
  const expiresAtMs = Math.min(now.getTime() + proofMs, key.expiresAtMs ?? Number.POSITIVE_INFINITY);
  const lifeSeconds = Math.ceil((expiresAtMs - now.getTime()) / 1_000);
  const { keyId, env } = key;
  const scopes = [...key.scopes];
  const proof = await signProof({ tenantId, scopes, signedFor }, { id: uuid(), subject: keyId, now, lifeSeconds });
  keyUses.note(tenantId, keyId, now.getTime());
  return { proof, tenantId, keyId, env, scopes, expiresAt: new Date(expiresAtMs).toISOString() };
}

/**
 * The key of this text, if it works. One that is unknown, revoked or expired, and one with a wrong secret, are refused
 * alike.
 */
async function findKey(
  { apiKeyRings }: Pick<ProveApiKeyDependencies, 'apiKeyRings'>,
  apiKey: string,
  nowMs: number,
): Promise<Readonly<{ tenantId: string; key: KeptApiKey }>> {
  const read = readMachineKey(apiKey);
  if (read?.kind !== 'vk') throw new Fault('AUTH_REQUIRED');
  const [found] = await apiKeyRings.tagged(read.keyId, 1);
  const key = found?.state.keys.find(({ keyId }) => keyId === read.keyId);
  const given = Buffer.from(machineKeyHash(apiKey));
  const wanted = Buffer.alloc(given.length, key?.hash ?? '');
  const isRight = timingSafeEqual(given, wanted);
  if (found === undefined || key === undefined || !isRight || !isLiving(key, nowMs)) throw new Fault('AUTH_REQUIRED');
  return { tenantId: found.state.tenantId, key };
}

/** The action that a signed request proves, for one that must be signed. A key that may not do it hears so first. */
async function signedActionOf(
  dependencies: SignatureDependencies & Readonly<{ clock: Clock }>,
  key: KeptApiKey,
  { action, signed }: Asked,
): Promise<ProofClaims['signedFor']> {
  const { scope, isSensitive } = accessTable[action];
  if (!isSensitive) return undefined;
  if (scope === null || !key.scopes.includes(scope)) throw new Fault('FORBIDDEN');
  await demandSignature(dependencies, key, { action, signed });
  return action;
}
