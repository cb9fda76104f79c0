import { ask, Refusal } from './api.js';
import { answerDemand, needsYes } from './consent.js';
import { prove } from './proof.js';
import { words } from './words.js';

/**
 * What the server grants for one call.
 * @typedef {{ sm_session_id: string, session_token: string, heartbeatSeconds: number, transcripts: boolean,
 *   client_secret: { value: string } }} Grant
 */

/**
 * What the page shows of a call.
 * @typedef {{ state: (state: 'idle' | 'starting' | 'live', status: string) => void,
 *   speaking: (who: 'visitor' | 'agent' | 'nobody') => void,
 *   endsAt: (atMs: number | undefined) => void,
 *   notice: (text: string | undefined) => void,
 *   demand: (demanded: readonly import('./consent.js').Demand[]) => void,
 *   agreed: () => string | undefined,
 *   kept: (isKept: boolean) => void,
 *   tell: (name: string, detail: object) => void }} View
 */

/**
 * Checks that the visitor may call, records what it agreed to, and asks the server for a call. `yes` is the demand that
 * the visitor agreed to. `stillWanted` throws after a wait in which the visitor hung up.
 * @param {{ renew: () => Promise<any>, agentId: string | undefined, view: View, stillWanted: () => void }} wanted
 * @returns {Promise<{ grant: Grant, yes: import('./consent.js').Demand | undefined }>}
 */
export async function requestCall({ renew, agentId, view, stillWanted }) {
  const fresh = await renew();
  stillWanted();
  view.demand(fresh.consent);
  const yes = needsYes(fresh.consent);
  // The words may have changed since the visitor agreed: then it is asked again.
  if (yes !== undefined && view.agreed() !== yes.textHash) throw new Refusal(words.agreeFirst);
  const consent = [];
  for (const demand of fresh.consent)
    consent.push(await answerDemand({ token: fresh.widgetSessionToken, demand, given: true }));
  stillWanted();
  const bot = await prove(fresh.challenge);
  stillWanted();
  view.state('starting', words.asking);
  const grant = await ask('/api/session', {
    token: fresh.widgetSessionToken,
    headers: { 'idempotency-key': crypto.randomUUID() },
    body: { ...(agentId && { agentId }), ...(bot && { bot }), ...(consent.length > 0 && { consent }) },
  });
  return { grant, yes };
}

/** Tells the server that a call is over. It works also while the page goes away. @param {Grant} grant */
export function reportEnd({ sm_session_id, session_token }) {
  navigator.sendBeacon('/api/session/end', JSON.stringify({ sm_session_id, authToken: session_token }));
}
