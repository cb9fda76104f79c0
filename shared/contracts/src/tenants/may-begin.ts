import { allowsMode, type CallMode } from '../calls/call-mode.ts';
import type { DenialReason } from '../calls/session.ts';
import type { Identity } from '../values/ids.ts';
import { closedBy, livingKey, type Policy, type PolicyKey } from './policy.ts';

/**
 * Whether a policy lets somebody begin a call of this mode now, whatever the call is: the key under which it may, if it
 * comes by one; or why not.
 */
export function mayBegin(
  policy: Policy,
  { identity, mode }: Readonly<{ identity: Identity; mode: CallMode }>,
  nowMs: number,
): Readonly<{ key: PolicyKey | undefined }> | Readonly<{ reason: DenialReason }> {
  const key = identity.kind === 'widget' ? livingKey(policy, identity.widgetKey, nowMs) : undefined;
  if (closedBy(policy, key) !== undefined) return { reason: 'tenant-suspended' };
  if (identity.kind === 'widget' && key === undefined) return { reason: 'key-revoked' };
  return allowsMode(policy.calls, mode) ? { key } : { reason: 'mode-not-allowed' };
}
