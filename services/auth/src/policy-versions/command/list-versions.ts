import { type ListPolicyVersions, policyVersionsMax } from '@vox/contracts';
import { noTenant } from '@vox/platform/fault';
import type { z } from 'zod';
import { headOf } from '../decide/policy-version.ts';
import { type PolicyVersions, versionsOf } from '../keep.ts';

type Asked = z.infer<(typeof ListPolicyVersions)['request']>;
type Reply = z.input<(typeof ListPolicyVersions)['reply']>;

/** The versions of a policy, the newest first. Throws Fault NOT_FOUND where there is no such tenant: each has one. */
export const listVersions =
  ({ policyVersions }: Readonly<{ policyVersions: Pick<PolicyVersions, 'tagged'> }>) =>
  async ({ tenantId, before, limit }: Asked): Promise<Reply> => {
    const kept = (await versionsOf(policyVersions, tenantId)).slice(-policyVersionsMax);
    if (kept.length === 0) throw noTenant(tenantId);
    const older = kept.map(({ state }) => state).filter(({ version }) => before === undefined || version < before);
    const part = older.toReversed().slice(0, limit);
    return { versions: part.map(headOf), next: older.length > limit ? (part.at(-1)?.version ?? null) : null };
  };
