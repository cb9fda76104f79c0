import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** A key that other keys are wrapped under. `kid` names it and reveals nothing of it. */
export type MasterKey = Readonly<{ kid: string; key: Uint8Array }>;

/**
 * Where master keys come from. New keys are wrapped under `current`; what stands under an older one still opens while
 * `find` knows it. A key management service fits behind the same two questions.
 */
export type MasterKeys = Readonly<{
  current: () => MasterKey;
  find: (kid: string) => MasterKey | undefined;
}>;

const keyBytes = 32;
const kidLength = 16;

const masterKey = (key: Uint8Array): MasterKey => ({
  kid: createHash('sha256').update(key).digest('hex').slice(0, kidLength),
  key,
});

function among(keys: readonly MasterKey[]): MasterKeys {
  const [newest] = keys;
  if (newest === undefined) throw new RangeError('there is no master key');
  return { current: () => newest, find: (kid) => keys.find((each) => each.kid === kid) };
}

/** Master keys that are known from the start, newest first. */
export const givenMasterKeys = (keys: readonly Uint8Array[]): MasterKeys => among(keys.map(masterKey));

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
 * Master keys in a file, which is read again when it has changed: a new first line rotates while the service runs. A
 * file that becomes unreadable changes nothing; what was read last stays in force.
 */
export function fileMasterKeys(path: string, onUnreadable: (error: unknown) => void): MasterKeys {
  const load = (): MasterKeys => givenMasterKeys(readMasterKeys(readFileSync(path, 'utf8')));
  let known = load();
  let readAtMs = statSync(path).mtimeMs;
  const fresh = (): MasterKeys => {
    try {
      const { mtimeMs } = statSync(path);
      if (mtimeMs !== readAtMs) known = load();
      readAtMs = mtimeMs;
    } catch (error) {
      onUnreadable(error);
    }
    return known;
  };
  return { current: () => fresh().current(), find: (kid) => fresh().find(kid) };
}
