import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { CheckpointPlace } from '../decide/checkpoint-place.ts';

/** Up to where each chain is signed, and which are due for a checkpoint, by tenant. */
export type CheckpointPlaces = DocumentStore<CheckpointPlace>;

const ms = z.number();

export const checkpointPlaceDocuments: StoredKind<CheckpointPlace> = {
  collection: 'audit_marks',
  schema: z.object({ checkpointed: z.number().int(), markedAtMs: ms, dueAtMs: ms.nullable() }),
  dueAtMs: ({ dueAtMs }) => dueAtMs ?? undefined,
};
