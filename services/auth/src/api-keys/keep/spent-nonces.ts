import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';

/** The nonce of a signed request. It is kept until the signature expires, and then nobody can use it again anyway. */
export type SpentNonce = Readonly<{ expiresAtMs: number }>;

/** Spent nonces by `nonceKey`. */
export type SpentNonces = DocumentStore<SpentNonce>;

export const storedSpentNonces: StoredKind<SpentNonce> = {
  collection: 'spent_nonces',
  schema: z.object({ expiresAtMs: z.number().int() }),
  dueAtMs: ({ expiresAtMs }) => expiresAtMs,
  insertedInBatches: true,
};
