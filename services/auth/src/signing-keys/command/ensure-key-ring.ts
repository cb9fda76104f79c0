import { generateKeyPairSync } from 'node:crypto';
import type { Acting, TokenUse } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { type SealKeys, seal } from '@vox/platform/crypto';
import type { Clock } from '@vox/platform/time';
import { type KeyRing, lifeOfKey, mustRotate, newestOf, rotated, type SigningKey } from '../decide.ts';
import type { KeyRings } from '../keep.ts';
import { publishPublicKeys, publishRotation } from '../publish.ts';

export type KeyRingDependencies = Readonly<{
  bus: Pick<Bus, 'documents' | 'publish'>;
  keyRings: Pick<KeyRings, 'read' | 'update'>;
  /** 32 bytes that private signing keys are sealed under. */
  sealKey: SealKeys;
  clock: Clock;
  uuid: () => string;
}>;

const itself: Acting = { actor: 'service:auth' };

/** Answers the ring of a use, with a new key where the newest has signed for long enough. */
export const ensureKeyRing = (dependencies: KeyRingDependencies, use: TokenUse): Promise<KeyRing> =>
  renewKeyRing(dependencies, use, itself, mustRotate);

/** Publishes the newest key at each start: a crash may have come before the last rotation was published. */
export const publishNewestKey = async (dependencies: KeyRingDependencies, use: TokenUse): Promise<void> =>
  publishRotation(dependencies.bus, await ensureKeyRing(dependencies, use));

/**
 * Rotates when `isWanted` says so, and publishes every public half. Of several copies that rotate at once, one adds its
 * key.
 */
export async function renewKeyRing(
  dependencies: KeyRingDependencies,
  use: TokenUse,
  by: Acting,
  isWanted: (ring: KeyRing, nowMs: number) => boolean,
): Promise<KeyRing> {
  const { bus, clock, keyRings } = dependencies;
  const nowMs = clock.now().getTime();
  const known = await keyRings.read(use);
  const key = newKey(dependencies, known === undefined, by, nowMs);
  const ring = await keyRings.update<KeyRing>(use, (current = { use, keys: [] }) => {
    if (!isWanted(current, nowMs)) return { result: current };
    const state = rotated(current, key, nowMs);
    return { result: state, state };
  });
  await publishPublicKeys(bus, ring);
  if (newestOf(ring)?.kid === key.kid) await publishRotation(bus, ring);
  return ring;
}

function newKey(
  { sealKey, uuid }: Pick<KeyRingDependencies, 'sealKey' | 'uuid'>,
  isFirst: boolean,
  { actor, reason, requestId }: Acting,
  nowMs: number,
): SigningKey {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const kid = uuid();
  return { kid, x, sealed: seal(sealKey, kid, d), ...lifeOfKey(isFirst, nowMs), by: { actor, reason, requestId } };
}
