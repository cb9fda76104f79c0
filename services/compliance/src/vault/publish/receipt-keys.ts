import { type ReceiptKey, ReceiptKeyDocument } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { ReceiptKeys } from '../decide/keys.ts';

/** The public halves of stored keys, newest first. */
export const publicHalves = ({ keys }: ReceiptKeys): readonly ReceiptKey[] =>
  keys.map(({ kid, x, createdAtMs }) => ({ kid, x, createdAt: new Date(createdAtMs).toISOString() }));

/** Shows the public half of every key to the replicas. */
export async function showPublicHalves(bus: Pick<Bus, 'documents'>, stored: ReceiptKeys): Promise<void> {
  for (const key of publicHalves(stored)) await bus.documents(ReceiptKeyDocument).put(key.kid, key);
}
