import { deliver } from '../api.js';
import { sendLast } from '../reach.js';

const path = '/api/session/end';
/** Tokens of the calls whose end the server has not taken yet, in memory alone. @type {Map<string, string>} */
const untold = new Map();

/** @typedef {{ sm_session_id: string, session_token: string }} Ended */

/**
 * Tells the server that a call is over, again and again until it has taken that: a visitor who is offline hangs up too.
 * A refusal says that there is nothing left to end.
 * @param {Ended} call
 */
export function tellEnd({ sm_session_id, session_token }) {
  if (untold.has(sm_session_id)) return;
  untold.set(sm_session_id, session_token);
  void deliver(path, { token: session_token, body: { sm_session_id }, keepalive: true })
    .catch(() => undefined)
    .finally(() => untold.delete(sm_session_id));
}

/**
 * The page goes away: the browser sends afterwards that this call is over, and what the server has not taken yet of
 * others.
 * @param {Ended | undefined} call
 */
export function leaveEnds(call) {
  if (call !== undefined) untold.set(call.sm_session_id, call.session_token);
  for (const [sm_session_id, authToken] of untold) sendLast(path, JSON.stringify({ sm_session_id, authToken }));
}
