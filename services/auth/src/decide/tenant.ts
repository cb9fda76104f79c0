import {
  type Acting,
  type Agent,
  isAlive,
  type KindLimits,
  type Policy,
  type PolicyAgent,
  type PolicyKey,
  publicAgent,
  type TenantDraft,
} from '@vox/contracts';

/** A draft with its agents as everybody may know them. */
export type KeptDraft = Readonly<Omit<TenantDraft, 'agents'> & { agents: PolicyAgent[] }>;
/** A version of a tenant's agents: under a name that is never used again. */
export type AgentSet = Readonly<{ agentSetId: string; agentIds: string[] }>;

/** What auth keeps of a tenant: the draft as an operator wrote it, its keys, and the facts that still have to be told. */
export type Tenant = Readonly<{
  draft: KeptDraft;
  /** Under which its agents are kept, each by itself. */
  agentSetId: string;
  /** The set before, for whoever still goes by the policy before. */
  formerAgents: AgentSet | null;
  /** Agents that are still to be moved out of this document. */
  within: readonly Agent[];
  status: Policy['status'];
  halted: boolean;
  version: number;
  keys: readonly PolicyKey[];
  /** Set with each change, cleared once the policy and the fact are out: after a crash the sweep sends them again. */
  untold: readonly Told[];
}>;

/** A change that others must hear of, and who made it. `id` is the id of its fact. */
export type Told = Readonly<{
  id: string;
  by: Acting;
  traceparent?: string | undefined;
  atMs: number;
  what:
    | Readonly<{ kind: 'created' | 'suspended' | 'resumed' }>
    | Readonly<{ kind: 'policy'; drops?: AgentSet | undefined }>
    | Readonly<{ kind: 'key-created' | 'key-revoked'; widgetKey: string }>
    | Readonly<{ kind: 'engaged' | 'released'; widgetKey?: string | undefined }>
    | Readonly<{ kind: 'key-rotated'; widgetKey: string; successor: string; graceEndsAt: string }>;
}>;

export type Defaults = Readonly<{
  widget: KindLimits;
  console: KindLimits;
  ceiling: KindLimits;
  /** Where a tenant does not say how many calls one address has open, it is half of its own, and not what `widget` says. */
  isAddressHalf?: boolean;
}>;
export type Mistake = Readonly<{ path: string; message: string }>;

const change = (tenant: Tenant, over: Partial<Tenant>, told: Told): Tenant => ({
  ...tenant,
  ...over,
  version: tenant.version + 1,
  untold: [...tenant.untold, told],
});

export const agentSetOf = ({ agentSetId, draft }: Pick<Tenant, 'agentSetId' | 'draft'>): AgentSet => ({
  agentSetId,
  agentIds: draft.agents.map(({ agentId }) => agentId),
});

/** Whether some copy may still go by a policy that names this set. */
export const namesSet = (tenant: Tenant | undefined, agentSetId: string): boolean =>
  tenant?.agentSetId === agentSetId || tenant?.formerAgents?.agentSetId === agentSetId;

/** A new tenant, or a new version of a known one's policy. Status and keys stay; of its agents the set before stays too, and the one before that goes. */
export function put(
  known: Tenant | undefined,
  written: TenantDraft,
  agentSetId: string,
  told: Omit<Told, 'what'>,
): Tenant {
  const draft = { ...written, agents: written.agents.map(publicAgent) };
  if (known === undefined)
    return {
      ...{ draft, agentSetId, formerAgents: null, within: [] },
      ...{ status: 'active', halted: false, version: 1, keys: [] },
      untold: [{ ...told, what: { kind: 'created' } }],
    };
  if (known.agentSetId === agentSetId) return change(known, { draft }, { ...told, what: { kind: 'policy' } });
  const drops = known.formerAgents ?? undefined;
  const over = { draft, agentSetId, formerAgents: agentSetOf(known), within: [] };
  return change(known, over, { ...told, what: { kind: 'policy', drops } });
}

export function setStatus(tenant: Tenant, status: Policy['status'], told: Omit<Told, 'what'>): Tenant {
  if (tenant.status === status) return tenant;
  return change(tenant, { status }, { ...told, what: { kind: status === 'suspended' ? 'suspended' : 'resumed' } });
}

/** Turns the kill switch of a tenant, or of one of its keys. A key that there is not has none. */
export function setKillSwitch(
  tenant: Tenant,
  { widgetKey, engaged }: Readonly<{ widgetKey?: string | undefined; engaged: boolean }>,
  told: Omit<Told, 'what'>,
): Tenant | undefined {
  const turned: Told = { ...told, what: { kind: engaged ? 'engaged' : 'released', widgetKey } };
  if (widgetKey === undefined) return tenant.halted === engaged ? tenant : change(tenant, { halted: engaged }, turned);
  const key = tenant.keys.find((each) => each.key === widgetKey);
  if (key === undefined || key.halted === engaged) return key && tenant;
  const keys = tenant.keys.map((each) => (each === key ? { ...key, halted: engaged } : each));
  return change(tenant, { keys }, turned);
}

export const addKey = (tenant: Tenant, key: PolicyKey, told: Omit<Told, 'what'>): Tenant =>
  change(tenant, { keys: [...tenant.keys, key] }, { ...told, what: { kind: 'key-created', widgetKey: key.key } });

/** Gives a living key a successor with the same origins; the old one dies when its grace ends, and never later than it would have. */
export function rotateKey(
  tenant: Tenant,
  widgetKey: string,
  successor: string,
  graceEndsAt: string,
  told: Omit<Told, 'what'>,
): Tenant | undefined {
  const old = tenant.keys.find((each) => each.key === widgetKey);
  if (old === undefined || !isAlive(old, told.atMs)) return undefined;
  const expiresAt = old.expiresAt !== null && old.expiresAt < graceEndsAt ? old.expiresAt : graceEndsAt;
  const keys = tenant.keys.map((each) => (each === old ? { ...old, expiresAt } : each));
  const born: PolicyKey = { ...old, key: successor, expiresAt: null };
  return change(
    tenant,
    { keys: [...keys, born] },
    { ...told, what: { kind: 'key-rotated', widgetKey, successor, graceEndsAt: expiresAt } },
  );
}

/** Kills a key for ever. A dead key stays listed, so that it is never born again. */
export function revokeKey(tenant: Tenant, widgetKey: string, told: Omit<Told, 'what'>): Tenant | undefined {
  const key = tenant.keys.find((each) => each.key === widgetKey);
  if (key === undefined) return undefined;
  if (key.revokedAt !== null) return tenant;
  const keys = tenant.keys.map((each) =>
    each === key ? { ...key, revokedAt: new Date(told.atMs).toISOString() } : each,
  );
  return change(tenant, { keys }, { ...told, what: { kind: 'key-revoked', widgetKey } });
}

/** The document that every other service reads: the draft resolved against the platform's defaults. */
export const policyOf = ({ draft, agentSetId, status, halted, version, keys }: Tenant, defaults: Defaults): Policy => ({
  ...draft,
  agentSetId,
  status,
  halted,
  version,
  keys: [...keys],
  limits: {
    widget: widgetLimits(draft.limits.widget, defaults),
    console: { ...defaults.console, ...set(draft.limits.console) },
  },
});

type Written = TenantDraft['limits']['widget'];
const set = (limits: Written): Partial<KindLimits> =>
  Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));

export const halfOf = (openSessions: number): number => Math.max(1, Math.ceil(openSessions / 2));

function widgetLimits(written: Written, { widget, isAddressHalf = false }: Defaults): KindLimits {
  const limits = { ...widget, ...set(written) };
  return isAddressHalf && written.openSessionsPerAddress === undefined
    ? { ...limits, openSessionsPerAddress: halfOf(limits.openSessions) }
    : limits;
}

/** What a draft asks for above the platform's ceiling, field by field; and agents that are named twice. */
export function mistakesIn(draft: TenantDraft, ceiling: KindLimits): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const kind of ['widget', 'console'] as const) {
    for (const [name, value] of Object.entries(draft.limits[kind])) {
      const most = ceiling[name as keyof KindLimits];
      if (most !== null && typeof value === 'number' && value > most)
        mistakes.push({ path: `limits.${kind}.${name}`, message: `must be at most ${most}, the platform’s ceiling` });
      if (most !== null && value === null)
        mistakes.push({
          path: `limits.${kind}.${name}`,
          message: `must be set, at most ${most}, the platform’s ceiling`,
        });
    }
  }
  const names = draft.agents.map(({ agentId }) => agentId);
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index)
      mistakes.push({ path: `agents.${index}.agentId`, message: 'is taken by an agent before it' });
  });
  return mistakes;
}
