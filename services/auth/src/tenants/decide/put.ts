import { type KindLimits, type ProviderProfile, publicAgent, type TenantDraft, unfitFor } from '@vox/contracts';
import { changed } from './change.ts';
import { agentSetOf, type Stamp, type Tenant, unkeptPuts } from './tenant.ts';

export type Mistake = Readonly<{ path: string; message: string }>;

/** What a put is bound to, and where it comes from. */
export type PutTerms = Readonly<{
  /** The version that the tenant must still have. */
  ifVersion?: number | undefined;
  /** No tenant may have this id yet. */
  isNew?: boolean | undefined;
  /** The version that the draft was taken from. */
  restores?: number | undefined;
}>;

/**
 * A new tenant, or a new version of a known one's policy. Status and keys stay. The set of agents that was in force
 * stays too, and the one before it is dropped. A draft may not use an older set again.
 */
export function putDraft(
  known: Tenant | undefined,
  written: TenantDraft,
  agentSetId: string,
  stamp: Stamp,
  { ifVersion, isNew, restores }: PutTerms = {},
): Tenant | 'former set' | 'other version' | 'taken' {
  if (isNew && known !== undefined) return 'taken';
  if (ifVersion !== undefined && known?.version !== ifVersion) return 'other version';
  if (known !== undefined && isFormerSet(known, agentSetId)) return 'former set';
  const draft = { ...written, agents: written.agents.map(publicAgent) };
  const puts = { version: (known?.version ?? 0) + 1, draft, agentSetId, restores };
  if (known === undefined)
    return {
      ...{ draft, agentSetId, formerAgents: null, within: [] },
      ...{ status: 'active', halted: false, version: 1, keys: [], overrides: [] },
      untold: [{ ...stamp, what: { kind: 'created', puts } }],
    };
  if (known.agentSetId === agentSetId)
    return changed(known, { over: { draft }, event: { kind: 'policy', puts } }, stamp);
  const drops = known.formerAgents ?? undefined;
  const over = { draft, agentSetId, formerAgents: agentSetOf(known), within: [] };
  return changed(known, { over, event: { kind: 'policy', drops, puts } }, stamp);
}

/** Whether an older draft was put with this set. */
export const isFormerSet = (known: Tenant, agentSetId: string): boolean =>
  known.agentSetId !== agentSetId &&
  (known.formerAgents?.agentSetId === agentSetId ||
    unkeptPuts(known).some(({ puts }) => puts.agentSetId === agentSetId));

/**
 * What a draft asks for above the platform's ceiling, or of a provider that cannot do it, field by field; and agents
 * that are named twice.
 */
export const mistakesIn = (
  draft: TenantDraft,
  ceiling: KindLimits,
  providers: readonly ProviderProfile[],
): Mistake[] => [
  ...limitMistakes(draft, 'widget', ceiling),
  ...limitMistakes(draft, 'console', ceiling),
  ...agentMistakes(draft),
  ...providerMistakes(draft, providers),
];

const providerMistakes = ({ agents, calls }: TenantDraft, providers: readonly ProviderProfile[]): Mistake[] =>
  agents.flatMap((agent, at) =>
    unfitFor(agent, calls, providers).map(({ path, message }) => ({ path: `agents.${at}.${path}`, message })),
  );

const limitMistakes = ({ limits }: TenantDraft, kind: 'widget' | 'console', ceiling: KindLimits): Mistake[] =>
  Object.entries(limits[kind]).flatMap(([name, value]) => {
    const most = ceiling[name as keyof KindLimits];
    const path = `limits.${kind}.${name}`;
    if (most === null) return [];
    if (value === null) return [{ path, message: `must be set, at most ${most}, the platform’s ceiling` }];
    return typeof value === 'number' && value > most
      ? [{ path, message: `must be at most ${most}, the platform’s ceiling` }]
      : [];
  });

function agentMistakes({ agents }: TenantDraft): Mistake[] {
  const ids = agents.map(({ agentId }) => agentId);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index ? [] : [{ path: `agents.${index}.agentId`, message: 'is taken by an agent before it' }],
  );
}
