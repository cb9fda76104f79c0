import { Fault, Reason } from '../fault/mod.ts';
import { givenKeys } from './given-keys.ts';
import type { MasterKeyHolder } from './holder.ts';
import type { MasterKeyKeeping } from './master-keys.ts';
import { readWrappedKey, wrappedKey } from './wrapped-key.ts';

/** New keys are wrapped by the first holder; what any of them wrapped opens. There is one of each kind. */
export function masterKeysOf(newest: MasterKeyHolder, others: readonly MasterKeyHolder[] = []): MasterKeyKeeping {
  const holders = new Map([newest, ...others].map((each) => [each.provider, each]));
  const open: MasterKeyKeeping['open'] = async (wrapped, context) => {
    const parts = readWrappedKey(wrapped);
    return parts && holders.get(parts.provider)?.open(parts, context);
  };
  return {
    open,
    async wrap(dataKey, context) {
      return wrappedKey({ provider: newest.provider, ...(await newest.wrap(dataKey, context)) });
    },
    async unwrap(wrapped, context) {
      const key = await open(wrapped, context);
      if (key !== undefined) return key;
      throw new Fault('UNAVAILABLE', {}, { cause: new Reason('no master key at hand opens a wrapped key') });
    },
    isNewest(wrapped) {
      const parts = readWrappedKey(wrapped);
      return parts?.provider === newest.provider && newest.isNewest(parts);
    },
    newest: async () => ({ provider: newest.provider, ...(await newest.newest()) }),
  };
}

/** Master keys of this process itself, newest first: the same for ever, or what a function answers each time. */
export const givenMasterKeys = (keys: readonly Uint8Array[] | (() => readonly Uint8Array[])): MasterKeyKeeping =>
  masterKeysOf(givenKeys(typeof keys === 'function' ? keys : () => keys));
