import { ask, Refusal } from '../api.js';
import { prove as proveHere } from '../proof.js';
import { words } from '../words.js';
import { answerDemand, needsYes } from './consent.js';

/**
 * What the server grants for one call: `answer` to the offer of a brokered one, or the secret of a direct one.
 * @typedef {{ sm_session_id: string, session_token: string, heartbeatSeconds: number, transcripts: boolean,
 *   client_secret?: { value: string }, answer?: string, typing?: boolean }} Grant
 */

/**
 * Who makes the call at the provider: the server, or this page.
 * @typedef {'brokered' | 'direct'} Mode
 */

/**
 * What the page shows of a call.
 * @typedef {{ state: (state: 'idle' | 'starting' | 'live', status: string) => void,
 *   speaking: (who: 'visitor' | 'agent' | 'thinking' | 'nobody') => void,
 *   captioned: (areShown: boolean) => void,
 *   caption: (caption: import('../brokered/captions.js').Caption) => void,
 *   endsAt: (atMs: number | undefined) => void,
 *   warn: () => void,
 *   notice: (text: string | undefined) => void,
 *   demand: (demanded: readonly import('./consent.js').Demand[]) => void,
 *   agreed: () => string | undefined,
 *   kept: (isKept: boolean) => void,
 *   result: (useId: string, result: import('../brokered/results.js').ToolView) => void,
 *   link: (useId: string, link: import('../brokered/results.js').GivenLink) => void,
 *   ask: (asked: { text: string, answer: (given: boolean) => void } | undefined) => void,
 *   clear: () => void,
 *   tell: (name: string, detail: object) => void }} View
 */

/** An older server says nothing of it, and has direct calls only. @param {any} fresh @returns {Mode} */
const modeOf = ({ calls }) => (calls === 'brokered' ? 'brokered' : 'direct');

/**
 * The other mode, where a refusal says that the tenant's policy has changed meanwhile.
 * @param {Mode} mode @param {unknown} error @returns {Mode | undefined}
 */
export function otherMode(mode, error) {
  const code = error instanceof Refusal ? error.code : undefined;
  if (mode === 'direct' && code === 'BROKERED_ONLY') return 'brokered';
  return mode === 'brokered' && code === 'DIRECT_ONLY' ? 'direct' : undefined;
}

/**
 * Checks that the visitor may call, records what it agreed to, and asks the server for a call. `yes` is the demand that
 * the visitor agreed to, and `captions` says whether the tenant shows what is said. `stillWanted` throws after a wait
 * in which the visitor hung up. `offer` makes the offer of a brokered call, and `prove` what a challenge asks for.
 * @param {{ renew: () => Promise<any>, agentId: string | undefined, view: View, stillWanted: () => void,
 *   offer: () => Promise<string>, prove?: import('../proof.js').Prove | undefined }} wanted
 * @returns {Promise<{ grant: Grant, yes: import('./consent.js').Demand | undefined, captions: boolean }>}
 */
export async function requestCall({ renew, agentId, view, stillWanted, offer, prove = proveHere }) {
  let fresh = await renew();
  stillWanted();
  view.demand(fresh.consent);
  const yes = needsYes(fresh.consent);
  // The words may have changed since the visitor agreed: then it is asked again.
  if (yes !== undefined && view.agreed() !== yes.textHash) throw new Refusal(words.agreeFirst);
  /** @type {string[]} */
  const consent = [];
  for (const demand of fresh.consent)
    consent.push(await answerDemand({ token: fresh.widgetSessionToken, demand, given: true }));

  /** @param {Mode} mode @returns {Promise<Grant>} */
  async function askFor(mode) {
    stillWanted();
    const bot = await prove(fresh.challenge);
    stillWanted();
    const sdp = mode === 'brokered' ? await offer() : undefined;
    stillWanted();
    view.state('starting', words.asking);
    const shown = { ...(bot && { bot }), ...(consent.length > 0 && { consent }) };
    return ask('/api/session', {
      token: fresh.widgetSessionToken,
      headers: { 'idempotency-key': crypto.randomUUID() },
      body: { ...(agentId && { agentId }), ...shown, ...(sdp && { offer: sdp }) },
    });
  }

  const mode = modeOf(fresh);
  const grant = await askFor(mode).catch(async (error) => {
    const other = otherMode(mode, error);
    if (other === undefined) throw error;
    // The challenge may be spent.
    fresh = await renew();
    return askFor(other);
  });
  return { grant, yes, captions: fresh.captions !== false };
}
