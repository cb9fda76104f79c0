import type { PrivacyRequestView } from '@vox/contracts';
import { isDone, nextStep, type PrivacyRequest, stateOf } from './privacy-request.ts';
import { stepsOf } from './steps.ts';

/** An archive can be fetched for so long after it was made. */
export const archiveKeptMs = 7 * 86_400_000;

export const iso = (ms: number): string => new Date(ms).toISOString();

/** Until when the archive of an export can be fetched; `null` where none was made. */
export function archiveUntil({ kind, evidence }: Pick<PrivacyRequest, 'kind' | 'evidence'>): string | null {
  const made = kind === 'export' ? evidence.find(({ step }) => step === 'archive') : undefined;
  return made === undefined ? null : iso(Date.parse(made.at) + archiveKeptMs);
}

/** What the operator is shown of a request: how far it is, by when it must be done, and what proves it. */
export const viewOf = (request: PrivacyRequest): PrivacyRequestView => ({
  ...{ tenantId: request.tenantId, privacyRequestId: request.requestId, kind: request.kind, law: request.law },
  state: stateOf(request),
  receivedAt: iso(request.receivedAtMs),
  dueAt: iso(request.dueAtMs),
  steps: stepsOf[request.kind].length,
  evidence: [...request.evidence],
  matches: request.matches && [...request.matches],
  next: isDone(request) ? null : (nextStep(request)?.name ?? null),
  openSessionIds: [...request.openSessionIds],
  archiveUntil: archiveUntil(request),
  holdId: request.holdId,
  receipt: request.receipt,
});
