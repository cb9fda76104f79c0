import type { EraseFrom, ExportFrom, HeldRecord, PersonReference } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { anonymised, type Session } from '../decide/session.ts';
import { end } from './end.ts';
import { giveBack } from './give-back.ts';
import type { Needs } from './needs.ts';

type Exported = z.input<(typeof ExportFrom)['session-broker']['reply']>;
type Erased = z.input<(typeof EraseFrom)['session-broker']['reply']>;

const iso = (ms: number): string => new Date(ms).toISOString();

/** A person's sessions, for as long as they are remembered here. */
export const answerExport =
  ({ sessions }: Pick<Needs, 'sessions'>) =>
  async ({ tenantId, sessionIds }: PersonReference): Promise<Exported> => {
    const known = await Promise.all(sessionIds.map(async (id) => ({ id, session: await sessions.read(id) })));
    return {
      records: known.flatMap(({ id, session }) => (session?.tenantId === tenantId ? [shown(id, session)] : [])),
    };
  };

function shown(id: string, session: Session): HeldRecord {
  if (session.kind === 'denied')
    return {
      kind: 'sessions',
      id,
      data: { state: 'denied', reason: session.denial.reason, at: iso(session.decidedAtMs) },
    };
  const { agentId, model, voice, grantedAtMs } = session;
  const call = { agentId, model, voice, grantedAt: iso(grantedAtMs) };
  return session.kind === 'live'
    ? { kind: 'sessions', id, data: { state: 'live', ...call } }
    : {
        kind: 'sessions',
        id,
        data: { state: 'ended', ...call, endedAt: iso(session.endedAtMs), reason: session.reason },
      };
}

/** Ends what lives, and tells of it while it is known whose it was; what is remembered after that has no person. */
export const answerErase =
  (needs: Needs) =>
  async ({ tenantId, sessionIds }: PersonReference): Promise<Erased> => {
    const erased = await Promise.all(sessionIds.map((sessionId) => erase(needs, tenantId, sessionId)));
    return { erased: erased.filter(Boolean).length };
  };

async function erase(needs: Needs, tenantId: string, sessionId: string): Promise<boolean> {
  const over = await end(needs, sessionId, (session) => (session.tenantId === tenantId ? 'privacy' : undefined));
  if (over?.tenantId !== tenantId) return false;
  const outcome = await needs.sessions.update<'erased' | 'untold' | 'gone'>(sessionId, (now) => {
    if (now === undefined) return { result: 'gone' };
    const state = anonymised(now);
    return state === undefined ? { result: 'untold' } : { result: 'erased', state };
  });
  // Somebody else is telling of its end just now: asked again, it is told.
  if (outcome === 'untold')
    throw new Fault('UNAVAILABLE', {}, { cause: new Error('the end of a session is not told yet') });
  // The slots remember for a moment whose place was given back.
  await giveBack(needs, tenantId, sessionId);
  return true;
}
