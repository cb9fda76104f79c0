import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { minutesDueAtMs, type ToolMinutes } from '../decide/minutes.ts';

/** Uses of tools within the last minute, by tenant. */
export type ToolMinuteDocuments = DocumentStore<ToolMinutes>;

const start = z.object({ second: z.number().int(), lastMs: z.number(), count: z.number().int().positive() });

export const toolMinuteDocuments: StoredKind<ToolMinutes> = {
  collection: 'tool_minutes',
  schema: z.object({ starts: z.record(z.string(), z.array(start)) }),
  dueAtMs: minutesDueAtMs,
};
