import { randomBytes } from 'node:crypto';
import { Fault } from '@vox/platform/fault';
import { givenMasterKeys, type MasterKeyKeeping } from '@vox/platform/master-keys';

/** A holder of master keys that can rotate, forget what is older, and be down. */
export function memoryMasterKeys() {
  let keys: Uint8Array[] = [randomBytes(32)];
  let isDown = false;
  const held = givenMasterKeys(() => keys);
  const answering = async <R>(ask: () => Promise<R>): Promise<R> => {
    if (isDown) throw new Fault('UNAVAILABLE');
    return ask();
  };
  const keeping: MasterKeyKeeping = {
    isNewest: held.isNewest,
    wrap: (...asked) => answering(() => held.wrap(...asked)),
    unwrap: (...asked) => answering(() => held.unwrap(...asked)),
    open: (...asked) => answering(() => held.open(...asked)),
    newest: () => answering(held.newest),
  };
  return {
    ...keeping,
    /** Puts a new master key in front. */
    rotate: (): void => void (keys = [randomBytes(32), ...keys]),
    /** Throws every master key away but the newest. */
    forgetOlder: (): void => void (keys = keys.slice(0, 1)),
    down: (is: boolean): void => void (isDown = is),
  };
}
