import { isAlive, mistakeSaid, type PolicyKey } from '@vox/contracts';
import type { Tenant, TenantDecision } from '../tenants/mod.ts';

export const widgetKeyOf = (tenantId: string, label: string, random: Uint8Array): string =>
  `w_${tenantId}_${label}_${Buffer.from(random).toString('hex')}`;
export const randomBytesOfKey = 8;

export const labelOf = (widgetKey: string): string => widgetKey.split('_')[2] ?? '';

type NewKey = Pick<PolicyKey, 'key' | 'label' | 'origins' | 'environment'> &
  Readonly<{ agentIds?: string[] | undefined; expiresAt?: string | undefined }>;

/** Gives a tenant a key, for all of its agents or for some, for ever or until a moment. */
export function createKey(
  { draft, keys }: Pick<Tenant, 'draft' | 'keys'>,
  { agentIds, expiresAt, ...given }: NewKey,
  nowMs: number,
): TenantDecision {
  const known = new Set(draft.agents.map(({ agentId }) => agentId));
  const unknown = agentIds?.findIndex((agentId) => !known.has(agentId)) ?? -1;
  if (unknown >= 0) return { kind: 'invalid', path: `agentIds.${unknown}`, said: mistakeSaid('no-agent') };
  if (!isAhead(expiresAt, nowMs)) return past;
  const created = {
    ...{ ...given, agentIds: agentIds ?? null, createdAt: new Date(nowMs).toISOString() },
    ...{ revokedAt: null, expiresAt: expiresAt ?? null, halted: false },
  };
  return { kind: 'change', over: { keys: [...keys, created] }, event: { kind: 'key-created', widgetKey: given.key } };
}

const isAhead = (expiresAt: string | undefined, nowMs: number): boolean =>
  expiresAt === undefined || Date.parse(expiresAt) > nowMs;
const past = { kind: 'invalid', path: 'expiresAt', said: mistakeSaid('not-ahead') } as const;

type Rotation = Readonly<{
  widgetKey: string;
  successor: string;
  graceEndsAt: string;
  /** When the successor dies by itself. */
  expiresAt?: string | undefined;
}>;

/**
 * Gives a living key a successor with the same origins. The old key dies when its grace ends, and never later than it
 * would have without a rotation.
 */
export function rotateKey(
  { keys }: Pick<Tenant, 'keys'>,
  { widgetKey, successor, graceEndsAt, expiresAt: successorEnds }: Rotation,
  nowMs: number,
): TenantDecision {
  const old = keys.find(({ key }) => key === widgetKey);
  if (old === undefined || !isAlive(old, nowMs)) return { kind: 'no key' };
  if (!isAhead(successorEnds, nowMs)) return past;
  const expiresAt = old.expiresAt !== null && old.expiresAt < graceEndsAt ? old.expiresAt : graceEndsAt;
  const next = { ...old, key: successor, expiresAt: successorEnds ?? null, createdAt: new Date(nowMs).toISOString() };
  const ending = keys.map((each) => (each === old ? { ...old, expiresAt } : each));
  return {
    kind: 'change',
    over: { keys: [...ending, next] },
    event: { kind: 'key-rotated', widgetKey, successor, graceEndsAt: expiresAt },
  };
}

/** Kills a key for ever. A dead key stays listed, so that it is never created again. */
export function revokeKey({ keys }: Pick<Tenant, 'keys'>, widgetKey: string, nowMs: number): TenantDecision {
  const key = keys.find((each) => each.key === widgetKey);
  if (key === undefined) return { kind: 'no key' };
  if (key.revokedAt !== null) return { kind: 'unchanged' };
  const revoked: PolicyKey = { ...key, revokedAt: new Date(nowMs).toISOString() };
  const over = { keys: keys.map((each) => (each === key ? revoked : each)) };
  return { kind: 'change', over, event: { kind: 'key-revoked', widgetKey } };
}
