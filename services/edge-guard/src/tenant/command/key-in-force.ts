import { livingKey, type Policy, type PolicyKey, revocationKey } from '@vox/contracts';
import { Fault, Reason } from '@vox/platform/fault';
import type { Needs } from '../../dependencies.ts';
import { tenantOfKey } from '../decide/widget-key.ts';

/** What a widget key stands for now; unknown, revoked and expired look the same. */
export function keyInForce(needs: Needs, widgetKey: string): { policy: Policy; key: PolicyKey } {
  if (!needs.policies.current() || !needs.revoked.current())
    throw new Fault('UNAVAILABLE', {}, { cause: new Reason('revocations may have been missed') });
  const policy = needs.policies.get(tenantOfKey(widgetKey) ?? '');
  const revoked = needs.revoked.get(revocationKey('widget-key', widgetKey)) !== undefined;
  const key = policy && !revoked ? livingKey(policy, widgetKey, needs.clock.now().getTime()) : undefined;
  if (policy === undefined || key === undefined) throw new Fault('INVALID_WIDGET_KEY');
  return { policy, key };
}

const visitorBytes = 16;
/** An anonymous person, behind a token of ours. */
export const newVisitor = (needs: Needs): string =>
  `v_${Buffer.from(needs.random(visitorBytes)).toString('base64url')}`;
