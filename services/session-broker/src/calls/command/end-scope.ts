import type { EndReason } from '@vox/contracts';
import type { CallScope } from '../decide/call-scope.ts';
import type { Session } from '../decide/session.ts';
import { keyTag, loginTag, type Sessions, tenantTag } from '../keep/sessions.ts';
import { type EndSessionDependencies, endNow } from './end-session.ts';

export type EndScopeDependencies = EndSessionDependencies & Readonly<{ sessions: Pick<Sessions, 'tagged'> }>;

const pageSize = 100;

/**
 * Ends every live session of a scope, and tells of each that has ended. One that cannot be ended now keeps none of the
 * others alive: its error is thrown when all were tried.
 */
export async function endScope(
  dependencies: EndScopeDependencies,
  scope: CallScope,
  reason: EndReason,
  onEnded: () => void = () => undefined,
): Promise<void> {
  const { tenantId } = scope;
  const tag = tagOf(scope);
  const end = async (sessionId: string, state: Session): Promise<void> => {
    const session = await endNow(dependencies, { tenantId, sessionId }, state, reason);
    if (session?.kind === 'ended') onEnded();
  };
  const failures: unknown[] = [];
  for (let after: string | undefined; ; ) {
    const page = await dependencies.sessions.tagged(tag, pageSize, after);
    // They end side by side, so that no call lives on while a slow provider hangs up those before it.
    const ends = await Promise.allSettled(page.map(({ key, state }) => end(key, state)));
    failures.push(...ends.flatMap((each) => (each.status === 'rejected' ? [each.reason] : [])));
    after = page.at(-1)?.key;
    if (page.length < pageSize) break;
  }
  if (failures.length > 0) throw failures[0];
}

function tagOf({ tenantId, widgetKey, loginId }: CallScope): string {
  if (loginId !== undefined) return loginTag(loginId);
  return widgetKey === undefined ? tenantTag(tenantId) : keyTag(widgetKey);
}
