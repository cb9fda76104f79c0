import { resealed } from '@vox/platform/crypto';
import { changeEvery, withChanged } from '@vox/platform/store';
import type { ApiKeyRings } from '../keep/api-key-rings.ts';
import { type SecretsDependencies, signingContextOf } from './new-secrets.ts';

type ResealSigningSecretsDependencies = Pick<SecretsDependencies, 'sealKey'> &
  Readonly<{ apiKeyRings: Pick<ApiKeyRings, 'all' | 'update'> }>;

/** Puts signing secrets of API keys under the newest key, and answers of how many tenants. */
export const resealSigningSecrets = ({ apiKeyRings, sealKey }: ResealSigningSecretsDependencies): Promise<number> =>
  changeEvery(apiKeyRings, (ring) => {
    const keys = withChanged(ring.keys, (key) => {
      if (key.signing.method !== 'hmac-sha256') return undefined;
      const sealed = resealed(sealKey, signingContextOf(key.keyId), key.signing.sealed);
      return sealed === undefined ? undefined : { ...key, signing: { ...key.signing, sealed } };
    });
    return keys && { ...ring, keys };
  });
