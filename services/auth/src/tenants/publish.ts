import {
  KeyCreated,
  KeyRevoked,
  KeyRotated,
  KillSwitchEngaged,
  KillSwitchReleased,
  LimitOverridden,
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
import type { OutboxEntry } from './decide/tenant.ts';

/**
 * Publishes the policy to every replica. Commands and sweeps of several copies meet here, and the one that comes last
 * may know an older policy: `newest` reads the store.
 */
export const publishNewest = (
  bus: Pick<Bus, 'documents'>,
  tenantId: string,
  newest: () => Promise<Policy>,
): Promise<void> => bus.documents(PolicyDocument).renew(tenantId, newest);

/** Publishes the fact of one change. The revocation of a key comes before its fact. */
export async function publishEntry(
  bus: Pick<Bus, 'documents' | 'publish'>,
  { tenantId, version }: Readonly<{ tenantId: string; version: number }>,
  { id, by, traceparent, atMs, what }: OutboxEntry,
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
    case 'limit-overridden': {
      const { kind: _is, ...limit } = what;
      await bus.publish(
        LimitOverridden,
        makeFact(LimitOverridden, head, { tenantId, ...limit, policyVersion: version, ...by }),
      );
      return;
    }
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
