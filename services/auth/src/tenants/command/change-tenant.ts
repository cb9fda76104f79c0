import { type Acting, mistakeSaid } from '@vox/contracts';
import { activeTraceparent } from '@vox/platform/bus';
import { Fault, invalidField, issueAt, noTenant } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { changed, type TenantDecision } from '../decide/change.ts';
import type { Stamp, Tenant } from '../decide/tenant.ts';
import { type PublishOutboxDependencies, publishOutbox } from './publish-outbox.ts';

export type StampDependencies = Readonly<{ clock: Clock; uuid: () => string }>;
export type ChangeTenantDependencies = PublishOutboxDependencies & StampDependencies;

export const stampOf = ({ uuid, clock }: StampDependencies, { actor, reason, requestId }: Acting): Stamp => ({
  id: uuid(),
  by: { actor, reason, requestId },
  traceparent: activeTraceparent(),
  atMs: clock.now().getTime(),
});

export const otherVersion = (): Fault =>
  new Fault('VERSION_MISMATCH', {
    issues: [issueAt('ifVersion', mistakeSaid('other-tenant-version'))],
  });

type Refused = Exclude<TenantDecision, { kind: 'change' | 'unchanged' }> | Readonly<{ kind: 'no tenant' }>;

/** Stores what is decided of a tenant that is known, and publishes it. Throws the fault of a refusal. */
export async function changeTenant(
  dependencies: ChangeTenantDependencies,
  tenantId: string,
  stamp: Stamp,
  decide: (tenant: Tenant) => TenantDecision,
): Promise<Tenant> {
  const { tenant, refused } = await dependencies.tenants.update<{ tenant?: Tenant; refused?: Refused }>(
    tenantId,
    (known) => {
      if (known === undefined) return { result: { refused: { kind: 'no tenant' } } };
      const decision = decide(known);
      if (decision.kind === 'unchanged') return { result: { tenant: known } };
      if (decision.kind !== 'change') return { result: { refused: decision } };
      const state = changed(known, decision, stamp);
      return { result: { tenant: state }, state };
    },
  );
  if (tenant === undefined) throw faultOf(refused ?? { kind: 'no tenant' }, tenantId);
  await publishOutbox(dependencies, tenantId, tenant);
  return tenant;
}

function faultOf(refused: Refused, tenantId: string): Fault {
  switch (refused.kind) {
    case 'no tenant':
      return noTenant(tenantId);
    case 'other version':
      return otherVersion();
    case 'no key':
      return new Fault('NOT_FOUND', {
        issues: [issueAt('widgetKey', mistakeSaid('no-live-key'))],
      });
    case 'invalid':
      return invalidField(refused.path, refused.said);
  }
}
