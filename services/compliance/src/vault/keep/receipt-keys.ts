import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { ReceiptKeys } from '../decide/keys.ts';
import { WrappedRow } from './tenant-keys.ts';

/** The keys that receipts are signed with: one document, under `receiptKeysKey`. */
export type ReceiptKeyStore = DocumentStore<ReceiptKeys>;

export const receiptKeysKey = 'receipts';

export const receiptKeyDocuments: StoredKind<ReceiptKeys> = {
  collection: 'receipt_keys',
  schema: z.object({
    keys: z.array(z.object({ kid: z.string(), x: z.string(), d: WrappedRow, createdAtMs: z.number() })),
  }),
};
