import { mistakeSaid, type OpenPrivacyRequest } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { invalidField } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { type ActDependencies, recorded } from '../../audit/mod.ts';
import { type Countries, namedIn } from '../../vault/mod.ts';
import { dueMs } from '../decide/deadline.ts';
import { newRequest, type PrivacyRequest } from '../decide/privacy-request.ts';
import { viewOf } from '../decide/request-view.ts';
import { type PrivacyRequests, requestKey } from '../keep/privacy-requests.ts';
import { publishOpened } from '../publish/facts.ts';
import { type SealIdentity, sealIdentity } from './sealed-identity.ts';

type Asked = z.infer<(typeof OpenPrivacyRequest)['request']>;
type Reply = z.input<(typeof OpenPrivacyRequest)['reply']>;
export type OpenRequest = ActDependencies &
  Countries &
  SealIdentity &
  Readonly<{
    bus: Pick<Bus, 'publish'>;
    privacyRequests: Pick<PrivacyRequests, 'decideOnce'>;
    clock: Clock;
    uuid: () => string;
  }>;

/** A person asks for its data or for their erasure. Stored, then published; the work begins with the next sweep. */
export const openRequest =
  (dependencies: OpenRequest) =>
  (asked: Asked): Promise<Reply> => {
    const { tenantId, kind, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: `subject.${kind}`, target: `tenant:${tenantId}` };
    return recorded(
      dependencies,
      act,
      async () => {
        const born = await proposed(dependencies, asked);
        const { state: request } = await dependencies.privacyRequests.decideOnce(requestKey(tenantId, born.requestId), {
          propose: () => born,
        });
        await publishOpened(dependencies.bus, request, { actor, reason, requestId });
        return viewOf(request);
      },
      { record: 'refusals' },
    );
  };

async function proposed(dependencies: OpenRequest, asked: Asked): Promise<PrivacyRequest> {
  const { tenantId, kind, law, actor, reason } = asked;
  const nowMs = dependencies.clock.now().getTime();
  const requestId = asked.privacyRequestId ?? dependencies.uuid();
  const receivedAtMs = asked.receivedAt === undefined ? nowMs : Date.parse(asked.receivedAt);
  if (receivedAtMs > nowMs) throw invalidField('receivedAt', mistakeSaid('received-in-the-future'));
  const identifiers = [...namedIn(dependencies, tenantId, asked.identifiers)];
  const identity = { identifiers, visitorIds: [], userIds: [], emails: [] };
  return newRequest({
    ...{ tenantId, requestId, kind, law, actor, reason, receivedAtMs, dueAtMs: dueMs(law, receivedAtMs) },
    sealedWhose: await sealIdentity(dependencies, { tenantId, requestId }, identity),
    nextMs: nowMs,
  });
}
