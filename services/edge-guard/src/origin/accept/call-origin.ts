import type { SessionClaims } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { type Asked, check } from '../../checks/mod.ts';
import type { Policies } from '../../tenant/mod.ts';
import { maySpeakForCall } from '../decide/origin.ts';
import type { OwnOrigins } from './token-origin.ts';

type CallOriginDependencies = OwnOrigins & Readonly<{ policies: Pick<Policies, 'get'> }>;

/**
 * Refuses a page that has nothing to do with the call. A key that was revoked still says whose pages its calls are of.
 */
export const callOrigin = check({
  name: 'call origin',
  whenDown: 'no store',
  run:
    ({ policies, publicOrigins }: CallOriginDependencies) =>
    ({ request, claims }: Asked & Readonly<{ claims: SessionClaims }>): void => {
      const { tenantId, identity } = claims;
      const keys = policies.get(tenantId)?.keys ?? [];
      const ofKey = identity.kind === 'widget' ? keys.find(({ key }) => key === identity.widgetKey) : undefined;
      if (!maySpeakForCall(request.get('origin'), ofKey?.origins ?? [], publicOrigins))
        throw new Fault('ORIGIN_MISMATCH');
    },
});
