import { Amount, EndReason } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { KeptCall } from '../decide/call.ts';

/** Calls that there were, by `callKey`: whose they were, when, and what they used. */
export type Calls = DocumentStore<KeptCall>;

export const callKey = (tenantId: string, sessionId: string): string => `${tenantId}/${sessionId}`;
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

export const callDocuments: StoredKind<KeptCall> = {
  collection: 'calls',
  schema: z.object({ ...callShape, endReason: EndReason.nullable(), used: Amount.nullable() }),
  /** Its age, for whoever keeps it as long as promised. */
  dueAtMs: ({ startedAtMs }) => startedAtMs,
  listsDueByTag: true,
  tags: ({ tenantId, subjectId }) => [callTag.tenant(tenantId), callTag.subject(tenantId, subjectId)],
};
