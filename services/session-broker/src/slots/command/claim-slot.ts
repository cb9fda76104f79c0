import { type Policy, tenantClassOf } from '@vox/contracts';
import { slotUse } from '@vox/platform/telemetry';
import { type Claimed, claim, mustAskAddress, mustAskPerson } from '../decide/claim.ts';
import type { SlotOwner } from '../decide/scopes.ts';
import { openIn } from '../decide/slots.ts';
import type { SlotHolders } from '../keep/slot-holders.ts';
import type { SlotCounters } from '../keep/slots.ts';

export type ClaimSlotDependencies = Readonly<{
  slots: Pick<SlotCounters, 'update'>;
  holders: Pick<SlotHolders, 'liveOfPerson' | 'liveOfAddress'>;
}>;

export type SlotWanted = SlotOwner & Readonly<{ sessionId: string; policy: Policy; nowMs: number }>;

/**
 * Claims a start and a slot in one conditional write, under every cap of the policy. Where the slots do not count a
 * person or an address, the live sessions are read inside the write: what they say is at least as new as the slots.
 */
export async function claimSlot(
  { slots, holders }: ClaimSlotDependencies,
  { sessionId, identity, address, policy, nowMs }: SlotWanted,
): Promise<Claimed> {
  const { tenantId } = policy;
  const limits = policy.limits[identity.kind];
  const others = (ids: readonly string[]): string[] => ids.filter((id) => id !== sessionId);
  const { claimed, open } = await slots.update(tenantId, async (before) => {
    const openOfPerson = mustAskPerson(before, identity, limits)
      ? others(await holders.liveOfPerson(tenantId, identity, limits.openSessionsPerPerson + 1))
      : [];
    const openOfAddress =
      address !== undefined && mustAskAddress(before, identity, limits)
        ? others(await holders.liveOfAddress(tenantId, address, (limits.openSessionsPerAddress ?? 0) + 1))
        : [];
    const asking = { sessionId, identity, address, openOfPerson, openOfAddress };
    const claimed = claim(before, { ...asking, limits, policyVersion: policy.version, nowMs });
    const counter = 'slots' in claimed ? claimed.slots : before;
    return { result: { claimed, open: openIn(counter, identity.kind) }, counter };
  });
  slotUse.record(shareOf(open, limits.openSessions), { tenant_class: tenantClassOf(policy) });
  return claimed;
}

/** The share of a limit that is used. Of a limit of zero all is used. */
const shareOf = (used: number, limit: number): number => (limit === 0 ? 1 : used / limit);
