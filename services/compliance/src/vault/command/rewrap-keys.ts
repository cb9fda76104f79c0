import type { RewrapKeys } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { MasterKeyKeeping } from '@vox/platform/master-keys';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import type { ReceiptKeys } from '../decide/keys.ts';
import { type KeyRing, placeOfReceiptKey } from '../keep/key-ring.ts';
import { type ReceiptKeyStore, receiptKeysKey } from '../keep/receipt-keys.ts';
import type { TenantKeyStore } from '../keep/tenant-keys.ts';
import { kidInFacts, kidOf } from '../keep/wrapped-rows.ts';
import { publishMasterKeyRotated } from '../publish/master-key-rotated.ts';

type Asked = z.infer<(typeof RewrapKeys)['request']>;
type Reply = z.input<(typeof RewrapKeys)['reply']>;

type RewrapDependencies = Readonly<{
  ring: Pick<KeyRing, 'wrap' | 'unwrap' | 'rewrap'>;
  masterKeys: Pick<MasterKeyKeeping, 'newest'>;
  tenantKeys: Pick<TenantKeyStore, 'all'>;
  receiptKeys: ReceiptKeyStore;
  bus: Pick<Bus, 'publish'>;
  clock: Clock;
  uuid: () => string;
}>;

/** How many keys stand under the newest master key now, and how many do not open. */
type Rewrapped = Readonly<{ rewrapped: number; left: number }>;

const pageMax = 200;

/** Puts every key under the newest master key. Killed on the way, it is asked again and does the rest. */
export const rewrapKeys =
  (dependencies: RewrapDependencies) =>
  async (by: Asked): Promise<Reply> => {
    const { masterKeys, bus, clock, uuid } = dependencies;
    const newest = await masterKeys.newest();
    const [ofReceipts, ofTenants] = [await rewrapReceiptKeys(dependencies), await rewrapTenantKeys(dependencies)];
    const rewrapped = ofReceipts.rewrapped + ofTenants.rewrapped;
    const left = ofReceipts.left + ofTenants.left;
    await publishMasterKeyRotated(bus, { id: uuid(), at: clock.now() }, { kid: kidInFacts(newest), rewrapped, ...by });
    return { kid: kidOf(newest), rewrapped, left };
  };

const rewrapReceiptKeys = ({ ring, receiptKeys }: RewrapDependencies): Promise<Rewrapped> =>
  receiptKeys.update<Rewrapped>(receiptKeysKey, async (now) => {
    let left = 0;
    const keys: ReceiptKeys['keys'][number][] = [];
    for (const key of now?.keys ?? []) {
      const place = placeOfReceiptKey(key.kid);
      const secret = await ring.unwrap(place, key.d);
      if (secret === undefined) left += 1;
      keys.push(secret === undefined ? key : { ...key, d: await ring.wrap(place, secret) });
    }
    return { result: { rewrapped: keys.length - left, left }, state: { keys } };
  });

async function rewrapTenantKeys({ ring, tenantKeys }: RewrapDependencies): Promise<Rewrapped> {
  const count = { rewrapped: 0, newest: 0, left: 0 };
  for (let after: string | undefined; ; ) {
    const part = await tenantKeys.all(pageMax, after);
    for (const { key } of part) count[await ring.rewrap(key)] += 1;
    after = part.at(-1)?.key;
    if (part.length < pageMax) return count;
  }
}
