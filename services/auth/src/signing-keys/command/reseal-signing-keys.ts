import { resealed, type SealKeys } from '@vox/platform/crypto';
import { changeEvery, withChanged } from '@vox/platform/store';
import type { KeyRings } from '../keep.ts';

type ResealSigningKeysDependencies = Readonly<{ keyRings: Pick<KeyRings, 'all' | 'update'>; sealKey: SealKeys }>;

/** Puts private halves of signing keys under the newest key, and answers of how many rings. */
export const resealSigningKeys = ({ keyRings, sealKey }: ResealSigningKeysDependencies): Promise<number> =>
  changeEvery(keyRings, (ring) => {
    const keys = withChanged(ring.keys, (key) => {
      const sealed = resealed(sealKey, key.kid, key.sealed);
      return sealed === undefined ? undefined : { ...key, sealed };
    });
    return keys && { ...ring, keys };
  });
