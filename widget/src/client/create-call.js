import { startCall } from '../page/call.js';
import { needsYes } from '../page/consent.js';
import { reachAt } from '../page/reach.js';
import { spokenOf } from '../page/words/languages.js';
import { speak, words } from '../page/words.js';
import { troubleOf, warnOf } from '../troubles.js';
import { hearersOf } from './hearers.js';
import { proverOf } from './prover.js';
import { toldBy } from './told.js';
import { visitorOf } from './visitor.js';

export { safeLink } from '../page/results.js';

/**
 * @typedef {import('../vox-call.d.ts').Call} Call
 * @typedef {import('../vox-call.d.ts').CallEvents} CallEvents
 * @typedef {import('../vox-call.d.ts').Trouble} Trouble
 * @typedef {<N extends keyof CallEvents>(name: N, detail: CallEvents[N]) => void} Tell
 */

const openai = 'https://api.openai.com';
/** A token lives five minutes. */
const renewMs = 240_000;

/** @param {Trouble} trouble */
const errorOf = (trouble) =>
  /** @type {import('../vox-call.d.ts').CallError} */ (
    Object.assign(new Error(), trouble, {
      // Where the visitor reads nothing, the developer does.
      message: trouble.message || trouble.hint,
    })
  );

/** The origin that a text names. Throws CallError where it names none. @param {string} base */
function originOf(base) {
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw errorOf(troubleOf('BASE_UNKNOWN'));
  return url.origin;
}

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
  let settle = { live() {}, failed: (/** @type {Trouble} */ _trouble) => {}, over() {} };
  /** Whether `end()` came before there was a call to end. */
  let unwanted = false;

  /**
   * Tells what went wrong to whoever hears it, to the developer, and to whoever awaits a call.
   * @param {Trouble} trouble
   */
  function fail(trouble) {
    warnOf(trouble);
    tell('error', trouble);
    settle.failed(trouble);
    return errorOf(trouble);
  }
  /** @param {unknown} error */
  const failBy = (error) => {
    const { code = 'UNAVAILABLE', message } = /** @type {import('../page/api.js').Refusal} */ (error);
    return fail(troubleOf(code, { message }));
  };

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

  /** What keeps this visitor from calling, as far as the page can know. @param {any} fresh */
  function hindrance({ consent, challenge }) {
    if (globalThis.RTCPeerConnection === undefined || navigator.mediaDevices === undefined)
      return troubleOf('VOICE_UNSUPPORTED', { message: words.noVoice });
    const yes = needsYes(consent);
    if (yes !== undefined && yes.textHash !== agreed) {
      tell('demand', { demands: consent });
      return troubleOf('CONSENT_REQUIRED', { message: words.agreeFirst });
    }
    if (challenge?.kind === 'turnstile' && turnstile === undefined)
      return troubleOf('BOT_BLOCKED', { message: words.notStarted, more: 'Hand createCall a `turnstile`.' });
    return undefined;
  }

  /** Begins a call, unless something is in its way. */
  async function begin() {
    become({ state: 'starting', status: words.checking });
    /** @type {any} */
    let first = await arrive();
    const trouble = unwanted ? undefined : hindrance(first);
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
      throw failBy(error);
    }
  }

  async function run() {
    try {
      await begin();
    } catch (error) {
      failBy(error);
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
        const failed = (/** @type {Trouble} */ trouble) => reject(errorOf(trouble));
        settle = { live: () => resolve('live'), failed, over: () => resolve('idle') };
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
        throw failBy(error);
      }
    },
    withdraw: async () => call?.withdraw(),
  };
}
