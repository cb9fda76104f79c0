import type { Acting, PolicyAgent, TenantDraft } from '@vox/contracts';

/** A draft with its agents as everybody may know them. */
export type KeptDraft = Readonly<Omit<TenantDraft, 'agents'> & { agents: PolicyAgent[] }>;

/** What was put: the draft, the set of its agents, and the version that the tenant had from then on. */
export type PutDraft = Readonly<{
  version: number;
  draft: KeptDraft;
  agentSetId: string;
  /** The version that it was rolled back to. */
  restores?: number | undefined;
}>;

/** One version of a policy as it was written, who wrote it, and when. It never changes. */
export type PolicyVersion = PutDraft & Readonly<{ tenantId: string; by: Acting; atMs: number }>;

/** What is shown of a version in a list. */
export const headOf = ({ version, atMs, by, restores }: PolicyVersion) => ({
  version,
  at: new Date(atMs).toISOString(),
  actor: by.actor,
  reason: by.reason ?? null,
  restores: restores ?? null,
});
