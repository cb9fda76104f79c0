import type { EraseFrom, ExportFrom, HeldRecord, PersonReference } from '@vox/contracts';
import type { z } from 'zod';
import { type ErasePersonDependencies, erasePerson } from '../command/erase-person.ts';
import type { Session } from '../decide/session.ts';
import type { Sessions } from '../keep/sessions.ts';

type Exported = z.input<(typeof ExportFrom)['session-broker']['reply']>;
type Erased = z.input<(typeof EraseFrom)['session-broker']['reply']>;

/** A person's sessions, for as long as they are stored here. */
export const answerExport =
  ({ sessions }: Readonly<{ sessions: Pick<Sessions, 'read'> }>) =>
  async ({ tenantId, sessionIds }: PersonReference): Promise<Exported> => {
    const found = await Promise.all(sessionIds.map(async (id) => ({ id, session: await sessions.read(id) })));
    const own = found.flatMap(({ id, session }) => (session?.tenantId === tenantId ? [{ id, session }] : []));
    return { records: own.map(({ id, session }): HeldRecord => ({ kind: 'sessions', id, data: shown(session) })) };
  };

const iso = (ms: number): string => new Date(ms).toISOString();

function shown(session: Session): HeldRecord['data'] {
  if (session.kind === 'denied')
    return { state: 'denied', reason: session.denial.reason, at: iso(session.decidedAtMs) };
  const { agentId, model, voice, grantedAtMs } = session;
  const call = { agentId, model, voice, grantedAt: iso(grantedAtMs) };
  return session.kind === 'live'
    ? { state: 'live', ...call }
    : { state: 'ended', ...call, endedAt: iso(session.endedAtMs), reason: session.reason };
}

export const answerErase =
  (dependencies: ErasePersonDependencies) =>
  async (person: PersonReference): Promise<Erased> => ({ erased: await erasePerson(dependencies, person) });
