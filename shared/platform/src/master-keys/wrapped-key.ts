import { type MasterKeyProviderName, masterKeyProviders, type WrappedKey } from './master-keys.ts';

/** A wrapped key in its parts. No part holds a `|`. */
export type WrappedParts = Readonly<{ provider: MasterKeyProviderName; keyId: string; sealed: string }>;

export const wrappedKey = ({ provider, keyId, sealed }: WrappedParts): WrappedKey => `${provider}|${keyId}|${sealed}`;

/** `undefined` for a text that is no wrapped key. */
export function readWrappedKey(text: WrappedKey): WrappedParts | undefined {
  const [name, keyId, sealed, ...more] = text.split('|');
  const provider = masterKeyProviders.find((each) => each === name);
  if (provider === undefined || !keyId || !sealed || more.length > 0) return undefined;
  return { provider, keyId, sealed };
}
