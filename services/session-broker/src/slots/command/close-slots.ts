import type { Identity } from '@vox/contracts';
import { underPolicy } from '../decide/slots.ts';
import type { SlotCounters } from '../keep/slots.ts';

export type CloseSlotsDependencies = Readonly<{ slots: Pick<SlotCounters, 'update'> }>;

/** The scope of a tenant, of one of its keys or of a login, that the policy of this version closes. */
export type ClosedSlots = Readonly<{
  tenantId: string;
  widgetKey?: string | undefined;
  loginId?: string | undefined;
  policyVersion: number;
}>;

/** A claim on which nobody has decided yet. */
export type UndecidedClaim = Readonly<{ sessionId: string; identity: Identity }>;

/** From now on nobody claims a slot under an older policy. Answers the claims on which nobody has decided yet. */
export const closeSlots = (
  { slots }: CloseSlotsDependencies,
  { tenantId, policyVersion, ...scope }: ClosedSlots,
  nowMs: number,
): Promise<readonly UndecidedClaim[]> =>
  slots.update(tenantId, (counter) => ({
    result: Object.entries(counter.pending).flatMap(([sessionId, { what, identity }]) =>
      what === 'claimed' && isOf(identity, scope) ? [{ sessionId, identity }] : [],
    ),
    counter: underPolicy(counter, policyVersion, nowMs),
  }));

function isOf(identity: Identity, { widgetKey, loginId }: Pick<ClosedSlots, 'widgetKey' | 'loginId'>): boolean {
  if (identity.kind === 'widget')
    return loginId === undefined && (widgetKey ?? identity.widgetKey) === identity.widgetKey;
  return widgetKey === undefined && (loginId ?? identity.loginId) === identity.loginId;
}
