import type { PrivacyRequestView, ShowPrivacyRequest } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { viewOf } from '../decide/request-view.ts';
import { type PrivacyRequests, requestKey } from '../keep/privacy-requests.ts';

type Asked = z.infer<(typeof ShowPrivacyRequest)['request']>;

/** How far a person's request is. */
export const showRequest =
  ({ privacyRequests }: Readonly<{ privacyRequests: Pick<PrivacyRequests, 'read'> }>) =>
  async ({ tenantId, privacyRequestId }: Asked): Promise<PrivacyRequestView> => {
    const request = await privacyRequests.read(requestKey(tenantId, privacyRequestId));
    if (request === undefined) throw new Fault('NOT_FOUND');
    return viewOf(request);
  };
