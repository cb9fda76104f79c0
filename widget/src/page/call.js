import { ask, Refusal } from './api.js';
import { connect, openMicrophone } from './connection.js';
import { answerDemand } from './consent.js';
import { heartbeatsOf } from './heartbeats.js';
import { meaningOf } from './meaning.js';
import { reportEnd, requestCall } from './request.js';
import { transcriptOf } from './transcript.js';
import { reportUsage } from './usage.js';
import { endedBecause, words } from './words.js';

/** How long the line stays open, with the microphone off, for words that the provider is still transcribing. */
const [lastWordsMs, lastWordsLookMs] = [2_000, 50];

/** Thrown when the visitor hung up while the call was being prepared. */
const hungUp = new Error('hung up');

/**
 * A call from the click to its end. `over` resolves when it is over. `renew` gives a fresh token with a challenge, and
 * `after` resolves when the call before has left its line.
 * @param {{ renew: () => Promise<any>, agentId: string | undefined, provider: string, voice: HTMLAudioElement,
 *   view: import('./request.js').View, after?: Promise<void> | undefined }} wanted
 */
export function startCall({ renew, agentId, provider, voice, view, after }) {
  /** @type {(reason: string) => void} */
  let finish = () => undefined;
  const over = new Promise((/** @type {(reason: string) => void} */ resolve) => {
    finish = resolve;
  });
  /** @type {import('./connection.js').Connection | undefined} */
  let connection;
  /** @type {import('./request.js').Grant | undefined} */
  let grant;
  /** What is said, if it is kept. @type {ReturnType<typeof transcriptOf> | undefined} */
  let transcript;
  let ended = false;
  /** Whether the provider's line can still carry words. */
  let isOpen = false;
  /** Whether the server must still learn of the end. */
  let mustTell = false;
  /** @type {() => void} */
  let lineFree = () => undefined;
  const free = new Promise((/** @type {(value: void) => void} */ resolve) => {
    lineFree = resolve;
  });
  /** What the visitor agreed to and may take back. @type {import('./consent.js').Demand | undefined} */
  let agreedTo;
  /** @type {ReturnType<typeof heartbeatsOf> | undefined} */
  let heartbeats;

  /** @param {string} status @param {string} [notice] @param {string} [reason] */
  function end(status, notice, reason = 'client') {
    if (ended) return;
    ended = true;
    heartbeats?.stop();
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

  /** The visitor has left the line. What it said may still be on its way to the transcript. */
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

  /** Asked after each wait: a visitor who hung up meanwhile wants no line any more. */
  function stillWanted() {
    if (ended) throw hungUp;
  }

  async function run() {
    view.notice(undefined);
    view.state('starting', words.microphone);
    const microphone = await openMicrophone();
    try {
      stillWanted();
      view.state('starting', words.checking);
      await after;
      const requested = await requestCall({ renew, agentId, view, stillWanted });
      grant = requested.grant;
      stillWanted();
      if (grant.transcripts)
        transcript = transcriptOf({ sessionId: grant.sm_session_id, token: grant.session_token, ask });
      agreedTo = requested.yes;
      view.kept(agreedTo !== undefined);
      heartbeats = heartbeatsOf({
        ...{ grant, callId: () => connection?.callId, isOver: () => ended, endsAt: view.endsAt },
        end: (status, reason) => end(status, undefined, reason),
      });
      view.state('starting', words.connecting);
      isOpen = true;
      const secret = grant.client_secret.value;
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
    if (state === 'connected' && !heartbeats?.haveBegun()) {
      view.state('live', words.listening);
      view.tell('session:start', { sessionId: grant.sm_session_id });
      void heartbeats?.beat();
    }
    if (state === 'disconnected') view.notice(words.lost);
    if (state === 'connected') view.notice(undefined);
    if (state === 'failed') {
      leave();
      end(words.ended, words.dropped, 'provider');
    }
  }

  /** The provider closed the call. If the server ended it, the heartbeat learns why. */
  async function onHungUp() {
    isOpen = false;
    if (ended) return;
    await heartbeats?.beat();
    if (ended) return;
    leave();
    end(endedBecause('provider'), undefined, 'provider');
  }

  /** @param {any} event */
  function onEvent(event) {
    if (grant === undefined) return;
    transcript?.hear(event);
    const { used, speaking, message } = meaningOf(event);
    // Usage is billed also while the last words are awaited.
    if (used) reportUsage(grant, used);
    if (ended) return;
    if (speaking === 'visitor' || speaking === 'agent') heartbeats?.spoke();
    if (speaking) view.speaking(speaking);
    if (message) view.tell('message', message);
  }

  /** Tells the server that the call is over. It works also while the page goes away. */
  function leave() {
    mustTell = false;
    if (grant !== undefined) reportEnd(grant);
  }

  run().catch((error) => {
    if (ended) return;
    const message = error instanceof Refusal ? error.message : words.providerFailed;
    view.tell('error', { code: error instanceof Refusal ? error.code : undefined, message });
    end(words.notStarted, message, 'error');
  });

  return {
    over,
    /** Resolves when another call may take the line. */
    free,
    /** @param {boolean} muted */
    mute: (muted) => connection?.mute(muted),
    /** Takes back what the visitor agreed to. The call goes on. */
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
    /** Ends the call with its page. */
    pageGone() {
      transcript?.leave();
      leave();
      end(words.ended);
    },
  };
}
