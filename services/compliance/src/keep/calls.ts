import type { CellKind, Cells } from '@vox/shared/store';
import { z } from 'zod';
import type { Call } from '../decide/transcript.ts';

/** Calls that there were, by `callCell`: whose they were and when. */
export type Calls = Cells<Call>;

export const callCell = (tenantId: string, sessionId: string): string => `${tenantId}/${sessionId}`;
export const callTag = {
  tenant: (tenantId: string): string => `tenant:${tenantId}`,
  subject: (tenantId: string, subjectId: string): string => `subject:${tenantId}/${subjectId}`,
};

export const callShape = {
  tenantId: z.string(),
  sessionId: z.uuid(),
  subjectId: z.uuid(),
  agentId: z.string(),
  startedAtMs: z.number().int(),
  endedAtMs: z.number().int().nullable(),
};

export const callCells: CellKind<Call> = {
  collection: 'calls',
  schema: z.object(callShape),
  tags: ({ tenantId, subjectId }) => [callTag.tenant(tenantId), callTag.subject(tenantId, subjectId)],
};
