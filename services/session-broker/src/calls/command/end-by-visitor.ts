import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@vox/platform/telemetry';
import type { Session } from '../decide/session.ts';
import { type EndSessionDependencies, finishEnd, ofTenant, storeEnd } from './end-session.ts';

export type EndByVisitorDependencies = EndSessionDependencies & Readonly<{ log: Pick<Log, 'warn'> }>;

/** The edge waits for 900 ms. A provider or a stream that is slow must not turn an end that stands into a refusal. */
const patient = (): Promise<unknown> => pause(400, undefined, { ref: false });

/**
 * Ends a session of this tenant because its page says that it is over. Answers once the end is published, or is stored
 * and patience is over: what follows goes on then, and the sweep does it if this copy dies.
 */
export async function endByVisitor(
  dependencies: EndByVisitorDependencies,
  { tenantId, sessionId }: Readonly<{ tenantId: string; sessionId: string }>,
  patience = patient,
): Promise<Session | undefined> {
  const { known, over } = await storeEnd(dependencies, sessionId, ofTenant(tenantId, 'client'));
  if (over === undefined) return known;
  const finishing = finishEnd(dependencies, sessionId, over);
  const isDone = await Promise.race([finishing.then(() => true), patience().then(() => false)]);
  if (!isDone) finishing.catch((error) => dependencies.log.warn({ error }, 'an end is stored and not published yet'));
  return over;
}
