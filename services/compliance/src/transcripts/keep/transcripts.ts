import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { dueAtMs, type Transcript } from '../decide/transcript.ts';
import { callShape } from './calls.ts';

/**
 * Headers of transcripts, by `transcriptKey`, one a call: everything but the words. A header is due once its call is
 * over for so long that nothing accepted in time can still be on its way, until no stream holds any of it.
 */
export type Transcripts = DocumentStore<Transcript> &
  Readonly<{
    /**
     * Headers of one tenant that hold a message, the newest call first. `before` goes on behind the last one of a page.
     */
    search: (wanted: WantedTranscripts) => Promise<readonly Transcript[]>;
  }>;

export type WantedTranscripts = Readonly<{
  tenantId: string;
  /** Of any of these. */
  subjectIds?: readonly string[] | undefined;
  agentId?: string | undefined;
  fromMs?: number | undefined;
  /** Before, not at. */
  toMs?: number | undefined;
  before?: HeaderPlace | undefined;
  limit: number;
}>;

/** The place of a header among a tenant’s. */
export type HeaderPlace = Readonly<{ startedAtMs: number; sessionId: string }>;

export const transcriptKey = (tenantId: string, sessionId: string): string => `${tenantId}/${sessionId}`;

export const transcriptTag = {
  tenant: (tenantId: string): string => `tenant:${tenantId}`,
  subject: (tenantId: string, subjectId: string): string => `subject:${tenantId}/${subjectId}`,
};

export const transcriptDocuments: StoredKind<Transcript> = {
  collection: 'transcripts',
  schema: z.object({
    ...callShape,
    messages: z.number().int().nonnegative(),
    bytes: z.number().int().nonnegative(),
    closesAtMs: z.number().int().nullable(),
    complete: z.boolean(),
    finalisedAtMs: z.number().int().nullable(),
    clearedAtMs: z.number().int().nullable(),
  }),
  dueAtMs,
  tags: ({ tenantId, subjectId }) => [transcriptTag.tenant(tenantId), transcriptTag.subject(tenantId, subjectId)],
};
