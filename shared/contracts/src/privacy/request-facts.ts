import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { acting } from '../values/acting.ts';
import { TenantId } from '../values/ids.ts';
import { Law, PrivacyRequestKind } from './requests.ts';

const count = z.number().int().nonnegative();
/** What every fact of a request says. */
const request = { tenantId: TenantId, privacyRequestId: z.uuid(), kind: PrivacyRequestKind };
export const PrivacyRequestOpened = factKind({
  name: 'vox.privacy.request-opened',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'A person asked for its data or for their erasure.',
  data: z.object({ ...request, ...acting, law: Law, dueAt: z.iso.datetime() }),
});
export const PrivacyRequestBlocked = factKind({
  name: 'vox.privacy.request-blocked',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'An erasure waits for a legal hold to end.',
  data: z.object({ ...request, holdId: z.uuid() }),
});
export const PrivacyRequestDueSoon = factKind({
  name: 'vox.privacy.request-due-soon',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'A request must be answered within a week, and is not.',
  data: z.object({ ...request, dueAt: z.iso.datetime() }),
});
export const PrivacyRequestOverdue = factKind({
  name: 'vox.privacy.request-overdue',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'The law’s time for a request is over, and it is not answered.',
  data: z.object({ ...request, dueAt: z.iso.datetime() }),
});
export const PrivacyRequestDone = factKind({
  name: 'vox.privacy.request-done',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'A person’s request was carried out.',
  data: z.object({ ...request, receiptId: z.uuid(), subjects: count }),
});
export const PrivacyRequestFoundNobody = factKind({
  name: 'vox.privacy.request-found-nobody',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'Nobody is known by what a request named: nothing was exported or erased.',
  data: z.object(request),
});
/** The erasure ledger. Its stream outlives every backup that could be restored. */
export const SubjectErased = factKind({
  name: 'vox.ledger.subject-erased',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_LEDGER',
  publishers: ['compliance'],
  summary: 'Somebody was erased. It is replayed after a restore.',
  data: z.object({ tenantId: TenantId, privacyRequestId: z.uuid(), receipt: z.string().max(262_144) }),
});
