import type { PrivacyRequest } from '../decide/privacy-request.ts';
import { type PrivacyRequests, requestKey } from '../keep/privacy-requests.ts';

/** Stores what `next` makes of a request and answers it; `undefined` where `next` wants no change. */
export const updateRequest = (
  privacyRequests: Pick<PrivacyRequests, 'update'>,
  { tenantId, requestId }: Pick<PrivacyRequest, 'tenantId' | 'requestId'>,
  next: (now: PrivacyRequest) => PrivacyRequest | undefined,
): Promise<PrivacyRequest | undefined> =>
  privacyRequests.update<PrivacyRequest | undefined>(requestKey(tenantId, requestId), (now) => {
    const state = now && next(now);
    return state === undefined ? { result: undefined } : { result: state, state };
  });
