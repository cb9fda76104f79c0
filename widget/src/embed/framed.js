import { awaitWord } from './blocked.js';

/** How long a call has to say good-bye before its frame is removed. */
const goodbyeMs = 1_500;
/** What is heard of a frame that is about to be removed. */
const lastWords = ['vox-event', 'vox-call', 'vox-gone'];

/**
 * What the page does with what its frame says.
 * @typedef {{ event: (name: string, detail: any) => void, call: (state: 'idle' | 'starting' | 'live') => void,
 *   ready: () => void, minimise: (on: boolean) => void, close: () => void,
 *   size: (width: number, height: number) => void, blocked: () => void, gone: () => void }} Heard
 */

/**
 * The page of a call in its frame, until that is removed. Each call that it said had started has an end, whatever
 * becomes of the frame.
 * @param {{ base: string, address: string, title: string, token: () => Promise<object>, heard: Heard }} wanted
 *   `token` gives the message with the token and the looks
 */
export function framedCall({ base, address, title, token, heard }) {
  const frame = document.createElement('iframe');
  frame.src = address;
  frame.allow = 'microphone; autoplay';
  frame.title = title;
  const [life, silence] = [new AbortController(), new AbortController()];
  /** @type {'idle' | 'starting' | 'live'} */
  let call = 'idle';
  let hasSpoken = false;
  /** Whether only its last events are heard. */
  let isLeaving = false;
  /** Whether the frame may have something to say of a call yet. */
  let hasCalled = false;
  /** The call that has started and not ended. @type {string | undefined} */
  let sessionId;

  /** Tells it to the frame, and to no other page that was loaded in it. @param {object} message */
  const tell = (message) => frame.contentWindow?.postMessage(message, base);
  const isLive = () => call !== 'idle';

  /** @param {typeof call} state */
  function become(state) {
    if (state === call) return;
    call = state;
    hasCalled = true;
    if (!isLeaving) heard.call(state);
  }
  /** @param {string} name @param {any} detail */
  function onEvent(name, detail) {
    // A page of an older version says no more of its call than this.
    if (name === 'session:start') {
      sessionId = String(detail?.sessionId);
      become('live');
    }
    if (name === 'session:end') {
      sessionId = undefined;
      become('idle');
    }
    heard.event(name, detail);
  }
  function isThere() {
    hasSpoken = true;
    silence.abort();
    heard.ready();
  }
  function remove() {
    if (life.signal.aborted) return;
    life.abort();
    silence.abort();
    frame.remove();
    if (sessionId !== undefined) onEvent('session:end', { sessionId, reason: 'client' });
    become('idle');
    heard.gone();
  }
  function hangUp() {
    isLeaving = true;
    silence.abort();
    if (!hasCalled) return remove();
    frame.hidden = true;
    tell({ type: 'vox-hang-up' });
    setTimeout(remove, goodbyeMs);
  }

  /** What each kind of message does. @type {Record<string, (data: any) => void>} */
  const acts = {
    'vox-frame-ready': () => {
      isThere();
      // Without an answer the frame says by itself that nobody can be reached.
      void token().then(tell, () => undefined);
    },
    'vox-here': isThere,
    'sm-voice-widget-close': () => heard.close(),
    'sm-voice-widget-resize': ({ width, height }) => heard.size(Number(width), Number(height)),
    'vox-event': ({ name, detail }) => onEvent(String(name), detail),
    'vox-call': ({ state }) => ['idle', 'starting', 'live'].includes(state) && become(state),
    'vox-minimise': ({ on }) => heard.minimise(on === true),
    'vox-gone': remove,
  };
  /** @param {MessageEvent} event */
  function onMessage({ source, origin, data }) {
    const { contentWindow } = frame;
    if (contentWindow === null || source !== contentWindow || origin !== base) return;
    if (isLeaving && !lastWords.includes(data?.type)) return;
    if (typeof data?.type === 'string' && Object.hasOwn(acts, data.type)) acts[data.type]?.(data);
  }
  window.addEventListener('message', onMessage, { signal: life.signal });
  awaitWord(frame, { base, signal: silence.signal, onBlocked: heard.blocked });

  return {
    frame,
    isLive,
    /** A page that is not loaded yet hears nothing, and begins as one that is shown. @param {boolean} on */
    shown: (on) => hasSpoken && tell({ type: 'vox-shown', on }),
    /** Ends the call, lets the frame say so, and removes it. */
    hangUp,
    /** Removes it at once. */
    remove,
  };
}
