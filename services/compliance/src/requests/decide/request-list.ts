import type { PrivacyRequestKind, PrivacyRequestState } from '@vox/contracts';
import { isDone, type PrivacyRequest, stateOf } from './privacy-request.ts';

export type WantedRequests = Readonly<{
  state?: PrivacyRequestState | undefined;
  kind?: PrivacyRequestKind | undefined;
  dueBefore?: string | undefined;
  overdue?: boolean | undefined;
}>;

type Placed = Pick<PrivacyRequest, 'dueAtMs' | 'requestId'>;

/** Where a request stands in the order of deadlines; two of one moment stand by their ids. */
export const placeOf = ({ dueAtMs, requestId }: Placed): string => `${dueAtMs}_${requestId}`;

export const byDeadline = (a: Placed, b: Placed): number =>
  a.dueAtMs - b.dueAtMs || (a.requestId < b.requestId ? -1 : Number(a.requestId > b.requestId));

export function isBehind(request: Placed, place: string | undefined): boolean {
  if (place === undefined) return true;
  const [dueAtMs = '', requestId = ''] = place.split('_');
  return byDeadline({ dueAtMs: Number(dueAtMs), requestId }, request) < 0;
}

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
