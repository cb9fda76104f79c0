import type { Identity } from '@vox/contracts';
import { underPolicy } from '../decide/slots.ts';
import type { SlotCounters } from '../keep/slots.ts';

export type CloseSlotsDependencies = Readonly<{ slots: Pick<SlotCounters, 'update'> }>;

/** The scope of a tenant, or of one of its keys, that the policy of this version closes. */
export type ClosedSlots = Readonly<{ tenantId: string; widgetKey?: string | undefined; policyVersion: number }>;

/** A claim on which nobody has decided yet. */
export type UndecidedClaim = Readonly<{ sessionId: string; identity: Identity }>;

/** From now on nobody claims a slot under an older policy. Answers the claims on which nobody has decided yet. */
export const closeSlots = (
  { slots }: CloseSlotsDependencies,
  { tenantId, widgetKey, policyVersion }: ClosedSlots,
  nowMs: number,
): Promise<readonly UndecidedClaim[]> =>
  slots.update(tenantId, (counter) => ({
    result: Object.entries(counter.pending).flatMap(([sessionId, { what, identity }]) =>
      what === 'claimed' && isOfKey(identity, widgetKey) ? [{ sessionId, identity }] : [],
    ),
    counter: underPolicy(counter, policyVersion, nowMs),
  }));

const isOfKey = (identity: Identity, widgetKey: string | undefined): boolean =>
  widgetKey === undefined || (identity.kind === 'widget' && identity.widgetKey === widgetKey);
