import type { Policy } from '@vox/contracts';
import { type Asked, check } from '../../checks/mod.ts';
import { type AddressCountDependencies, addressDimension, type Counted, count, counted } from '../../limits/mod.ts';
import type { Manager } from './manager.ts';

type Uses = AddressCountDependencies &
  Readonly<{ policies: Readonly<{ get: (tenantId: string) => Policy | undefined }> }>;

/** For operators of the platform, which has no policy. */
const ofPlatform = { requestsPerMinute: 120, burst: 20 };

/**
 * Counts a request by its address and its credential, in one round trip. While the store is down, this copy counts by
 * its share of both limits.
 */
export const managerLimit = check({
  name: 'manager limit',
  whenDown: 'degrade',
  run:
    (dependencies: Uses) =>
    async ({
      response,
      ip,
      manager,
    }: Asked & Readonly<{ ip: string; manager: Pick<Manager, 'tenantId' | 'id'> }>): Promise<Counted> => {
      const { tenantId, id } = manager;
      const { requestsPerMinute: perMinute, burst } = dependencies.policies.get(tenantId)?.limits.console ?? ofPlatform;
      await count(dependencies, response, [
        addressDimension(dependencies, ip),
        { scope: 'user', key: `${tenantId}:${id}`, limit: { perMinute, burst } },
      ]);
      return counted;
    },
});
