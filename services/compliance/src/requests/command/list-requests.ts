import type { ListPrivacyRequests } from '@vox/contracts';
import { everyTagged } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { firstDue } from '../../deadlines/mod.ts';
import { isWanted } from '../decide/request-list.ts';
import { viewOf } from '../decide/request-view.ts';
import { type PrivacyRequests, requestTag } from '../keep/privacy-requests.ts';

type Asked = z.infer<(typeof ListPrivacyRequests)['request']>;
type Reply = z.input<(typeof ListPrivacyRequests)['reply']>;
export type ListRequests = Readonly<{ privacyRequests: Pick<PrivacyRequests, 'tagged'>; clock: Clock }>;

/** A tenant's requests, the one that is due first at the head. */
export const listRequests =
  ({ privacyRequests, clock }: ListRequests) =>
  async ({ tenantId, after, limit, ...wanted }: Asked): Promise<Reply> => {
    const nowMs = clock.now().getTime();
    const { page, next } = await firstDue(everyTagged(privacyRequests, requestTag(tenantId)), {
      due: ({ dueAtMs, requestId: id }) => ({ dueAtMs, id }),
      isWanted: (request) => isWanted(request, wanted, nowMs),
      ...{ after, limit },
    });
    return { requests: page.map(viewOf), next };
  };
