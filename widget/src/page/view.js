import { captionsIn } from './brokered/captions.js';
import { questionIn } from './brokered/question.js';
import { resultsIn } from './brokered/results.js';
import { roomFor } from './brokered/room.js';
import { needsYes } from './call/consent.js';
import { element } from './door/elements.js';
import { focusOn } from './focus.js';
import { timeLeft, words } from './words.js';

/**
 * What the page shows of a call, and what the visitor answered before it. `tellParent` sends to the embedding page,
 * `told` hears what a call tells it, and `changed` hears the state of the call.
 * @param {{ tellParent: (message: object) => void, told: (name: string, detail: any) => void,
 *   changed: (state: 'idle' | 'starting' | 'live') => void }} page
 */
export function viewIn({ tellParent, told, changed }) {
  const main = /** @type {HTMLElement} */ (document.querySelector('main'));
  const [status, time, warning, notice] = [element('status'), element('time'), element('warning'), element('notice')];
  const [start, mute, hangUp] = [element('start'), element('mute'), element('end')];
  const [consent, captions, withdraw] = [element('consent'), element('captions'), element('withdraw')];
  /** @type {HTMLInputElement} */
  const agree = element('agree');
  const nameOf = (/** @type {string} */ role) => (role === 'user' ? words.you : (element('name').textContent ?? ''));
  const lines = captionsIn(captions, nameOf);
  const results = resultsIn(element('results'));
  const { fit, fitted } = roomFor([element('results'), element('question'), captions], tellParent);
  /** @template {any[]} A @param {(...given: A) => void} act */
  const shown = (act) => focusOn([mute, hangUp, start, element('close')], fitted(act));

  /** What the visitor must say yes to before a call. @type {import('./call/consent.js').Demand | undefined} */
  let yes;
  /** @type {number | undefined} */
  let endsAtMs;
  /** Whether no call can begin here. */
  let isBarred = false;
  let isMuted = false;

  function tick() {
    if (endsAtMs === undefined) return;
    const seconds = (endsAtMs - Date.now()) / 1_000;
    time.textContent = timeLeft(seconds);
    if (seconds <= 60) view.warn();
  }
  setInterval(tick, 1_000);

  function offer() {
    const isIdle = main.dataset.state === 'idle';
    start.hidden = !isIdle || isBarred;
    consent.hidden = !isIdle || isBarred || yes === undefined;
  }

  /** @type {import('./call/request.js').View} */
  const view = {
    state: shown((state, text) => {
      main.dataset.state = state;
      status.textContent = text;
      offer();
      hangUp.hidden = state === 'idle';
      for (const each of [mute, element('settings')]) each.hidden = state !== 'live';
      changed(state);
      if (state === 'idle') start.focus();
      if (state === 'live') mute.focus();
    }),
    speaking(who) {
      main.dataset.speaking = who;
      if (main.dataset.state !== 'live') return;
      const doing = who === 'agent' ? words.speaking : who === 'thinking' ? words.thinking : words.listening;
      status.textContent = isMuted ? words.muted : doing;
    },
    captioned: shown((areShown) => {
      captions.hidden = !areShown;
      if (!areShown) lines.clear();
    }),
    caption: shown(lines.show),
    endsAt(atMs) {
      endsAtMs = atMs;
      time.hidden = atMs === undefined;
      if (atMs === undefined) warning.textContent = '';
      tick();
    },
    warn() {
      if (warning.textContent === '') warning.textContent = words.endingSoon;
    },
    notice(text) {
      notice.textContent = text ?? '';
      notice.hidden = text === undefined;
    },
    demand(demanded) {
      const wanted = needsYes(demanded);
      if (wanted?.textHash !== yes?.textHash) agree.checked = false;
      yes = wanted;
      element('consent-text').textContent = wanted?.text ?? '';
      offer();
    },
    agreed: () => (agree.checked ? yes?.textHash : undefined),
    kept: shown((isKept) => {
      withdraw.hidden = !isKept;
    }),
    result: shown(results.show),
    link: shown(results.link),
    clear: shown(results.clear),
    ask: shown(questionIn(element('question'))),
    tell: told,
  };

  return {
    view,
    fit,
    /** Whether the visitor has yet to agree, and then shows where. */
    mustAgree() {
      if (yes === undefined || agree.checked) return false;
      view.notice(words.agreeFirst);
      agree.focus();
      return true;
    },
    /** Takes the start of a call away, or gives it back. @param {boolean} barred @param {string} [why] */
    bar: shown((/** @type {boolean} */ barred, why = '') => {
      if (isBarred && !barred) view.notice(undefined);
      isBarred = barred;
      offer();
      if (why !== '') view.notice(why);
    }),
    isMuted: () => isMuted,
    /** @param {boolean} on */
    setMuted(on) {
      isMuted = on;
      mute.setAttribute('aria-pressed', String(on));
      main.toggleAttribute('data-muted', on);
      if (main.dataset.state === 'live') status.textContent = on ? words.muted : words.listening;
    },
  };
}
