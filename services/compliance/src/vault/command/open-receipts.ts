import { generateKeyPairSync } from 'node:crypto';
import { type ReceiptKey, ReceiptKeyDocument } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { type PrivateKey, type ReceiptKind, signReceipt } from '@vox/platform/crypto';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { decoded, encoded, type KeyRing } from '../keep/key-ring.ts';
import type { ReceiptKeyCells, ReceiptKeys } from '../keep/subjects.ts';

/** Signs what was shown, consented to, exported, deleted. */
export type Receipts = Readonly<{
  sign: <P extends z.ZodType>(kind: ReceiptKind<P>, id: string, says: z.input<P>, at?: Date) => Promise<string>;
  /** Shows the public halves to the replicas again: the bus may have lost them with its folder. */
  show: () => Promise<void>;
  /** Public halves of every key there ever was, newest first. */
  keys: () => Promise<readonly ReceiptKey[]>;
  /** Puts the stored keys under the newest master key. `left` counts those that do not open. */
  rewrap: () => Promise<Readonly<{ rewrapped: number; left: number }>>;
}>;

export type ReceiptNeeds = Readonly<{
  bus: Bus;
  receiptKeys: ReceiptKeyCells;
  clock: Clock;
  uuid: () => string;
}>;

const cell = 'receipts';
const place = (kid: string): string => `receipt:${kid}`;
const shown = ({ kid, x, createdAtMs }: ReceiptKeys['keys'][number]): ReceiptKey => ({
  kid,
  x,
  createdAt: new Date(createdAtMs).toISOString(),
});

/** Finds the key that receipts are signed with, or makes the first, and shows every public half to the replicas. */
export async function openReceipts(ring: KeyRing, { bus, receiptKeys, clock, uuid }: ReceiptNeeds): Promise<Receipts> {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const kid = uuid();
  const born = { keys: [{ kid, x, d: ring.wrap(place(kid), decoded(d)), createdAtMs: clock.now().getTime() }] };
  const { keys } = await receiptKeys.update<ReceiptKeys>(cell, (now) =>
    now === undefined ? { result: born, state: born } : { result: now },
  );
  const show = async (): Promise<void> => {
    for (const key of keys) await bus.documents(ReceiptKeyDocument).put(key.kid, shown(key));
  };
  await show();

  const [newest] = keys;
  const secret = newest && ring.unwrap(place(newest.kid), newest.d);
  // Without it nothing that must be proved could be done: better not to start.
  if (newest === undefined || secret === undefined) throw new Error('no master key at hand opens the key of receipts');
  const signer: PrivateKey = { kid: newest.kid, x: newest.x, d: encoded(secret) };

  return {
    show,
    sign: (kind, id, says, at = clock.now()) => signReceipt(kind, signer, { id, at, says }),
    keys: async () => ((await receiptKeys.read(cell))?.keys ?? []).map(shown),
    rewrap: () =>
      receiptKeys.update(cell, (now) => {
        let left = 0;
        const rewrapped = (now?.keys ?? []).map((key) => {
          const secret = ring.unwrap(place(key.kid), key.d);
          if (secret === undefined) left += 1;
          return secret === undefined ? key : { ...key, d: ring.wrap(place(key.kid), secret) };
        });
        return { result: { rewrapped: rewrapped.length - left, left }, state: { keys: rewrapped } };
      }),
  };
}
