import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Mark } from '../decide/checkpoint-place.ts';

/** Which chains want a checkpoint, by tenant. */
export type AuditMarks = DocumentStore<Mark>;

const ms = z.number();

export const auditMarkCells: StoredKind<Mark> = {
  collection: 'audit_marks',
  schema: z.object({ checkpointed: z.number().int(), markedAtMs: ms, dueAtMs: ms.nullable() }),
  dueAtMs: ({ dueAtMs }) => dueAtMs ?? undefined,
};
