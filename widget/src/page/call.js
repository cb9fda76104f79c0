import { ask, deliver, Refusal } from './api.js';
import { connect } from './connection.js';
import { answerDemand, needsYes } from './consent.js';
import { prove } from './proof.js';
import { transcriptOf } from './transcript.js';
import { reportOf } from './usage.js';
import { endedBecause, words } from './words.js';

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

const retryMs = 5_000;
/** How long the line stays, with the microphone off, for words that were said and are still being written down. */
const lastWordsMs = 2_000;
const lastWordsLookMs = 50;

/** Thrown where a call goes on that was hung up meanwhile. */
const hungUp = new Error('hung up');

/**
 * A call from the click to its end. The promise resolves when the call is over. `renew` gives a fresh token, and a challenge with it.
 * @param {{ renew: () => Promise<any>, agentId: string | undefined, provider: string, voice: HTMLAudioElement, view: View,
 *   after?: Promise<void> | undefined }} wanted `after`: when the call before has left its line
 */
export function startCall({ renew, agentId, provider, voice, view, after }) {
  /** @type {(reason: string) => void} */
  let finish = () => undefined;
  const over = new Promise((/** @type {(reason: string) => void} */ resolve) => {
    finish = resolve;
  });
  /** @type {import('./connection.js').Connection | undefined} */
  let connection;
  /** @type {{ sm_session_id: string, session_token: string, heartbeatSeconds: number, transcripts: boolean } | undefined} */
  let grant;
  /** What is said, where it is to be kept. @type {ReturnType<typeof transcriptOf> | undefined} */
  let transcript;
  let ended = false;
  /** The provider's line can still carry words. */
  let isOpen = false;
  /** The server is to be told of the end, and was not yet. */
  let mustTell = false;
  /** @type {() => void} */
  let lineFree = () => undefined;
  const free = new Promise((/** @type {(value: void) => void} */ resolve) => {
    lineFree = resolve;
  });
  /** What the visitor agreed to and may take back. @type {import('./consent.js').Demand | undefined} */
  let agreedTo;
  let active = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let beat;

  /** @param {string} status @param {string} [notice] @param {string} [reason] */
  function end(status, notice, reason = 'client') {
    if (ended) return;
    ended = true;
    clearTimeout(beat);
    connection?.silence();
    void lastWords();
    view.endsAt(undefined);
    view.kept(false);
    view.speaking('nobody');
    view.notice(notice);
    view.state('idle', status);
    if (grant !== undefined) view.tell('session:end', { sessionId: grant.sm_session_id, reason });
    finish(reason);
  }

  /** The visitor is gone from the line; what it said may still be on its way to the transcript. */
  async function lastWords() {
    for (let leftMs = lastWordsMs; leftMs > 0 && isOpen && transcript?.awaits(); leftMs -= lastWordsLookMs)
      await new Promise((resolve) => setTimeout(resolve, lastWordsLookMs));
    if (mustTell) leave();
    connection?.close();
    lineFree();
    await transcript?.finish();
    window.removeEventListener('online', onOnline);
  }

  const onOnline = () => transcript?.online();
  window.addEventListener('online', onOnline);

  /** After each wait: whoever hung up meanwhile wants no line any more. */
  function stillWanted() {
    if (ended) throw hungUp;
  }

  async function run() {
    view.notice(undefined);
    view.state('starting', words.microphone);
    const microphone = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => {
      throw new Refusal(words.noMicrophone);
    });
    try {
      stillWanted();
      view.state('starting', words.checking);
      await after;
      const fresh = await renew();
      stillWanted();
      view.demand(fresh.consent);
      const yes = needsYes(fresh.consent);
      // Other words than the visitor agreed to are new words: it is asked again.
      if (yes !== undefined && view.agreed() !== yes.textHash) throw new Refusal(words.agreeFirst);
      const consent = [];
      for (const demand of fresh.consent)
        consent.push(await answerDemand({ token: fresh.widgetSessionToken, demand, given: true }));
      stillWanted();
      const bot = await prove(fresh.challenge);
      stillWanted();
      view.state('starting', words.asking);
      grant = await ask('/api/session', {
        token: fresh.widgetSessionToken,
        headers: { 'idempotency-key': crypto.randomUUID() },
        body: { ...(agentId && { agentId }), ...(bot && { bot }), ...(consent.length > 0 && { consent }) },
      });
      stillWanted();
      if (grant?.transcripts)
        transcript = transcriptOf({
          ...{ sessionId: grant.sm_session_id, token: grant.session_token, ask },
          beacon: (path, text) => navigator.sendBeacon(path, text),
        });
      agreedTo = yes;
      view.kept(yes !== undefined);
      view.state('starting', words.connecting);
      const { value: secret } = /** @type {any} */ (grant).client_secret;
      isOpen = true;
      connection = await connect({ provider, secret, microphone, voice, onEvent, onState, onHungUp });
      stillWanted();
    } catch (error) {
      for (const track of microphone.getTracks()) track.stop();
      connection?.close();
      leave();
      throw error;
    }
  }

  /** @param {RTCPeerConnectionState} state */
  function onState(state) {
    if (grant === undefined || ended) return;
    if (state === 'connected' && beat === undefined) {
      view.state('live', words.listening);
      view.tell('session:start', { sessionId: grant.sm_session_id });
      void heartbeat();
    }
    if (state === 'disconnected') view.notice(words.lost);
    if (state === 'connected') view.notice(undefined);
    if (state === 'failed') {
      leave();
      end(words.ended, words.dropped, 'provider');
    }
  }

  /** The provider closed the call: the server knows why, if it was the server's wish. */
  async function onHungUp() {
    isOpen = false;
    if (ended) return;
    await heartbeat();
    if (ended) return;
    leave();
    end(endedBecause('provider'), undefined, 'provider');
  }

  /** Tells what a response or a transcription used. @param {string | undefined} id @param {import('./usage.js').Usage | null | undefined} usage */
  function used(id, usage) {
    if (grant === undefined) return;
    const body = reportOf(grant.sm_session_id, id, usage);
    // A report that is refused for what it says will be refused again; the server counts the time by itself.
    if (body) void deliver('/api/usage/report', { token: grant.session_token, body }).catch(() => undefined);
  }

  /** @param {any} event */
  function onEvent(event) {
    if (grant === undefined) return;
    transcript?.hear(event);
    // What is heard while the last words are awaited is billed too.
    if (event.type === 'response.done') used(event.response?.id, event.response?.usage);
    if (event.type === 'conversation.item.input_audio_transcription.completed') used(event.item_id, event.usage);
    if (ended) return;
    switch (event.type) {
      case 'input_audio_buffer.speech_started':
        active = true;
        return view.speaking('visitor');
      case 'output_audio_buffer.started':
        active = true;
        return view.speaking('agent');
      case 'input_audio_buffer.speech_stopped':
      case 'output_audio_buffer.stopped':
        return view.speaking('nobody');
      case 'conversation.item.input_audio_transcription.completed':
        return view.tell('message', { role: 'user', text: event.transcript });
      case 'response.audio_transcript.done':
      case 'response.output_audio_transcript.done':
        return view.tell('message', { role: 'assistant', text: event.transcript });
    }
  }

  async function heartbeat() {
    if (grant === undefined || ended) return;
    clearTimeout(beat);
    const { sm_session_id, session_token, heartbeatSeconds } = grant;
    let nextMs = heartbeatSeconds * 1_000;
    const was = active;
    active = false;
    try {
      const body = { sm_session_id, active: was, ...(connection?.callId && { callId: connection.callId }) };
      const { session } = await ask('/api/heartbeat', { token: session_token, body });
      const endsAtMs = Date.parse(session.endsAt);
      view.endsAt(endsAtMs);
      // Look again just when the time is over, so that the visitor hears why.
      nextMs = Math.max(1_000, Math.min(nextMs, endsAtMs - Date.now() + 500));
    } catch (error) {
      active ||= was;
      const { status, reason, message } = /** @type {Refusal} */ (error);
      if (status !== undefined && status >= 400 && status < 429)
        return end(reason === undefined ? message : endedBecause(reason), undefined, reason ?? 'provider');
      nextMs = retryMs;
    }
    if (!ended) beat = setTimeout(() => void heartbeat(), nextMs);
  }

  /** Tells the server that the call is over, also while the page goes away. */
  function leave() {
    mustTell = false;
    if (grant === undefined) return;
    const { sm_session_id, session_token } = grant;
    navigator.sendBeacon('/api/session/end', JSON.stringify({ sm_session_id, authToken: session_token }));
  }

  run().catch((error) => {
    if (ended) return;
    const message = error instanceof Refusal ? error.message : words.providerFailed;
    view.tell('error', { code: error instanceof Refusal ? error.code : undefined, message });
    end(words.notStarted, message, 'error');
  });

  return {
    over,
    /** Resolves once the line of this call can be another's. */
    free,
    /** @param {boolean} muted */
    mute: (muted) => connection?.mute(muted),
    /** Takes back what was agreed to; the call goes on. */
    async withdraw() {
      if (agreedTo === undefined) return;
      try {
        const { widgetSessionToken } = await renew();
        await answerDemand({ token: widgetSessionToken, demand: agreedTo, given: false });
        agreedTo = undefined;
        transcript?.drop();
        view.kept(false);
        view.notice(words.withdrawn);
      } catch (error) {
        view.notice(/** @type {Error} */ (error).message);
      }
    },
    hangUp() {
      mustTell = !ended;
      end(words.ended);
    },
    /** The page goes away, and takes the call with it. */
    pageGone() {
      transcript?.leave();
      leave();
      end(words.ended);
    },
  };
}
