import type { Identity, Policy } from '@vox/contracts';
import { type Asked, check } from '../../checks/mod.ts';
import { type AddressCountDependencies, addressDimension, type Counted, count, counted } from './count.ts';

type Needs = Asked & Readonly<{ ip: string; policy: Policy; identity: Identity }>;

const personOf = (identity: Identity): string => (identity.kind === 'widget' ? identity.visitorId : identity.userId);

/**
 * Counts a request by its address and its person, in one round trip. While the store is down, this copy counts by its
 * share of both limits.
 */
export const userLimit = check({
  name: 'user limit',
  whenDown: 'degrade',
  run:
    (dependencies: AddressCountDependencies) =>
    async ({ response, ip, policy, identity }: Needs): Promise<Counted> => {
      const { requestsPerMinute: perMinute, burst } = policy.limits[identity.kind];
      const key = `${policy.tenantId}:${personOf(identity)}`;
      await count(dependencies, response, [
        addressDimension(dependencies, ip),
        { scope: 'user', key, limit: { perMinute, burst } },
      ]);
      return counted;
    },
});
