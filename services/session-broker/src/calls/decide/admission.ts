import { type CallMode, type Denial, type Identity, mayBegin, type Policy } from '@vox/contracts';

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
  const begin = mayBegin(policy, { identity, mode }, nowMs);
  if ('reason' in begin) return { denial: { reason: begin.reason } };
  if (!policy.agents.some((each) => each.agentId === agentId)) return { denial: { reason: 'unknown-agent' } };
  return { policy };
}
