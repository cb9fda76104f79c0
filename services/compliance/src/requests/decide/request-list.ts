import type { PrivacyRequestKind, PrivacyRequestState } from '@vox/contracts';
import { isDone, type PrivacyRequest, stateOf } from './privacy-request.ts';

export type WantedRequests = Readonly<{
  state?: PrivacyRequestState | undefined;
  kind?: PrivacyRequestKind | undefined;
  dueBefore?: string | undefined;
  overdue?: boolean | undefined;
}>;

export function isWanted(
  request: PrivacyRequest,
  { state, kind, dueBefore, overdue }: WantedRequests,
  nowMs: number,
): boolean {
  return (
    (state === undefined || stateOf(request) === state) &&
    (kind === undefined || request.kind === kind) &&
    (dueBefore === undefined || request.dueAtMs < Date.parse(dueBefore)) &&
    (!overdue || (!isDone(request) && request.dueAtMs < nowMs))
  );
}
