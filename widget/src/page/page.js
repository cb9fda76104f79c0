import { ask, Refusal } from './api.js';
import { startCall } from './call.js';
import { captionsIn } from './captions.js';
import { colourIn, readableOn } from './colours.js';
import { needsYes } from './consent.js';
import { focusOn } from './focus.js';
import { questionIn } from './question.js';
import { resultsIn } from './results.js';
import { roomFor } from './room.js';
import { tokenFromParent, tokenInAddress } from './token.js';
import { timeLeft, words } from './words.js';

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));
/** @param {string} name */
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';

const query = new URLSearchParams(location.search);
let token = '';
const agentId = query.get('agentId') ?? undefined;
const parentOrigin = meta('vox-origin');
const provider = meta('vox-provider');

const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const status = element('status');
const time = element('time');
const warning = element('warning');
const notice = element('notice');
const start = element('start');
const mute = element('mute');
const hangUp = element('end');
const consent = element('consent');
/** @type {HTMLInputElement} */
const agree = element('agree');
const withdraw = element('withdraw');
const captions = element('captions');
const lines = captionsIn(captions, (role) => (role === 'user' ? words.you : (element('name').textContent ?? '')));
const results = resultsIn(element('results'));
const voice = new Audio();
voice.autoplay = true;

const renewMs = 240_000;

/** A token lives five minutes and can be renewed for ten more. An open page renews its own, also in a long call. */
async function renew() {
  const fresh = await ask('/api/public/widget/renew', { token });
  token = fresh.widgetSessionToken;
  return fresh;
}

/** @param {string} colour */
function paint(colour) {
  document.documentElement.style.setProperty('--accent', colour);
  document.documentElement.style.setProperty('--on-accent', readableOn(colour));
}

/** @param {object} message */
const tellParent = (message) => parent.postMessage(message, parentOrigin);
const { fit, fitted } = roomFor([element('results'), element('question')], tellParent);
/** @template {any[]} A @param {(...given: A) => void} act */
const shown = (act) => focusOn([mute, hangUp, start], fitted(act));

/** @type {ReturnType<typeof startCall> | undefined} */
let call;
/** @type {number | undefined} */
let endsAtMs;
let muted = false;
/** What the visitor must say yes to before a call. @type {import('./consent.js').Demand | undefined} */
let yes;

/** @type {import('./request.js').View} */
const view = {
  state: shown((state, text) => {
    main.dataset.state = state;
    status.textContent = text;
    start.hidden = state !== 'idle';
    consent.hidden = state !== 'idle' || yes === undefined;
    hangUp.hidden = state === 'idle';
    mute.hidden = state !== 'live';
    if (state === 'idle') {
      setMuted(false);
      start.focus();
    }
    if (state === 'live') mute.focus();
  }),
  speaking(who) {
    main.dataset.speaking = who;
    if (main.dataset.state !== 'live') return;
    const doing = who === 'agent' ? words.speaking : who === 'thinking' ? words.thinking : words.listening;
    status.textContent = muted ? words.muted : doing;
  },
  captioned(areShown) {
    captions.hidden = !areShown;
    if (!areShown) lines.clear();
  },
  caption: lines.show,
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
  },
  agreed: () => (agree.checked ? yes?.textHash : undefined),
  kept: shown((isKept) => {
    withdraw.hidden = !isKept;
  }),
  result: shown(results.show),
  link: shown(results.link),
  clear: shown(results.clear),
  ask: shown(questionIn(element('question'))),
  tell: (name, detail) => tellParent({ type: 'vox-event', name, detail }),
};

function tick() {
  if (endsAtMs === undefined) return;
  const seconds = (endsAtMs - Date.now()) / 1_000;
  time.textContent = timeLeft(seconds);
  if (seconds <= 60) view.warn();
}
setInterval(tick, 1_000);

/** @param {boolean} on */
function setMuted(on) {
  muted = on;
  mute.setAttribute('aria-pressed', String(on));
  main.toggleAttribute('data-muted', on);
  call?.mute(on);
}

start.addEventListener('click', () => {
  if (yes !== undefined && !agree.checked) {
    view.notice(words.agreeFirst);
    return agree.focus();
  }
  setMuted(false);
  view.captioned(false);
  view.clear();
  call = startCall({ renew, agentId, provider, voice, view, after: call?.free });
});
hangUp.addEventListener('click', () => call?.hangUp());
mute.addEventListener('click', () => {
  setMuted(!muted);
  status.textContent = muted ? words.muted : words.listening;
});
withdraw.addEventListener('click', () => void call?.withdraw());
function close() {
  call?.hangUp();
  tellParent({ type: 'sm-voice-widget-close' });
}
element('close').addEventListener('click', close);
document.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
window.addEventListener('pagehide', () => call?.pageGone());
window.addEventListener('message', ({ source, origin, data }) => {
  if (source === parent && origin === parentOrigin && data?.type === 'vox-hang-up') call?.hangUp();
});

const theme = query.get('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
element('name').textContent = query.get('displayName') ?? 'Voice call';
fit();
const inAddress = tokenInAddress();
try {
  // Only the page that it was made for may show it. The rule frame-ancestors does not cover a page opened by itself.
  if (parent === window) throw new Refusal(words.notFramed);
  token = inAddress ?? (await tokenFromParent(parentOrigin)) ?? '';
  if (token === '') throw new Refusal(words.unreachable);
  const fresh = await renew();
  setInterval(() => void renew().catch(() => undefined), renewMs);
  element('name').textContent = fresh.displayName;
  element('disclosure').textContent = fresh.disclosure;
  paint(colourIn(query.get('primaryColor')) ?? fresh.branding.primaryColor);
  view.demand(fresh.consent);
  view.state('idle', words.ready);
} catch (error) {
  view.notice(/** @type {Error} */ (error).message);
  status.textContent = '';
}
