import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { question } from '../kinds/question.ts';
import { acting, Reason } from '../values/acting.ts';
import { IdentifierMatch, SubjectIdentifiers } from '../values/identifier.ts';
import { SessionId, TenantId } from '../values/ids.ts';

export const PrivacyRequestKind = z.enum(['export', 'erase']);
export type PrivacyRequestKind = z.infer<typeof PrivacyRequestKind>;

/** Which law sets the deadline: one calendar month (GDPR, Art. 12(3)) or 45 days (CCPA, § 1798.130(a)(2)). */
export const Law = z.enum(['gdpr', 'ccpa']);
export type Law = z.infer<typeof Law>;

/**
 * `working` goes on by itself; `blocked` by a legal hold until that is released; the others are ends. `nobody-found` is no `done`: nothing was exported
 * or erased, and no receipt says so, for nobody is known by what was given.
 */
export const PrivacyRequestState = z.enum(['working', 'blocked', 'done', 'nobody-found']);
export type PrivacyRequestState = z.infer<typeof PrivacyRequestState>;

const count = z.number().int().nonnegative();
/** Another thing than the request that an act was done under, which is a run of a command or an HTTP request. */
const named = { tenantId: TenantId, privacyRequestId: z.uuid() };

/** What was done at one step, and how much of it. */
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
);

export const ShowPrivacyRequest = question(
  'compliance',
  'privacy-request-show',
  'How far a person’s request is.',
  z.strictObject(named),
  PrivacyRequestView,
);

/** A place in the order of deadlines. */
export const PrivacyRequestPlace = z
  .string()
  .regex(/^\d{1,15}_[0-9a-f-]{36}$/, 'must be what an earlier list ended with as next');

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
    after: PrivacyRequestPlace.optional().describe('goes on behind this place'),
    limit: z.number().int().min(1).max(100).default(50),
  }),
  z.object({ requests: z.array(PrivacyRequestView), next: PrivacyRequestPlace.nullable() }),
);

export const ReadExport = question(
  'compliance',
  'subject-export-read',
  'One part of the archive that an export made. Reading its first part leaves an entry in the audit log.',
  z.strictObject({ ...named, part: count, ...acting, reason: Reason }),
  z.object({ bytes: z.base64(), parts: count, sha256: z.string().describe('of the whole archive, hexadecimal') }),
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
);

/** What an erasure receipt says: whom, by ids that nothing leads back from, and how much went at each step. */
export const ErasureReceipt = {
  name: 'erasure',
  payload: z.object({
    ...named,
    subjectIds: z.array(z.uuid()),
    sessionIds: z.array(SessionId),
    evidence: z.array(Evidence),
  }),
} as const;
export type ErasureReceipt = z.infer<(typeof ErasureReceipt)['payload']>;

export const ExportReceipt = {
  name: 'export',
  payload: z.object({ ...named, records: count, bytes: count, sha256: z.string() }),
} as const;

/** Stands in the archive itself: proves each of its files through the manifest that lists their hashes. */
export const ExportManifestReceipt = {
  name: 'export-manifest',
  payload: z.object({ ...named, records: count, manifestSha256: z.string() }),
} as const;

const told = { ...named, kind: PrivacyRequestKind };
export const PrivacyRequestOpened = factKind(
  'vox.privacy.request-opened',
  1,
  'tenant',
  'A person asked for its data or for their erasure.',
  z.object({ ...told, ...acting, law: Law, dueAt: z.iso.datetime() }),
);
export const PrivacyRequestBlocked = factKind(
  'vox.privacy.request-blocked',
  1,
  'tenant',
  'An erasure waits for a legal hold to end.',
  z.object({ ...told, holdId: z.uuid() }),
);
export const PrivacyRequestDueSoon = factKind(
  'vox.privacy.request-due-soon',
  1,
  'tenant',
  'A request must be answered within a week, and is not.',
  z.object({ ...told, dueAt: z.iso.datetime() }),
);
export const PrivacyRequestOverdue = factKind(
  'vox.privacy.request-overdue',
  1,
  'tenant',
  'The law’s time for a request is over, and it is not answered.',
  z.object({ ...told, dueAt: z.iso.datetime() }),
);
export const PrivacyRequestDone = factKind(
  'vox.privacy.request-done',
  1,
  'tenant',
  'A person’s request was carried out.',
  z.object({ ...told, receiptId: z.uuid(), subjects: count }),
);
export const PrivacyRequestFoundNobody = factKind(
  'vox.privacy.request-found-nobody',
  1,
  'tenant',
  'Nobody is known by what a request named: nothing was exported or erased.',
  z.object(told),
);
/** The ledger: kept in a stream of its own for as long as a backup could be restored. */
export const SubjectErased = factKind(
  'vox.ledger.subject-erased',
  1,
  'tenant',
  'Somebody was erased. It is replayed after a restore.',
  z.object({ ...named, receipt: z.string().max(262_144) }),
);
