import {
  KeyCreated,
  KeyRevoked,
  KeyRotated,
  KillSwitchEngaged,
  KillSwitchReleased,
  makeFact,
  type Policy,
  PolicyChanged,
  PolicyDocument,
  RevocationDocument,
  revocationKey,
  TenantCreated,
  TenantResumed,
  TenantSuspended,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Told } from './decide/tenant.ts';

/**
 * Sends the policy to every replica first, with what it names before it, then the fact: whoever hears of a change finds it in force. Commands and sweeps of several copies meet here;
 * the one that comes last may know an older policy, so what is sent is what stands in the store.
 */
export async function tell(
  bus: Bus,
  policy: Policy,
  told: readonly Told[],
  newest: () => Promise<Policy>,
): Promise<void> {
  await bus.documents(PolicyDocument).renew(policy.tenantId, newest);
  for (const each of told) await tellOne(bus, policy, each);
}

async function tellOne(
  bus: Bus,
  { tenantId, version }: Policy,
  { id, by, traceparent, atMs, what }: Told,
): Promise<void> {
  const head = { id, source: 'auth', at: new Date(atMs), traceparent };
  switch (what.kind) {
    case 'created':
      await bus.publish(TenantCreated, makeFact(TenantCreated, head, { tenantId, ...by }));
      return;
    case 'policy':
      await bus.publish(PolicyChanged, makeFact(PolicyChanged, head, { tenantId, version, ...by }));
      return;
    case 'suspended':
      await bus.publish(TenantSuspended, makeFact(TenantSuspended, head, { tenantId, policyVersion: version, ...by }));
      return;
    case 'resumed':
      await bus.publish(TenantResumed, makeFact(TenantResumed, head, { tenantId, ...by }));
      return;
    case 'engaged':
      await bus.publish(
        KillSwitchEngaged,
        makeFact(KillSwitchEngaged, head, { tenantId, widgetKey: what.widgetKey, policyVersion: version, ...by }),
      );
      return;
    case 'released':
      await bus.publish(
        KillSwitchReleased,
        makeFact(KillSwitchReleased, head, { tenantId, widgetKey: what.widgetKey, ...by }),
      );
      return;
    case 'key-created':
      await bus.publish(KeyCreated, makeFact(KeyCreated, head, { tenantId, ...by, widgetKey: what.widgetKey }));
      return;
    case 'key-revoked':
      await bus
        .documents(RevocationDocument)
        .put(revocationKey('widget-key', what.widgetKey), { at: head.at.toISOString(), until: null });
      await bus.publish(
        KeyRevoked,
        makeFact(KeyRevoked, head, { tenantId, ...by, widgetKey: what.widgetKey, policyVersion: version }),
      );
      return;
    case 'key-rotated': {
      const { widgetKey, successor, graceEndsAt } = what;
      await bus.publish(KeyRotated, makeFact(KeyRotated, head, { tenantId, ...by, widgetKey, successor, graceEndsAt }));
    }
  }
}
