import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting, Reason } from '../values/acting.ts';
import { IdentifierMatch, SubjectIdentifiers } from '../values/identifier.ts';
import { MemberId, SessionId, TenantId } from '../values/ids.ts';
import { DeadlinePlace } from './deadline-place.ts';

export const PrivacyRequestKind = z.enum(['export', 'erase']);
export type PrivacyRequestKind = z.infer<typeof PrivacyRequestKind>;

/** Which law sets the deadline: one calendar month (GDPR, Art. 12(3)) or 45 days (CCPA, § 1798.130(a)(2)). */
export const Law = z.enum(['gdpr', 'ccpa']);
export type Law = z.infer<typeof Law>;

/**
 * `working` goes on by itself; `blocked` waits until a legal hold is released; the others are final. `nobody-found` is
 * not `done`: the identifiers lead to nobody, so nothing was exported or erased, and no receipt says so.
 */
export const PrivacyRequestState = z.enum(['working', 'blocked', 'done', 'nobody-found']);
export type PrivacyRequestState = z.infer<typeof PrivacyRequestState>;

const count = z.number().int().nonnegative();
/** `privacyRequestId` names a person's request. `requestId` of an act names a run of a command or an HTTP request. */
const named = { tenantId: TenantId, privacyRequestId: z.uuid() };

/** The result of one step: when it was done, and how much. */
export const Evidence = z.object({ step: z.string(), at: z.iso.datetime(), count });
export type Evidence = z.infer<typeof Evidence>;

export const PrivacyRequestView = z.object({
  ...named,
  kind: PrivacyRequestKind,
  law: Law,
  state: PrivacyRequestState,
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  steps: count.describe('in all'),
  evidence: z.array(Evidence).describe('of the steps that are done'),
  matches: z.array(IdentifierMatch).nullable().describe('whom each identifier led to, once that was looked for'),
  holdId: z.uuid().nullable().describe('the legal hold that blocks it'),
  receipt: z.string().nullable().describe('signed proof, once it is done'),
  next: z.string().nullable().describe('the step that is awaited; often the name of the service that does it'),
  openSessionIds: z
    .array(SessionId)
    .describe(
      'calls that were going on, or whose words were still coming in, when an export gathered them: it holds a part',
    ),
  archiveUntil: z.iso.datetime().nullable().describe('until when the archive of an export can be fetched'),
});
export type PrivacyRequestView = z.infer<typeof PrivacyRequestView>;

export const OpenPrivacyRequest = question(
  'compliance',
  'privacy-request-open',
  'A person asks for what is held about it, or for it to be erased. The same request id again changes nothing.',
  z.strictObject({
    tenantId: TenantId,
    privacyRequestId: z.uuid().optional().describe('chosen by whoever asks, so that it may be asked again'),
    kind: PrivacyRequestKind,
    identifiers: SubjectIdentifiers.describe('of one person: whoever any of them leads to is meant'),
    law: Law.default('gdpr'),
    receivedAt: z.iso.datetime().optional().describe('when the person asked; now, unless it was earlier'),
    ...acting,
    reason: Reason,
  }),
  PrivacyRequestView,
  { action: 'privacy-requests.open' },
);

export const ShowPrivacyRequest = question(
  'compliance',
  'privacy-request-show',
  'How far a person’s request is.',
  z.strictObject(named),
  PrivacyRequestView,
  { action: 'privacy-requests.read' },
);

export const ListPrivacyRequests = question(
  'compliance',
  'privacy-request-list',
  'A tenant’s requests, the one that is due first at the head.',
  z.strictObject({
    tenantId: TenantId,
    state: PrivacyRequestState.optional(),
    kind: PrivacyRequestKind.optional(),
    dueBefore: z.iso.datetime().optional(),
    overdue: z.boolean().optional().describe('those alone that are late and not done'),
    after: DeadlinePlace.optional().describe('goes on behind this place'),
    limit: z.number().int().min(1).max(100).default(50),
  }),
  z.object({ requests: z.array(PrivacyRequestView), next: DeadlinePlace.nullable() }),
  { action: 'privacy-requests.read' },
);

export const ReadExport = question(
  'compliance',
  'subject-export-read',
  'One part of the archive that an export made. Reading its first part leaves an entry in the audit log.',
  z.strictObject({ ...named, part: count, ...acting, reason: Reason }),
  z.object({ bytes: z.base64(), parts: count, sha256: z.string().describe('of the whole archive, hexadecimal') }),
  { action: 'privacy-requests.export' },
);

export const ReplayErasures = question(
  'compliance',
  'erasures-replay',
  'After a restore: erases again everybody whom the ledger, or the receipts given, say was erased.',
  z.strictObject({
    ...acting,
    reason: Reason,
    receipts: z.array(z.string().max(262_144)).max(100).optional().describe('of erasures; the ledger’s when left out'),
  }),
  z.object({ erasures: count, subjects: count.describe('that were there again') }),
  { action: 'platform.restore' },
);

export const privacyRequestQuestions = [
  OpenPrivacyRequest,
  ShowPrivacyRequest,
  ListPrivacyRequests,
  ReadExport,
  ReplayErasures,
] as const;

/** The content of an erasure receipt: who was erased, by ids that lead back to nobody, and how much at each step. */
export const ErasureReceipt = {
  name: 'erasure',
  payload: z.object({
    ...named,
    subjectIds: z.array(z.uuid()),
    sessionIds: z.array(SessionId),
    memberIds: z.array(MemberId).default([]),
    evidence: z.array(Evidence),
  }),
} as const;
export type ErasureReceipt = z.infer<(typeof ErasureReceipt)['payload']>;

export const ExportReceipt = {
  name: 'export',
  payload: z.object({ ...named, records: count, bytes: count, sha256: z.string() }),
} as const;

/** This receipt stands in the archive itself and proves each of its files through a manifest of their hashes. */
export const ExportManifestReceipt = {
  name: 'export-manifest',
  payload: z.object({ ...named, records: count, manifestSha256: z.string() }),
} as const;
