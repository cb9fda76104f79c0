import type { Acting } from '@vox/contracts';
import type { SealKey } from '@vox/platform/crypto';
import type { LiveSession } from '../decide/session.ts';
import { inTheOpen } from '../keep/sealed-person.ts';
import { type Sessions, tenantTag } from '../keep/sessions.ts';
import { type RecordActDependencies, recordAct } from './record-act.ts';

export type ListSessionsDependencies = RecordActDependencies &
  Readonly<{ sessions: Pick<Sessions, 'tagged'>; sealKey: SealKey }>;

export type ListedSession = Readonly<{ sessionId: string; session: LiveSession }>;

const listedMax = 1_000;

/** A tenant's live sessions with their persons. The list says who calls now, so whoever reads it is recorded. */
export async function listSessions(
  dependencies: ListSessionsDependencies,
  tenantId: string,
  by: Acting,
): Promise<readonly ListedSession[]> {
  const { sessions, sealKey } = dependencies;
  await recordAct(dependencies, { tenantId, action: 'session.list', target: `tenant:${tenantId}` }, by);
  const found = await sessions.tagged(tenantTag(tenantId), listedMax);
  return found.flatMap(({ key, state }) =>
    state.kind === 'live' ? [{ sessionId: key, session: inTheOpen(sealKey, key, state) }] : [],
  );
}
