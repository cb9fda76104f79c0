import type { Acting, TokenUse } from '@vox/contracts';
import { newestOf } from '../decide.ts';
import { ensureKeyRing, type KeyRingDependencies, renewKeyRing } from './ensure-key-ring.ts';

/** Gives a use a new key now. Answers its id. Of several that ask at once, all get the same key. */
export async function rotateSigningKey(dependencies: KeyRingDependencies, use: TokenUse, by: Acting): Promise<string> {
  const before = newestOf(await ensureKeyRing(dependencies, use))?.kid;
  const ring = await renewKeyRing(dependencies, use, by, (current) => newestOf(current)?.kid === before);
  return newestOf(ring)?.kid ?? '';
}
