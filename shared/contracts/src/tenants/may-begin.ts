import { allowsMode, type CallMode } from '../calls/call-mode.ts';
import type { DenialReason } from '../calls/session.ts';
import { revocationKey } from '../security/token-keys.ts';
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

/**
 * Why a call that goes on must end by what is in force now: its widget key was revoked, or its tenant or key is closed.
 * The end of a login is no such reason: only its fact says why it ended.
 */
export function mustEnd(
  identity: Identity,
  policy: Policy | undefined,
  revoked: Readonly<{ get: (key: string) => unknown }>,
): 'key_revoked' | 'admin' | undefined {
  const widgetKey = identity.kind === 'widget' ? identity.widgetKey : undefined;
  if (widgetKey !== undefined && revoked.get(revocationKey('widget-key', widgetKey)) !== undefined)
    return 'key_revoked';
  if (policy === undefined) return undefined;
  const key = policy.keys.find((each) => each.key === widgetKey);
  return closedBy(policy, key) === undefined ? undefined : 'admin';
}
