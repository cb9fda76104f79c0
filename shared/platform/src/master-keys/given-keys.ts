import { createHash } from 'node:crypto';
import { seal, unseal } from '../crypto/mod.ts';
import type { MasterKeyHolder } from './holder.ts';

const keyBytes = 32;
const keyIdLength = 16;

/** Names a key and reveals nothing of it. */
const fingerprint = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex').slice(0, keyIdLength);

/**
 * Keys of 32 bytes in base64, one a line, newest first. Throws RangeError for anything else; the message repeats none
 * of it.
 */
export function readMasterKeys(text: string): Uint8Array[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const keys = lines.map((line) => Buffer.from(line.trim(), 'base64'));
  if (keys.length === 0 || keys.some((key) => key.length !== keyBytes))
    throw new RangeError('each line must be 32 bytes in base64, the newest master key first');
  return keys;
}

/**
 * Master keys that this process has itself, newest first (AES-256-GCM, with the context as associated data). `current`
 * is asked each time, so that a file that has changed is in force at once. Every release has kept them in this form.
 */
export function givenKeys(current: () => readonly Uint8Array[]): MasterKeyHolder {
  const newest = (): Uint8Array => {
    const [key] = current();
    if (key === undefined) throw new RangeError('there is no master key');
    return key;
  };
  return {
    provider: 'given',
    async wrap(dataKey, context) {
      const key = newest();
      return { keyId: fingerprint(key), sealed: seal(key, context, dataKey.toString('base64url')) };
    },
    async open({ keyId, sealed }, context) {
      const key = current().find((each) => fingerprint(each) === keyId);
      const text = key && unseal(key, context, sealed);
      return text === undefined ? undefined : Buffer.from(text, 'base64url');
    },
    isNewest: ({ keyId }) => keyId === fingerprint(newest()),
    newest: async () => ({ keyId: fingerprint(newest()) }),
  };
}
