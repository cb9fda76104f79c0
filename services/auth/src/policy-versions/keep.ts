import { AllowedCalls, acting, PolicyAgent, policyVersionsMax, TenantDraft } from '@vox/contracts';
import type { DocumentStore, StoredDocument, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { lenient } from '../agents/mod.ts';
import type { PolicyVersion } from './decide/policy-version.ts';

/** Versions of policies, by `versionKey`. */
export type PolicyVersions = DocumentStore<PolicyVersion>;

const digits = 12;
/** Keys in the order of the versions. */
export const versionKey = (tenantId: string, version: number): string =>
  `${tenantId}@${String(version).padStart(digits, '0')}`;
export const versionTag = {
  tenant: (tenantId: string): string => `tenant:${tenantId}`,
  agentSet: (tenantId: string, agentSetId: string): string => `set:${tenantId}/${agentSetId}`,
};

/** Every version of a tenant, the oldest first. Older ones than are kept may still be among them. */
export const versionsOf = (
  versions: Pick<PolicyVersions, 'tagged'>,
  tenantId: string,
): Promise<readonly StoredDocument<PolicyVersion>[]> =>
  versions.tagged(versionTag.tenant(tenantId), 2 * policyVersionsMax);

/** What was put, as it is kept: in a version, and in an outbox until there is one. */
export const putDraftShape = {
  version: z.number().int().positive(),
  draft: z.strictObject({
    ...TenantDraft.shape,
    // A draft from before there was a choice said nothing, and its calls were direct.
    calls: AllowedCalls.default('both'),
    agents: z.array(PolicyAgent),
  }),
  agentSetId: z.uuid(),
  restores: z.number().int().positive().optional(),
};

export const storedPolicyVersions: StoredKind<PolicyVersion> = {
  collection: 'policy_versions',
  schema: lenient(z.object({ tenantId: z.string(), ...putDraftShape, by: z.object(acting), atMs: z.number().int() })),
  tags: ({ tenantId, agentSetId }) => [versionTag.tenant(tenantId), versionTag.agentSet(tenantId, agentSetId)],
};
