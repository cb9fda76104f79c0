import {
  allowsMode,
  type CallMode,
  closedBy,
  type Denial,
  type Identity,
  livingKey,
  type Policy,
} from '@vox/contracts';

/** A request that quota has admitted, as far as the policy is concerned. */
export type Admission = Readonly<{ identity: Identity; agentId: string; mode: CallMode; deadlineAt: string }>;

/** The policy under which a call may be granted now, or why none may. Quota asked the same, but it may have changed. */
export function admit(
  policy: Policy | undefined,
  { identity, agentId, mode, deadlineAt }: Admission,
  nowMs: number,
): Readonly<{ policy: Policy }> | Readonly<{ denial: Denial }> {
  if (Date.parse(deadlineAt) <= nowMs) return { denial: { reason: 'expired' } };
  if (policy === undefined) return { denial: { reason: 'unavailable' } };
  const key = identity.kind === 'widget' ? livingKey(policy, identity.widgetKey, nowMs) : undefined;
  if (closedBy(policy, key) !== undefined) return { denial: { reason: 'tenant-suspended' } };
  if (identity.kind === 'widget' && key === undefined) return { denial: { reason: 'key-revoked' } };
  if (!allowsMode(policy.calls, mode)) return { denial: { reason: 'mode-not-allowed' } };
  if (!policy.agents.some((each) => each.agentId === agentId)) return { denial: { reason: 'unknown-agent' } };
  return { policy };
}
