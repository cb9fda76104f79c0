import { derivedKey, derivedSealKeys, readySealKeys, type SealKeys, sealKeysFrom } from '@vox/platform/crypto';

/** What edge-guard makes of its secret. */
export type EdgeSecrets = Readonly<{
  proof: Readonly<{ secret: string; previousSecret: string | undefined }>;
  /** What answers and redaction states are sealed under. */
  sealKey: SealKeys;
  /** What addresses are hashed under. */
  addressKey: Uint8Array;
}>;

const proofSecret = (secret: Uint8Array): string => derivedKey(secret, 'proof-of-work').toString('base64url');

/** Everything new is made under the secret of now; what another copy made under the previous one is taken. */
export const edgeSecrets = (secret: Uint8Array, previous?: Uint8Array): EdgeSecrets => ({
  proof: { secret: proofSecret(secret), previousSecret: previous && proofSecret(previous) },
  sealKey: readySealKeys(derivedSealKeys(sealKeysFrom(secret, previous), 'answers')),
  addressKey: derivedKey(secret, 'address'),
});
