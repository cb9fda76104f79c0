import { randomBytes } from 'node:crypto';
import { seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { MasterKeyKeeping } from '@vox/platform/master-keys';

/** A holder of master keys in memory, which can rotate, forget what is older, and be down. */
export function memoryMasterKeys() {
  let keys: { kid: string; bytes: Uint8Array }[] = [{ kid: 'k1', bytes: randomBytes(32) }];
  let isDown = false;
  let unwrapped = 0;
  const answering = (): void => {
    if (isDown) throw new Fault('UNAVAILABLE');
  };
  const newestKid = (): string => keys[0]?.kid ?? '';
  const openSync = (wrapped: string, context: string): Buffer | undefined => {
    const [, kid = '', sealed = ''] = wrapped.split('|');
    const key = keys.find((each) => each.kid === kid);
    const text = key && unseal(key.bytes, context, sealed);
    return text === undefined ? undefined : Buffer.from(text, 'base64url');
  };
  const held: MasterKeyKeeping = {
    async wrap(dataKey, context) {
      answering();
      const [newest = { kid: '', bytes: new Uint8Array(32) }] = keys;
      return `given|${newest.kid}|${seal(newest.bytes, context, dataKey.toString('base64url'))}`;
    },
    async unwrap(wrapped, context) {
      answering();
      unwrapped += 1;
      const bytes = openSync(wrapped, context);
      if (bytes === undefined) throw new Fault('UNAVAILABLE');
      return bytes;
    },
    isNewest: (wrapped) => wrapped.split('|')[1] === newestKid(),
    async open(wrapped, context) {
      answering();
      return openSync(wrapped, context);
    },
    async newest() {
      answering();
      return { provider: 'given', kid: newestKid() };
    },
  };
  return {
    ...held,
    /** Puts a new master key in front. */
    rotate: (): void => void (keys = [{ kid: `k${keys.length + 1}`, bytes: randomBytes(32) }, ...keys]),
    /** Throws every master key away but the newest. */
    forgetOlder: (): void => void (keys = keys.slice(0, 1)),
    down: (is: boolean): void => void (isDown = is),
    /** How often a key was unwrapped. */
    unwrapped: (): number => unwrapped,
  };
}
