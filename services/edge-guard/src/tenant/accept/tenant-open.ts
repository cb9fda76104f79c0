import { closedBy, type Policy, type PolicyKey } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { check } from '../../checks/mod.ts';

/** Refuses what a kill switch has closed, of the tenant or of the key by which it is asked. */
export const tenantOpen = check({
  name: 'tenant',
  whenDown: 'no store',
  run:
    () =>
    ({ policy, key }: Readonly<{ policy: Policy; key?: PolicyKey | undefined }>): void => {
      if (closedBy(policy, key) !== undefined) throw new Fault('TENANT_SUSPENDED');
    },
});
