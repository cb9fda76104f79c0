import { type BudgetLimit, type IdentityKind, type KindLimits, mistakeSaid, overrideDaysMax } from '@vox/contracts';
import type { TenantDecision } from './change.ts';
import type { Tenant } from './tenant.ts';

/** A limit that is to be another one until a moment, or whose override ends (`value` null). */
export type OverrideWish = Readonly<{
  kind: IdentityKind;
  limit: BudgetLimit;
  value: number | null;
  until?: string | undefined;
}>;

const dayMs = 86_400_000;

/**
 * Puts an override in the place of the one before, and forgets those that have ended. No override passes the ceiling
 * that no policy may pass.
 */
export function overrideLimit(
  { overrides }: Pick<Tenant, 'overrides'>,
  wish: OverrideWish,
  ceiling: KindLimits,
  nowMs: number,
): TenantDecision {
  const { kind, limit, value } = wish;
  const isMeant = (each: Pick<OverrideWish, 'kind' | 'limit'>): boolean => each.kind === kind && each.limit === limit;
  const living = overrides.filter(({ until }) => Date.parse(until) > nowMs);
  const others = living.filter((each) => !isMeant(each));
  const event = { kind: 'limit-overridden', identityKind: kind, limit } as const;
  if (value === null) {
    if (others.length === living.length) return { kind: 'unchanged' };
    return { kind: 'change', over: { overrides: others }, event: { ...event, value: null, until: null } };
  }
  const mistake = mistakeIn(value, ceiling[limit], wish.until, nowMs);
  if (mistake !== undefined) return { kind: 'invalid', ...mistake };
  const until = new Date(wish.until ?? nowMs).toISOString();
  if (living.some((each) => isMeant(each) && each.value === value && each.until === until))
    return { kind: 'unchanged' };
  const over = { overrides: [...others, { kind, limit, value, until }] };
  return { kind: 'change', over, event: { ...event, value, until } };
}

function mistakeIn(value: number, most: number | null, until: string | undefined, nowMs: number) {
  if (most !== null && value > most) return { path: 'value', said: mistakeSaid('above-ceiling', { most }) };
  const untilMs = until === undefined ? Number.NaN : Date.parse(until);
  const isSoon = untilMs > nowMs && untilMs <= nowMs + overrideDaysMax * dayMs;
  return isSoon ? undefined : { path: 'until', said: mistakeSaid('override-days', { days: overrideDaysMax }) };
}
