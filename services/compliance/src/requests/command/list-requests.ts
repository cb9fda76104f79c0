import type { ListPrivacyRequests } from '@vox/contracts';
import { everyTagged } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import type { PrivacyRequest } from '../decide/privacy-request.ts';
import { byDeadline, isBehind, isWanted, placeOf } from '../decide/request-list.ts';
import { viewOf } from '../decide/request-view.ts';
import { type PrivacyRequests, requestTag } from '../keep/privacy-requests.ts';

type Asked = z.infer<(typeof ListPrivacyRequests)['request']>;
type Reply = z.input<(typeof ListPrivacyRequests)['reply']>;
export type ListRequests = Readonly<{ privacyRequests: Pick<PrivacyRequests, 'tagged'>; clock: Clock }>;

/** So many are held in memory beyond a page before those that stand too far behind are dropped. */
const spare = 200;

/** A tenant's requests by deadline. All of them are read, page by page; what is held is one page and a little. */
export const listRequests =
  ({ privacyRequests, clock }: ListRequests) =>
  async ({ tenantId, after, limit, ...wanted }: Asked): Promise<Reply> => {
    const nowMs = clock.now().getTime();
    let found: PrivacyRequest[] = [];
    for await (const { state } of everyTagged(privacyRequests, requestTag(tenantId))) {
      if (isBehind(state, after) && isWanted(state, wanted, nowMs)) found.push(state);
      if (found.length > limit + spare) found = found.toSorted(byDeadline).slice(0, limit + 1);
    }
    const part = found.toSorted(byDeadline).slice(0, limit);
    const last = part.at(-1);
    return {
      requests: part.map(viewOf),
      next: found.length > limit && last !== undefined ? placeOf(last) : null,
    };
  };
