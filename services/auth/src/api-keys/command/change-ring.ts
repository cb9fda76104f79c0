import { mistakeSaid, type RefusalReason } from '@vox/contracts';
import { Fault, invalidField, issueAt } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { type ReadTenantDependencies, readTenant, type Stamp } from '../../tenants/mod.ts';
import type { RingDecision } from '../decide/change.ts';
import { type ApiKeyRing, type KeptApiKey, livingMax } from '../decide/ring.ts';
import { type PublishEntriesDependencies, publishEntries } from './publish-entries.ts';

export type ChangeRingDependencies = ReadTenantDependencies &
  PublishEntriesDependencies &
  Readonly<{ clock: Clock; uuid: () => string }>;

type Changed = Readonly<{ decision: RingDecision; ring: ApiKeyRing }>;

/** Stores what is decided of a tenant's keys, and publishes it. Throws the fault of a refusal. */
export async function changeRing(
  dependencies: ChangeRingDependencies,
  tenantId: string,
  decide: (ring: ApiKeyRing, stamp: Stamp) => RingDecision,
  stamp: Stamp,
): Promise<Readonly<{ key: KeptApiKey; ring: ApiKeyRing }>> {
  await readTenant(dependencies, tenantId);
  const { decision, ring } = await dependencies.apiKeyRings.update<Changed>(
    tenantId,
    (known = { tenantId, keys: [], unpublished: [] }) => {
      const decided = decide(known, stamp);
      if (decided.kind !== 'change') return { result: { decision: decided, ring: known } };
      return { result: { decision: decided, ring: decided.ring }, state: decided.ring };
    },
  );
  if (decision.kind === 'refused') throw faultOf(decision.why);
  await publishEntries(dependencies, ring);
  return { key: decision.key, ring };
}

function faultOf(why: Extract<RingDecision, { kind: 'refused' }>['why']): Fault {
  switch (why) {
    case 'no-key':
      return new Fault('NOT_FOUND', {
        issues: [issueAt('keyId', mistakeSaid('no-live-api-key'))],
      });
    case 'rotated':
      return invalidField('keyId', mistakeSaid('key-rotated'));
    case 'too-many':
      return invalidField('(whole)', mistakeSaid('api-keys-full', { most: livingMax }));
    case 'more-than-own':
      return new Fault('FORBIDDEN', {
        reason: 'more-than-own' satisfies RefusalReason,
        message: 'nobody gives a key more scopes, other networks or a longer life than they have themselves',
      });
    case 'expiry':
      return invalidField('expiresAt', mistakeSaid('not-ahead'));
  }
}
