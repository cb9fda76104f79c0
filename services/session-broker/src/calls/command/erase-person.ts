import { Fault } from '@vox/platform/fault';
import { releaseSlot, type SlotCounters } from '../../slots/mod.ts';
import { anonymised } from '../decide/end.ts';
import { type EndSessionDependencies, endSessionOf } from './end-session.ts';

export type ErasePersonDependencies = EndSessionDependencies & Readonly<{ slots: Pick<SlotCounters, 'reconcile'> }>;

/** A person's sessions at one tenant. */
export type PersonSessions = Readonly<{ tenantId: string; sessionIds: readonly string[] }>;

/**
 * Ends what is live, and publishes that end while the person is known. What is stored after that names no person.
 * Answers how many sessions were erased.
 */
export async function erasePerson(
  dependencies: ErasePersonDependencies,
  { tenantId, sessionIds }: PersonSessions,
): Promise<number> {
  const erased = await Promise.all(sessionIds.map((sessionId) => eraseSession(dependencies, tenantId, sessionId)));
  return erased.filter(Boolean).length;
}

async function eraseSession(
  dependencies: ErasePersonDependencies,
  tenantId: string,
  sessionId: string,
): Promise<boolean> {
  const over = await endSessionOf(dependencies, { tenantId, sessionId }, 'privacy');
  if (over?.tenantId !== tenantId) return false;
  const outcome = await dependencies.sessions.update<'erased' | 'unpublished' | 'gone'>(sessionId, (now) => {
    if (now === undefined) return { result: 'gone' };
    const state = anonymised(now);
    return state === undefined ? { result: 'unpublished' } : { result: 'erased', state };
  });
  // Another copy is publishing its end just now. When compliance asks again, it is published.
  if (outcome === 'unpublished')
    throw new Fault('UNAVAILABLE', {}, { cause: new Error('the end of a session is not published yet') });
  // The slots keep for a moment whose slot was freed.
  await releaseSlot(dependencies, tenantId, sessionId);
  return true;
}
