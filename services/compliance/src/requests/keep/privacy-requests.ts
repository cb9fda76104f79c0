import { Evidence, IdentifierMatch, Law, PrivacyRequestKind } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { dueAtMs, isDone, type PrivacyRequest } from '../decide/privacy-request.ts';
import { archiveKeptMs } from '../decide/request-view.ts';

/** Persons' requests, by `requestKey`. */
export type PrivacyRequests = DocumentStore<PrivacyRequest>;
/**
 * What exports have gathered so far, and the parts of their archives, sealed, by `exportPartKey`. They go a week after
 * they were made.
 */
export type ExportParts = DocumentStore<ExportPart>;
/** Receipts of erasures, by `requestKey`, for a replay after a restore. */
export type Erasures = DocumentStore<Erasure>;

export type PrivacyStores = Readonly<{
  privacyRequests: PrivacyRequests;
  exportParts: ExportParts;
  erasures: Erasures;
}>;

export type ExportPart = Readonly<{
  tenantId: string;
  requestId: string;
  /** Gathered at a step, or a part of the archive. */
  of: string;
  subjectIds: readonly string[];
  /** How many parts there are, and the SHA-256 of the whole: of an archive's parts. */
  parts: number;
  sha256: string;
  sealed: string;
  madeAtMs: number;
}>;
export type Erasure = Readonly<{ tenantId: string; requestId: string; receipt: string }>;

export const requestKey = (tenantId: string, requestId: string): string => `${tenantId}/${requestId}`;
export const exportPartKey = (tenantId: string, requestId: string, of: string): string =>
  `${tenantId}/${requestId}/${of}`;
/** The name under which the parts of an archive are stored. */
export const archiveName = 'archive';
export const requestTag = (tenantId: string): string => `tenant:${tenantId}`;
/** Of every request that is not done, of all tenants. */
export const openTag = 'open';
export const exportTag = {
  request: (tenantId: string, requestId: string): string => `request:${tenantId}/${requestId}`,
  subject: (tenantId: string, subjectId: string): string => `subject:${tenantId}/${subjectId}`,
};

const ms = z.number().int();
export const privacyRequestDocuments: StoredKind<PrivacyRequest> = {
  collection: 'privacy_requests',
  schema: z.object({
    tenantId: z.string(),
    requestId: z.uuid(),
    kind: PrivacyRequestKind,
    law: Law,
    actor: z.string(),
    reason: z.string(),
    receivedAtMs: ms,
    dueAtMs: ms,
    sealedWhose: z.string().nullable(),
    matches: z.array(IdentifierMatch).nullable().default(null),
    subjectIds: z.array(z.uuid()),
    sessionIds: z.array(z.uuid()),
    memberIds: z.array(z.string()).default([]),
    openSessionIds: z.array(z.uuid()).default([]),
    evidence: z.array(Evidence),
    planned: z.object({ step: z.string(), count: z.number().int().nonnegative() }).nullable().default(null),
    holdId: z.uuid().nullable(),
    receipt: z.string().nullable(),
    told: z.object({ dueSoon: z.boolean(), overdue: z.boolean() }),
    lease: z.object({ by: z.string(), untilMs: ms }).nullable(),
    nextMs: ms,
  }),
  dueAtMs,
  tags: (request) => [requestTag(request.tenantId), ...(isDone(request) ? [] : [openTag])],
};

export const exportPartDocuments: StoredKind<ExportPart> = {
  collection: 'export_parts',
  schema: z.object({
    tenantId: z.string(),
    requestId: z.uuid(),
    of: z.string(),
    subjectIds: z.array(z.uuid()),
    parts: z.number().int().nonnegative(),
    sha256: z.string(),
    sealed: z.string(),
    madeAtMs: ms,
  }),
  dueAtMs: ({ madeAtMs }) => madeAtMs + archiveKeptMs,
  tags: ({ tenantId, requestId, subjectIds }) => [
    exportTag.request(tenantId, requestId),
    ...subjectIds.map((subjectId) => exportTag.subject(tenantId, subjectId)),
  ],
};

export const erasureDocuments: StoredKind<Erasure> = {
  collection: 'ledger',
  schema: z.object({ tenantId: z.string(), requestId: z.uuid(), receipt: z.string() }),
};
