import type { Acting, Agent, BudgetLimit, IdentityKind, LimitOverride, Policy, PolicyKey } from '@vox/contracts';
import type { AgentSet } from '../../agents/mod.ts';
import type { KeptDraft, PutDraft } from '../../policy-versions/mod.ts';

/** What auth keeps of a tenant: the draft as an operator wrote it, its keys, and its outbox. */
export type Tenant = Readonly<{
  draft: KeptDraft;
  /** The set that its agents are kept under, each by itself. */
  agentSetId: string;
  /** The set before, for whoever still goes by the policy before. */
  formerAgents: AgentSet | null;
  /** Agents that are still to be moved out of this document. */
  within: readonly Agent[];
  status: Policy['status'];
  halted: boolean;
  version: number;
  keys: readonly PolicyKey[];
  /** At most one for each limit of each kind. It ends by its time, not by a write. */
  overrides: readonly LimitOverride[];
  /**
   * The outbox. Each change adds an entry, which goes once the policy and the fact are published. After a crash the
   * sweep publishes them again.
   */
  untold: readonly OutboxEntry[];
}>;

/** What happened to a tenant. */
export type TenantEvent =
  | Readonly<{ kind: 'suspended' | 'resumed' }>
  | Readonly<{ kind: 'created'; puts?: PutDraft | undefined }>
  | Readonly<{ kind: 'policy'; drops?: AgentSet | undefined; puts?: PutDraft | undefined }>
  | Readonly<{ kind: 'key-created' | 'key-revoked'; widgetKey: string }>
  | Readonly<{ kind: 'engaged' | 'released'; widgetKey?: string | undefined }>
  | Readonly<{
      kind: 'limit-overridden';
      identityKind: IdentityKind;
      limit: BudgetLimit;
      value: number | null;
      until: string | null;
    }>
  | Readonly<{ kind: 'key-rotated'; widgetKey: string; successor: string; graceEndsAt: string }>;

/** Who changes a tenant, when, and under which request. `id` becomes the id of the fact. */
export type Stamp = Readonly<{ id: string; by: Acting; traceparent?: string | undefined; atMs: number }>;

/** A change that is still to be published. */
export type OutboxEntry = Stamp & Readonly<{ what: TenantEvent }>;

export const agentSetOf = ({ agentSetId, draft }: Pick<Tenant, 'agentSetId' | 'draft'>): AgentSet => ({
  agentSetId,
  agentIds: draft.agents.map(({ agentId }) => agentId),
});

/** The drafts that were put and of which no version may be kept yet. */
export const unkeptPuts = ({ untold }: Pick<Tenant, 'untold'>): readonly (Stamp & Readonly<{ puts: PutDraft }>)[] =>
  untold.flatMap(({ what, ...stamp }) =>
    (what.kind === 'created' || what.kind === 'policy') && what.puts !== undefined
      ? [{ ...stamp, puts: what.puts }]
      : [],
  );

/** Whether some copy may still go by a policy that names this set. */
export const namesSet = (tenant: Tenant | undefined, agentSetId: string): boolean =>
  tenant?.agentSetId === agentSetId || tenant?.formerAgents?.agentSetId === agentSetId;
