import { providerFailed, Refusal } from '../api.js';
import { newsOf } from '../brokered/news.js';
import { reportsOf } from '../direct/reports.js';
import { promised, whileAwaited } from '../promised.js';
import { endedBecause, words } from '../words.js';
import { takeBack } from './consent.js';
import { leaveEnds, tellEnd } from './ends.js';
import { heartbeatsOf } from './heartbeats.js';
import { lineOf } from './line.js';
import { requestCall } from './request.js';
import { say } from './say.js';

/** Thrown when the visitor hung up while the call was being prepared. */
const hungUp = new Error('hung up');

/**
 * A call from the click to its end. `over` resolves when it is over. `renew` gives a fresh token with a challenge, and
 * `after` resolves when the call before has left its line. `deviceId` is the microphone that the visitor chose,
 * and `prove` makes the proofs of a page that is not VOX's own.
 * @param {{ renew: () => Promise<any>, agentId: string | undefined, provider: string, voice: HTMLAudioElement,
 *   view: import('./request.js').View, after?: Promise<void> | undefined, deviceId?: string | undefined,
 *   prove?: import('../proof.js').Prove | undefined }} wanted
 */
export function startCall({ renew, agentId, provider, voice, view, after, deviceId, prove }) {
  const { promise: over, resolve: finish } = /** @type {typeof promised<string>} */ (promised)();
  const { promise: free, resolve: lineFree } = /** @type {typeof promised<void>} */ (promised)();
  /** @type {import('./request.js').Grant | undefined} */
  let grant;
  /** What this page tells of a direct call. @type {ReturnType<typeof reportsOf> | undefined} */
  let reports;
  /** What the server tells of a brokered call. @type {ReturnType<typeof newsOf> | undefined} */
  let news;
  /** @type {ReturnType<typeof heartbeatsOf> | undefined} */
  let heartbeats;
  /** What the visitor agreed to and may take back. @type {import('./consent.js').Demand | undefined} */
  let agreedTo;
  /** `isOpen`: the provider's line can still carry words. */
  let [ended, isLive, isOpen] = [false, false, false];
  /** Whether the server must still learn of the end. */
  let mustTell = false;

  /** @param {string} status @param {string} [notice] @param {string} [reason] */
  function end(status, notice, reason = 'client') {
    if (ended) return;
    ended = true;
    heartbeats?.stop();
    news?.stop();
    line.silence();
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
    await whileAwaited(() => isOpen && reports?.awaits() === true);
    if (mustTell) leave();
    line.close();
    lineFree();
    await reports?.finish();
    window.removeEventListener('online', onOnline);
  }

  function onOnline() {
    reports?.online();
    news?.online();
  }
  window.addEventListener('online', onOnline);

  const isOver = () => ended;
  /** Asked after each wait: a visitor who hung up meanwhile wants no line any more. */
  function stillWanted() {
    if (ended) throw hungUp;
  }

  const line = lineOf({ provider, voice, onState, onHungUp, deviceId });

  async function run() {
    view.notice(undefined);
    view.state('starting', words.microphone);
    await line.openMicrophone();
    try {
      stillWanted();
      view.state('starting', words.checking);
      await after;
      const requested = await requestCall({ renew, agentId, view, stillWanted, offer: line.offer, prove });
      grant = requested.grant;
      stillWanted();
      keep(requested.yes);
      begin(grant, requested.captions);
      view.state('starting', words.connecting);
      isOpen = true;
      await line.connect(grant, (event) => reports?.hear(event));
      stillWanted();
    } catch (error) {
      line.close();
      leave();
      throw error;
    }
  }

  /** The visitor may take back what it agreed to. @param {import('./consent.js').Demand | undefined} demand */
  function keep(demand) {
    agreedTo = demand;
    view.kept(demand !== undefined);
  }

  /** Begins to tell and to hear of the call. @param {import('./request.js').Grant} granted @param {boolean} captions */
  function begin(granted, captions) {
    const token = granted.session_token;
    const beats = (heartbeats = heartbeatsOf({
      ...{ grant: granted, callId: line.callId, isOver, endsAt: view.endsAt },
      end: (status, reason) => end(status, undefined, reason),
    }));
    if (granted.answer === undefined) reports = reportsOf({ grant: granted, view, isOver, spoke: beats.spoke });
    else news = newsOf({ token, captions, view, isOver, end, renew, agreed: keep, beat: () => void beats.beat() });
  }

  /** @param {RTCPeerConnectionState} state */
  function onState(state) {
    if (grant === undefined || ended) return;
    if (state === 'connected' && !isLive) {
      isLive = true;
      view.state('live', words.listening);
      view.tell('session:start', { sessionId: grant.sm_session_id });
      void heartbeats?.beat();
    }
    if (state === 'disconnected') view.notice(words.lost);
    if (state === 'connected') view.notice(undefined);
    if (state === 'failed') void onLost();
  }

  async function onLost() {
    // The server may have ended a brokered call, and then knows why.
    if (news !== undefined) await heartbeats?.beat();
    if (ended) return;
    leave();
    view.tell('error', { code: 'LINE_LOST', message: words.dropped });
    end(words.ended, words.dropped, 'provider');
  }

  /** The provider closed the call. If the server ended it, the heartbeat learns why. */
  async function onHungUp() {
    isOpen = false;
    if (ended) return;
    await heartbeats?.beat();
    // Of a brokered call the server says when it is over.
    if (ended || news !== undefined) return;
    leave();
    end(endedBecause('provider'), undefined, 'provider');
  }

  /** Tells the server that the call is over. */
  function leave() {
    mustTell = false;
    if (grant !== undefined) tellEnd(grant);
  }

  const settled = run().catch((error) => {
    if (ended) return;
    const { code, message } = error instanceof Refusal ? error : providerFailed();
    view.tell('error', { code, message });
    end(words.notStarted, message, 'error');
  });

  return {
    over,
    /** Resolves when another call may take the line. */
    free,
    /** Resolves when nothing of its beginning is on its way any more. */
    settled,
    ...{ mute: line.mute, streams: line.streams, stats: line.stats, useMicrophone: line.useMicrophone },
    /** Whether typed words can be sent: an older server, and some providers, take none in a brokered call. */
    takesTyped: () => grant !== undefined && (grant.answer === undefined || grant.typing === true),
    /** Sends typed words. Throws when they were not sent. @param {string} text */
    say: async (text) => grant && say(grant, text, line.send).then(heartbeats?.spoke),
    /** Takes back what the visitor agreed to. The call goes on. */
    async withdraw() {
      if (agreedTo === undefined || !(await takeBack({ renew, demand: agreedTo, view }))) return;
      agreedTo = undefined;
      reports?.drop();
    },
    hangUp() {
      mustTell = !ended;
      end(words.ended);
    },
    /** Ends the call with its page. */
    pageGone() {
      reports?.leave();
      leaveEnds(ended && !mustTell ? undefined : grant);
      mustTell = false;
      end(words.ended);
    },
  };
}
