import type { TokenUse } from '@vox/contracts';
import { type Lease, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { leaseEndMs, signerOf } from '../decide.ts';
import { ensureKeyRing, type KeyRingDependencies } from './ensure-key-ring.ts';

/** Lends the key that signs now, with its private half. */
export async function leaseSigningKey(
  dependencies: KeyRingDependencies,
  use: TokenUse,
): Promise<Lease & Readonly<{ use: TokenUse }>> {
  const { clock, keyRings, sealKey } = dependencies;
  const nowMs = clock.now().getTime();
  const ring = (await keyRings.read(use)) ?? (await ensureKeyRing(dependencies, use));
  const key = signerOf(ring, nowMs);
  const d = key === undefined ? undefined : unseal(sealKey, key.kid, key.sealed);
  if (key === undefined || d === undefined)
    throw new Fault('INTERNAL', {}, { cause: new Error('no signing key opens') });
  return { kid: key.kid, use, x: key.x, d, signUntil: new Date(leaseEndMs(ring, key, nowMs)).toISOString() };
}
