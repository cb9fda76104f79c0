import type { KindLimits, Policy, TenantDraft } from '@vox/contracts';
import type { Tenant } from './tenant.ts';

/** The platform's limits where a tenant says nothing, and the ceiling that no tenant may pass. */
export type Defaults = Readonly<{
  widget: KindLimits;
  console: KindLimits;
  ceiling: KindLimits;
  /** Where a tenant says nothing of open calls per address: half of its own open calls, and not what `widget` says. */
  isAddressHalf?: boolean;
}>;

type WrittenLimits = TenantDraft['limits']['widget'];

/** The document that every other service reads: the draft resolved against the platform's defaults. */
export const policyOf = (
  { draft: { notices: _, ...draft }, agentSetId, status, halted, version, keys, overrides }: Tenant,
  defaults: Defaults,
): Policy => ({
  ...draft,
  agentSetId,
  status,
  halted,
  version,
  keys: [...keys],
  overrides: [...overrides],
  limits: {
    widget: widgetLimits(draft.limits.widget, defaults),
    console: { ...defaults.console, ...definedIn(draft.limits.console) },
  },
});

const definedIn = (limits: WrittenLimits): Partial<KindLimits> =>
  Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));

export const halfOf = (openSessions: number): number => Math.max(1, Math.ceil(openSessions / 2));

function widgetLimits(written: WrittenLimits, { widget, isAddressHalf = false }: Defaults): KindLimits {
  const limits = { ...widget, ...definedIn(written) };
  return isAddressHalf && written.openSessionsPerAddress === undefined
    ? { ...limits, openSessionsPerAddress: halfOf(limits.openSessions) }
    : limits;
}
