import { livingKey, type Policy, type PolicyKey, revocationKey } from '@vox/contracts';
import { Fault, Reason } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { tenantOfKey } from '../decide/widget-key.ts';
import type { Policies, Revocations } from '../keep/policies.ts';

export type KeyDependencies = Readonly<{
  policies: Policies;
  revoked: Revocations;
  clock: Pick<Clock, 'now'>;
}>;

/** Throws Fault UNAVAILABLE while a revocation could have been missed. */
export function currentOrUnavailable({ policies, revoked }: Pick<KeyDependencies, 'policies' | 'revoked'>): void {
  if (!policies.current()) throw missed();
  revocationsOrUnavailable(revoked);
}

/** The same, for whoever goes by no policy. */
export function revocationsOrUnavailable(revoked: Pick<Revocations, 'current'>): void {
  if (!revoked.current()) throw missed();
}

const missed = (): Fault => new Fault('UNAVAILABLE', {}, { cause: new Reason('revocations may have been missed') });

/**
 * What a widget key stands for now. A key that is unknown, revoked or expired looks the same: Fault INVALID_WIDGET_KEY.
 */
export function keyInForce(dependencies: KeyDependencies, widgetKey: string): { policy: Policy; key: PolicyKey } {
  currentOrUnavailable(dependencies);
  const { policies, revoked, clock } = dependencies;
  const policy = policies.get(tenantOfKey(widgetKey) ?? '');
  const isRevoked = revoked.get(revocationKey('widget-key', widgetKey)) !== undefined;
  const key = policy && !isRevoked ? livingKey(policy, widgetKey, clock.now().getTime()) : undefined;
  if (policy === undefined || key === undefined) throw new Fault('INVALID_WIDGET_KEY');
  return { policy, key };
}
