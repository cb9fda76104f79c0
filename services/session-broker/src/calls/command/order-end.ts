import type { Acting } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { CallScope } from '../decide/call-scope.ts';
import type { Session } from '../decide/session.ts';
import { type EndScopeDependencies, endScope } from './end-scope.ts';
import { endSessionOf } from './end-session.ts';
import { recordAct } from './record-act.ts';

// The facts of the ends name no one, so who ordered them is published before they happen.
const action = 'session.order-end';

/** Ends one session by an operator's order. */
export async function orderEnd(
  dependencies: EndScopeDependencies,
  { tenantId, sessionId }: Readonly<{ tenantId: string; sessionId: string }>,
  by: Acting,
): Promise<Session | undefined> {
  await recordAct(dependencies, { tenantId, action, target: `session:${sessionId}` }, by);
  return endSessionOf(dependencies, { tenantId, sessionId }, 'admin');
}

/** Ends every session of a scope by an operator's order, and counts them. Throws Fault NOT_FOUND for another's key. */
export async function orderEndOfScope(
  dependencies: EndScopeDependencies,
  scope: CallScope,
  by: Acting,
): Promise<number> {
  const { tenantId, widgetKey } = scope;
  const isOwn = ({ key }: Readonly<{ key: string }>): boolean => key === widgetKey;
  const policy = dependencies.policies.get(tenantId);
  if (widgetKey !== undefined && policy !== undefined && !policy.keys.some(isOwn)) throw new Fault('NOT_FOUND');
  const target = widgetKey === undefined ? `tenant:${tenantId}` : `key:${widgetKey}`;
  await recordAct(dependencies, { tenantId, action, target }, by);
  return endScope(dependencies, scope, 'admin');
}
