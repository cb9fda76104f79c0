import { generateKeyPairSync } from 'node:crypto';
import { type Acting, makeFact, platform, SigningKeyDocument, SigningKeyRotated, type TokenUse } from '@vox/contracts';
import { type Lease, seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Needs } from '../../dependencies.ts';
import {
  aheadMs,
  type KeyRing,
  leaseMs,
  mustRotate,
  newestOf,
  overlapMs,
  rotated,
  type SigningKey,
  signerOf,
  signsForMs,
} from '../decide.ts';

const itself: Acting = { actor: 'service:auth' };

function newKey(needs: Needs, first: boolean, { actor, reason, requestId }: Acting): SigningKey {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const kid = needs.uuid();
  const nowMs = needs.clock.now().getTime();
  const signsFromMs = first ? nowMs : nowMs + aheadMs;
  return {
    kid,
    x,
    sealed: seal(needs.sealKey, kid, d),
    signsFromMs,
    expiresAtMs: signsFromMs + signsForMs + leaseMs + overlapMs,
    by: { actor, reason, requestId },
  };
}

/** Rotates when `wanted` says so, and shows every public half to the replicas. Safe in several copies: one key is born, not two. */
async function renew(
  needs: Needs,
  use: TokenUse,
  by: Acting,
  wanted: (ring: KeyRing, nowMs: number) => boolean,
): Promise<KeyRing> {
  const nowMs = needs.clock.now().getTime();
  const known = await needs.keyRings.read(use);
  const key = newKey(needs, known === undefined, by);
  const ring = await needs.keyRings.update(use, (current = { use, keys: [] }) => {
    if (!wanted(current, nowMs)) return { result: current };
    const state = rotated(current, key, nowMs);
    return { result: state, state };
  });
  for (const { kid, x, expiresAtMs } of ring.keys) {
    await needs.bus
      .documents(SigningKeyDocument)
      .put(kid, { kid, use, x, expiresAt: new Date(expiresAtMs).toISOString() });
  }
  if (newestOf(ring)?.kid === key.kid) await tellNewest(needs, ring);
  return ring;
}

/** Tells of the newest key of a ring. Told at each start too, for a crash may have come before it was told: a repeat is the same fact. */
export async function tellNewest(needs: Needs, { use, keys }: KeyRing): Promise<void> {
  const key = keys.at(-1);
  if (key === undefined) return;
  const head = { id: `signing-key:${key.kid}`, source: 'auth', at: new Date(key.signsFromMs) };
  await needs.bus.publish(
    SigningKeyRotated,
    makeFact(SigningKeyRotated, head, { tenantId: platform, use, kid: key.kid, ...key.by }),
  );
}

export const ensureRing = (needs: Needs, use: TokenUse): Promise<KeyRing> => renew(needs, use, itself, mustRotate);

export async function rotateNow(needs: Needs, use: TokenUse, by: Acting): Promise<string> {
  const before = newestOf(await ensureRing(needs, use))?.kid;
  return newestOf(await renew(needs, use, by, (ring) => newestOf(ring)?.kid === before))?.kid ?? '';
}

export async function lend(needs: Needs, use: TokenUse): Promise<Lease & { use: TokenUse }> {
  const nowMs = needs.clock.now().getTime();
  const ring = (await needs.keyRings.read(use)) ?? (await ensureRing(needs, use));
  const key = signerOf(ring, nowMs);
  const d = key === undefined ? undefined : unseal(needs.sealKey, key.kid, key.sealed);
  if (key === undefined || d === undefined)
    throw new Fault('INTERNAL', {}, { cause: new Error('no signing key opens') });
  // After a rotation a lease ends soon, so that the successor takes over; otherwise it lasts its time.
  const newest = newestOf(ring);
  const untilMs = newest !== undefined && newest.kid !== key.kid ? newest.signsFromMs + 1_000 : nowMs + leaseMs;
  return { kid: key.kid, use, x: key.x, d, signUntil: new Date(Math.max(untilMs, nowMs + 1_000)).toISOString() };
}
