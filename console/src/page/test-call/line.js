import { listenTo } from '@vox/widget/page/brokered/stream.js';
import { heartbeatsOf } from '@vox/widget/page/call/heartbeats.js';
import { operations as o } from '../operations.js';
import { ask } from '../request.js';

/** @typedef {import('./test-call.js').Call} Call */

/** @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/**
 * Hears of a call that was granted, says that it lives, and ends it at the server.
 * @param {any} grant
 * @param {Call} call
 */
export function follow(grant, call) {
  const { id, session_token: token, transcripts } = grant;
  const beats = heartbeatsOf({
    ...{ grant, callId: () => undefined, isOver: call.isOver },
    endsAt: (atMs) => call.tell({ kind: 'ends', atMs }),
    end: (_, reason) => call.over({ reason }),
  });
  const listening = listenTo({
    token,
    onRefused: () => void beats.beat(),
    onEvent({ name, data: text }) {
      const data = parsed(text);
      if (name === 'ended') call.over({ reason: String(data.reason) });
      else call.tell({ kind: 'event', name, data });
    },
  });
  call.onOver(() => {
    beats.stop();
    listening.stop();
    // The call’s own token speaks here: if it is none any more, that says nothing of the login.
    void ask(o.endOwnCall, { sm_session_id: id, authToken: token }, { asAnybody: true, isLast: true });
  });
  call.tell({ kind: 'granted', id, areWordsKept: transcripts });
  return beats;
}

export { offerCall } from '@vox/widget/page/brokered/offer.js';
