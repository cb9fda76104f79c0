import { derivedSealKeys, resealed, type SealKeys, seal, unseal } from '@vox/platform/crypto';

type Whose = Readonly<{ tenantId: string; endpointId: string }>;

const keysOf = (sealKey: SealKeys): SealKeys => derivedSealKeys(sealKey, 'webhook-secrets');
const contextOf = ({ tenantId, endpointId }: Whose): string => `webhook:${tenantId}:${endpointId}`;

/** Between 24 and 64 bytes, says the Standard Webhooks specification. */
export const secretBytes = 32;
export const secretOf = (random: Uint8Array): string => `whsec_${Buffer.from(random).toString('base64')}`;

/** The secret as it is kept: nobody reads it without the key of auth, nor as the secret of another endpoint. */
export const sealedSecret = (sealKey: SealKeys, whose: Whose, secret: string): string =>
  seal(keysOf(sealKey), contextOf(whose), secret);

/** The secret, or `undefined` when it was sealed under another key. */
export const openedSecret = (sealKey: SealKeys, whose: Whose, sealed: string): string | undefined =>
  unseal(keysOf(sealKey), contextOf(whose), sealed);

/** The same secret under the newest key; `undefined` when it stands under it already, or does not open. */
export const resealedSecret = (sealKey: SealKeys, whose: Whose, sealed: string): string | undefined =>
  resealed(keysOf(sealKey), contextOf(whose), sealed);
