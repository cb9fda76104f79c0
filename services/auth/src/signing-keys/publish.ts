import { makeFact, platform, SigningKeyDocument, SigningKeyRotated } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { KeyRing } from './decide.ts';

/** Publishes the public half of every key of a ring. */
export async function publishPublicKeys(bus: Pick<Bus, 'documents'>, { use, keys }: KeyRing): Promise<void> {
  for (const { kid, x, expiresAtMs } of keys)
    await bus.documents(SigningKeyDocument).put(kid, { kid, use, x, expiresAt: new Date(expiresAtMs).toISOString() });
}

/** Publishes the fact of the newest key of a ring. Published again, it is the same fact. */
export async function publishRotation(bus: Pick<Bus, 'publish'>, { use, keys }: KeyRing): Promise<void> {
  const key = keys.at(-1);
  if (key === undefined) return;
  const head = { id: `signing-key:${key.kid}`, source: 'auth', at: new Date(key.signsFromMs) };
  await bus.publish(
    SigningKeyRotated,
    makeFact(SigningKeyRotated, head, { tenantId: platform, use, kid: key.kid, ...key.by }),
  );
}
