import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { hangUp, type Providers } from '../../provider/mod.ts';
import { providerOf, type Session } from '../decide/session.ts';
import type { Lead, Leads } from '../keep/leads.ts';
import type { Sessions } from '../keep/sessions.ts';

export type FollowLeadDependencies = Readonly<{
  leads: Pick<Leads, 'update' | 'remove'>;
  sessions: Pick<Sessions, 'read'>;
  providers: Providers;
  clock: Clock;
  log: Log;
}>;

const againMs = 5_000;

/**
 * Looks at what came of a call that was about to be made. One that became no session's own, for its broker crashed or
 * was overtaken, is hung up. Of one that was never named nobody has the answer: it ends by itself.
 */
export async function followLead(dependencies: FollowLeadDependencies, leadId: string, lead: Lead): Promise<void> {
  const { leads, sessions, clock, log } = dependencies;
  const { tenantId, sessionId, callId } = lead;
  const isOwn = callId !== undefined && callOf(await sessions.read(sessionId)) === callId;
  if (callId === undefined || isOwn) return leads.remove(leadId);
  log.warn({ tenant: tenantId, session: sessionId }, 'a call that became nobody’s is hung up');
  if ((await hangUp(dependencies, { provider: providerOf(lead), callId })) !== undefined) return leads.remove(leadId);
  const lookAtMs = clock.now().getTime() + againMs;
  await leads.update(leadId, (known) => ({ result: undefined, ...(known && { state: { ...known, lookAtMs } }) }));
}

const callOf = (session: Session | undefined): string | undefined =>
  session === undefined || session.kind === 'denied' ? undefined : session.callId;
