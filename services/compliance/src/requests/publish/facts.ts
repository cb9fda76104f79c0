import {
  type Law,
  makeFact,
  PrivacyRequestBlocked,
  PrivacyRequestDone,
  PrivacyRequestDueSoon,
  PrivacyRequestFoundNobody,
  type PrivacyRequestKind,
  PrivacyRequestOpened,
  PrivacyRequestOverdue,
  SubjectErased,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';

type Publishing = Pick<Bus, 'publish'>;
type OfRequest = Readonly<{ tenantId: string; requestId: string; kind: PrivacyRequestKind }>;

/** Ids derive from the request, so that a fact that is published again is a duplicate. */
const headOf = (what: string, { requestId }: Pick<OfRequest, 'requestId'>, at: Date) => ({
  id: `${what}:${requestId}`,
  source: 'compliance',
  at,
});
const dataOf = ({ tenantId, requestId, kind }: OfRequest) => ({ tenantId, privacyRequestId: requestId, kind });

export async function publishOpened(
  bus: Publishing,
  request: OfRequest & Readonly<{ law: Law; receivedAtMs: number; dueAtMs: number }>,
  acting: Readonly<{ actor: string; reason: string; requestId?: string | undefined }>,
): Promise<void> {
  const head = headOf('request-opened', request, new Date(request.receivedAtMs));
  const data = { ...dataOf(request), law: request.law, dueAt: new Date(request.dueAtMs).toISOString() };
  await bus.publish(PrivacyRequestOpened, makeFact(PrivacyRequestOpened, head, { ...data, ...acting }));
}

export async function publishFoundNobody(bus: Publishing, request: OfRequest, at: Date): Promise<void> {
  const head = headOf('request-found-nobody', request, at);
  await bus.publish(PrivacyRequestFoundNobody, makeFact(PrivacyRequestFoundNobody, head, dataOf(request)));
}

export async function publishBlocked(bus: Publishing, request: OfRequest, holdId: string, at: Date): Promise<void> {
  const head = { ...headOf('request-blocked', request, at), id: `request-blocked:${request.requestId}:${holdId}` };
  await bus.publish(PrivacyRequestBlocked, makeFact(PrivacyRequestBlocked, head, { ...dataOf(request), holdId }));
}

/** A deadline is a week away, or past. */
export async function publishLateness(
  bus: Publishing,
  request: OfRequest & Readonly<{ dueAtMs: number }>,
  late: 'due soon' | 'overdue',
  at: Date,
): Promise<void> {
  const data = { ...dataOf(request), dueAt: new Date(request.dueAtMs).toISOString() };
  if (late === 'due soon') {
    const head = headOf('request-due-soon', request, at);
    await bus.publish(PrivacyRequestDueSoon, makeFact(PrivacyRequestDueSoon, head, data));
  } else {
    const head = headOf('request-overdue', request, at);
    await bus.publish(PrivacyRequestOverdue, makeFact(PrivacyRequestOverdue, head, data));
  }
}

export async function publishErased(
  bus: Publishing,
  request: Pick<OfRequest, 'tenantId' | 'requestId'>,
  receipt: string,
  at: Date,
): Promise<void> {
  const data = { tenantId: request.tenantId, privacyRequestId: request.requestId, receipt };
  await bus.publish(SubjectErased, makeFact(SubjectErased, headOf('erased', request, at), data));
}

export async function publishDone(
  bus: Publishing,
  request: OfRequest & Readonly<{ subjectIds: readonly string[] }>,
  receiptId: string,
  at: Date,
): Promise<void> {
  const data = { ...dataOf(request), receiptId, subjects: request.subjectIds.length };
  const head = headOf('request-done', request, at);
  await bus.publish(PrivacyRequestDone, makeFact(PrivacyRequestDone, head, data));
}
