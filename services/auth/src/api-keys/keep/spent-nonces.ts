import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';

/** The nonce of a signed request. It is kept for longer than the signature lives, and then nobody can use it anyway. */
export type SpentNonce = Readonly<{ expiresAtMs: number }>;

/** A copy whose clock is behind still takes the signature when another takes it for expired. */
const keptForMs = 60_000;

/** Spent nonces by a digest of the key and the nonce. */
export type SpentNonces = DocumentStore<SpentNonce>;

export const storedSpentNonces: StoredKind<SpentNonce> = {
  collection: 'spent_nonces',
  schema: z.object({ expiresAtMs: z.number().int() }),
  dueAtMs: ({ expiresAtMs }) => expiresAtMs + keptForMs,
  insertedInBatches: true,
};
