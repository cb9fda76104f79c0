import type { ListReceiptKeys } from '@vox/contracts';
import type { z } from 'zod';
import type { Receipts } from '../keep/receipts.ts';

type Reply = z.input<(typeof ListReceiptKeys)['reply']>;

export const listReceiptKeys =
  ({ receipts }: Readonly<{ receipts: Pick<Receipts, 'keys'> }>) =>
  async (_asked: object): Promise<Reply> => ({ keys: [...(await receipts.keys())] });
