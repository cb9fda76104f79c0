import { startCall } from '../page/call/call.js';
import { reachAt } from '../page/reach.js';
import { spokenOf } from '../page/words/languages.js';
import { speak, words } from '../page/words.js';
import { troubleOf, warnOf } from '../troubles.js';
import { errorOf, originOf } from './call-error.js';
import { hearersOf } from './hearers.js';
import { hindranceOf } from './hindrance.js';
import { proverOf } from './prover.js';
import { toldBy } from './told.js';
import { visitorOf } from './visitor.js';

export { safeLink } from '../page/brokered/results.js';

/**
 * @typedef {import('../vox-call.d.ts').Call} Call
 * @typedef {import('../vox-call.d.ts').CallEvents} CallEvents
 * @typedef {import('../vox-call.d.ts').Trouble} Trouble
 * @typedef {<N extends keyof CallEvents>(name: N, detail: CallEvents[N]) => void} Tell
 */

const openai = 'https://api.openai.com';
/** A token lives five minutes. */
const renewMs = 240_000;

/** What a page shows before a call. @param {any} answer @returns {import('../vox-call.d.ts').Offer} */
const offerOf = ({ tenantId, agentId, displayName, branding, disclosure, consent }) => ({
  ...{ tenantId, agentId, displayName, branding, disclosure },
  demands: consent,
});

/** @type {typeof import('../vox-call.d.ts').createCall} */
export function createCall({ base, widgetKey, agentId, audio, locale, provider = openai, turnstile }) {
  const origin = originOf(base);
  if (!widgetKey) throw errorOf(troubleOf('KEY_MISSING'));
  const { on, tell } = /** @type {ReturnType<typeof hearersOf<CallEvents>>} */ (hearersOf());
  const visitor = visitorOf({ widgetKey, agentId });
  /** @type {Call['state']} */
  let state = 'idle';
  let muted = false;
  /** @type {string | undefined} */
  let agreed;
  /** @type {ReturnType<typeof startCall> | undefined} */
  let call;
  /** What `start()` answered, until that call is over. @type {Promise<Call['state']> | undefined} */
  let current;
  /** Resolves when there is no call any more. */
  let running = Promise.resolve();
  /** Settles it. */
  let settle = { live() {}, failed: (/** @type {Error} */ _error) => {}, over() {} };
  /** Whether `end()` came before there was a call to end. */
  let unwanted = false;

  /** Tells what went wrong to whoever hears it and to the developer. @param {Trouble} trouble */
  function report(trouble) {
    warnOf(trouble);
    tell('error', trouble);
    return errorOf(trouble);
  }
  /** The same of a call, to whoever awaits it too. @param {Trouble} trouble */
  const fail = (trouble) => settle.failed(report(trouble));
  /** @param {unknown} error */
  function troubleBy(error) {
    const { code = 'UNAVAILABLE', message } = /** @type {import('../page/api.js').Refusal} */ (error);
    return troubleOf(code, { message });
  }

  const view = toldBy({
    agreed: () => agreed,
    failed: ({ code = 'UNAVAILABLE', message, hint }) =>
      fail({ ...troubleOf(code, { message }), ...(hint && { hint }) }),
    tell(name, detail) {
      if (name === 'state') become(/** @type {CallEvents['state']} */ (detail));
      else tell(name, detail);
    },
  });

  /** @param {CallEvents['state']} now */
  function become(now) {
    state = now.state;
    if (state === 'live') call?.mute(muted);
    tell('state', now);
    if (state === 'live') settle.live();
  }

  async function arrive() {
    reachAt(origin);
    speak(await spokenOf([locale, document.documentElement.lang, ...navigator.languages]));
    return visitor.arrive();
  }

  /** Begins a call, unless something is in its way. */
  async function begin() {
    become({ state: 'starting', status: words.checking });
    /** @type {any} */
    let first = await arrive();
    const given = { agreed, hasTurnstile: turnstile !== undefined };
    const trouble = unwanted ? undefined : hindranceOf(first, given);
    if (trouble?.code === 'CONSENT_REQUIRED') tell('demand', { demands: first.consent });
    if (trouble !== undefined) fail(trouble);
    if (unwanted || trouble !== undefined) return become({ state: 'idle', status: words.notStarted });
    const voice = audio ?? new Audio();
    voice.autoplay = true;
    const renew = async () => {
      const fresh = first ?? (await visitor.renew());
      first = undefined;
      return fresh;
    };
    const wanted = { agentId, provider, voice, view, renew, prove: proverOf(turnstile), after: call?.free };
    const begun = startCall(wanted);
    call = begun;
    accompany(begun);
    await begun.over;
  }

  /**
   * While a call lives its token stays fresh, and its end reaches the server also when the page goes.
   * @param {NonNullable<typeof call>} begun
   */
  function accompany(begun) {
    const renewing = setInterval(() => void visitor.renew().catch(() => undefined), renewMs);
    window.addEventListener('pagehide', begun.pageGone);
    void begun.over.then(() => {
      clearInterval(renewing);
      window.removeEventListener('pagehide', begun.pageGone);
    });
  }

  async function prepare() {
    try {
      const offer = offerOf(await arrive());
      tell('ready', offer);
      tell('demand', { demands: offer.demands });
      return offer;
    } catch (error) {
      throw report(troubleBy(error));
    }
  }

  async function run() {
    try {
      await begin();
    } catch (error) {
      fail(troubleBy(error));
      become({ state: 'idle', status: words.notStarted });
    } finally {
      settle.over();
      current = undefined;
    }
  }

  return {
    get state() {
      return state;
    },
    on,
    prepare() {
      const prepared = prepare();
      // Who hears `error` need not await this.
      prepared.catch(() => undefined);
      return prepared;
    },
    start(given = {}) {
      if (current !== undefined) return current;
      agreed = given.agreed;
      unwanted = false;
      const settled = new Promise((/** @type {(state: Call['state']) => void} */ resolve, reject) => {
        settle = { live: () => resolve('live'), failed: reject, over: () => resolve('idle') };
      });
      settled.catch(() => undefined);
      current = settled;
      running = run();
      return settled;
    },
    async end() {
      unwanted = true;
      call?.hangUp();
      await running;
      await call?.free;
    },
    mute(isOff) {
      muted = isOff;
      call?.mute(isOff);
    },
    async say(text) {
      try {
        await call?.say(text);
      } catch (error) {
        throw report(troubleBy(error));
      }
    },
    withdraw: async () => call?.withdraw(),
  };
}
