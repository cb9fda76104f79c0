import type { ReceiptKey } from '@vox/contracts';
import type { ReceiptKind } from '@vox/platform/crypto';
import type { z } from 'zod';

/** Signs what was shown, consented to, exported, deleted. */
export type Receipts = Readonly<{
  sign: <P extends z.ZodType>(kind: ReceiptKind<P>, id: string, says: z.input<P>, at?: Date) => Promise<string>;
  /** Shows the public halves to the replicas again: the bus may have lost them with its folder. */
  show: () => Promise<void>;
  /** Public halves of every key there ever was, newest first. */
  keys: () => Promise<readonly ReceiptKey[]>;
}>;
