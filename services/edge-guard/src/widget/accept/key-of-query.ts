import type { Policy, PolicyKey } from '@vox/contracts';
import { check } from '../../checks/mod.ts';
import { type KeyDependencies, keyInForce } from '../../tenant/mod.ts';

type Needs = Readonly<{ query: Readonly<{ key: string }> }>;
type Adds = Readonly<{ policy: Policy; key: PolicyKey; tenantId: string }>;

/** Finds what the widget key of the query stands for now. A copy that may have missed a revocation denies. */
export const keyOfQuery = check({
  name: 'widget key',
  whenDown: 'deny',
  run:
    (dependencies: KeyDependencies) =>
    ({ query }: Needs): Adds => {
      const { policy, key } = keyInForce(dependencies, query.key);
      return { policy, key, tenantId: policy.tenantId };
    },
});
