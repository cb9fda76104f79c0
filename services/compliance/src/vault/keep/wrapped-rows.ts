import { digest } from '@vox/platform/crypto';
import type { MasterKeyProviderName, WrappedKey } from '@vox/platform/master-keys';
import type { Wrapped } from '../decide/keys.ts';

type MasterKeyId = Readonly<{ provider: MasterKeyProviderName; keyId: string }>;

const ofGiven = 'given|';
const fingerprintLength = 16;

/** How rows name a master key. One that was given is named by its fingerprint alone, as in rows of every release. */
export const kidOf = ({ provider, keyId }: MasterKeyId): string =>
  provider === 'given' ? keyId : `${provider}|${keyId}`;

/** The name of a master key in a fact: 16 hexadecimal digits, whoever holds it. */
export const kidInFacts = (key: MasterKeyId): string =>
  key.provider === 'given'
    ? key.keyId
    : Buffer.from(digest('master-key', kidOf(key)), 'base64url')
        .toString('hex')
        .slice(0, fingerprintLength);

/** A wrapped key as its row holds it. */
export function rowOf(wrapped: WrappedKey): Wrapped {
  const end = wrapped.lastIndexOf('|');
  const kid = wrapped.slice(0, end);
  return { kid: kid.startsWith(ofGiven) ? kid.slice(ofGiven.length) : kid, sealed: wrapped.slice(end + 1) };
}

/** The wrapped key of a row. */
export const wrappedOf = ({ kid, sealed }: Wrapped): WrappedKey =>
  `${kid.includes('|') ? kid : `${ofGiven}${kid}`}|${sealed}`;
