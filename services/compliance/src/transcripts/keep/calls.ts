import { Amount, EndReason, identityKinds } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { KeptCall } from '../decide/call.ts';

/** Calls that there were, by `callKey`: whose they were, when, and what they used. */
export type Calls = DocumentStore<KeptCall> &
  Readonly<{
    /** Calls of one tenant that are over, the last to end first. `before` goes on behind the last one of a page. */
    ended: (wanted: WantedCalls) => Promise<readonly CallOver[]>;
  }>;

export type CallOver = KeptCall & Readonly<{ endedAtMs: number }>;
export const isOver = (call: KeptCall): call is CallOver => call.endedAtMs !== null;

export type WantedCalls = Readonly<{
  tenantId: string;
  agentId?: string | undefined;
  widgetKey?: string | undefined;
  endReason?: EndReason | undefined;
  fromMs?: number | undefined;
  /** Before, not at. */
  toMs?: number | undefined;
  before?: EndPlace | undefined;
  limit: number;
}>;

/** The place of a call among those of a tenant that are over. */
export type EndPlace = Readonly<{ endedAtMs: number; sessionId: string }>;

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
  schema: z.object({
    ...callShape,
    endReason: EndReason.nullable(),
    used: Amount.nullable(),
    kind: z.enum(identityKinds).optional(),
    widgetKey: z.string().optional(),
    connectedSeconds: z.number().int().nonnegative().optional(),
  }),
  /** Its age, for whoever keeps it as long as promised. */
  dueAtMs: ({ startedAtMs }) => startedAtMs,
  listsDueByTag: true,
  tags: ({ tenantId, subjectId }) => [callTag.tenant(tenantId), callTag.subject(tenantId, subjectId)],
};
