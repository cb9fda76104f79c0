import type { CellKind, Cells } from '@vox/platform/store';
import { z } from 'zod';
import type { Mark } from '../decide/checkpoints.ts';

/** Which chains want a checkpoint, by tenant. */
export type AuditMarks = Cells<Mark>;

const ms = z.number();

export const auditMarkCells: CellKind<Mark> = {
  collection: 'audit_marks',
  schema: z.object({ checkpointed: z.number().int(), markedAtMs: ms, dueAtMs: ms.nullable() }),
  dueAtMs: ({ dueAtMs }) => dueAtMs ?? undefined,
};
