import { generateKeyPairSync } from 'node:crypto';
import type { Bus } from '@vox/platform/bus';
import { type PrivateKey, signReceipt } from '@vox/platform/crypto';
import type { Clock } from '@vox/platform/time';
import type { ReceiptKeys } from '../decide/keys.ts';
import { decoded, encoded, type KeyRing, placeOfReceiptKey } from '../keep/key-ring.ts';
import { type ReceiptKeyStore, receiptKeysKey } from '../keep/receipt-keys.ts';
import type { Receipts } from '../keep/receipts.ts';
import { publicHalves, showPublicHalves } from '../publish/receipt-keys.ts';

export type ReceiptDependencies = Readonly<{
  ring: Pick<KeyRing, 'wrap' | 'unwrap'>;
  bus: Pick<Bus, 'documents'>;
  receiptKeys: ReceiptKeyStore;
  clock: Clock;
  uuid: () => string;
}>;

/** Finds the key that receipts are signed with, or makes the first, and shows every public half to the replicas. */
export async function openReceipts({ ring, bus, receiptKeys, clock, uuid }: ReceiptDependencies): Promise<Receipts> {
  async function born(): Promise<ReceiptKeys> {
    const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const kid = uuid();
    const wrapped = await ring.wrap(placeOfReceiptKey(kid), decoded(d));
    return { keys: [{ kid, x, d: wrapped, createdAtMs: clock.now().getTime() }] };
  }
  const { state: stored } = await receiptKeys.decideOnce(receiptKeysKey, { isRepeated: true, propose: born });
  await showPublicHalves(bus, stored);

  const [newest] = stored.keys;
  const secret = newest && (await ring.unwrap(placeOfReceiptKey(newest.kid), newest.d));
  // Without it nothing that must be proved could be done: better not to start.
  if (newest === undefined || secret === undefined) throw new Error('no master key at hand opens the key of receipts');
  const signer: PrivateKey = { kid: newest.kid, x: newest.x, d: encoded(secret) };
  return {
    show: () => showPublicHalves(bus, stored),
    sign: (kind, id, says, at = clock.now()) => signReceipt(kind, signer, { id, at, says }),
    keys: async () => publicHalves((await receiptKeys.read(receiptKeysKey)) ?? { keys: [] }),
  };
}
