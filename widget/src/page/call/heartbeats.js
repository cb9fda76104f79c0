import { ask } from '../api.js';
import { endedBecause } from '../words.js';

const retryMs = 5_000;

/**
 * The heartbeats of one call. `end` is called when the server says that the call is over.
 * @param {{ grant: import('./request.js').Grant, callId: () => string | undefined, isOver: () => boolean,
 *   endsAt: (atMs: number) => void, end: (status: string, reason: string) => void }} call
 */
export function heartbeatsOf({ grant, callId, isOver, endsAt, end }) {
  let active = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let next;

  async function beat() {
    if (isOver()) return;
    clearTimeout(next);
    const { sm_session_id, session_token, heartbeatSeconds } = grant;
    let nextMs = heartbeatSeconds * 1_000;
    const wasActive = active;
    active = false;
    try {
      const id = callId();
      const body = { sm_session_id, active: wasActive, ...(id && { callId: id }) };
      const { session } = await ask('/api/heartbeat', { token: session_token, body });
      const endsAtMs = Date.parse(session.endsAt);
      endsAt(endsAtMs);
      // It asks again just when the time is over, so that the visitor learns why the call ended.
      nextMs = Math.max(1_000, Math.min(nextMs, endsAtMs - Date.now() + 500));
    } catch (error) {
      active ||= wasActive;
      const { status, reason, message } = /** @type {import('../api.js').Refusal} */ (error);
      if (status !== undefined && status >= 400 && status < 429)
        return end(reason === undefined ? message : endedBecause(reason), reason ?? 'provider');
      nextMs = retryMs;
    }
    if (isOver()) return;
    // Another may have been asked for meanwhile: one comes next, not two.
    clearTimeout(next);
    next = setTimeout(() => void beat(), nextMs);
  }

  return {
    beat,
    /** Somebody spoke: the next heartbeat says so. */
    spoke() {
      active = true;
    },
    stop: () => clearTimeout(next),
  };
}
