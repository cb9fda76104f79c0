import { troubleOf, warnOf } from '../troubles.js';
import { ask, Refusal } from './api.js';
import { safeLink } from './brokered/results.js';
import { startCall } from './call/call.js';
import { typingIn } from './call/typing.js';
import { colourIn, readableOn } from './colours.js';
import { asksAfter, bars } from './door/barred.js';
import { element, meta } from './door/elements.js';
import { left } from './door/left.js';
import { lookIn, themeIn } from './door/look.js';
import { parentAt } from './door/parent.js';
import { devicesIn } from './sound/devices.js';
import { orbIn } from './sound/orb.js';
import { watchNetwork } from './sound/watch.js';
import { tokenFromParent, tokenInAddress } from './token.js';
import { viewIn } from './view.js';
import { spokenOf, writeIn } from './words/languages.js';
import { speak, words } from './words.js';

const query = new URLSearchParams(location.search);
const agentId = query.get('agentId') ?? undefined;
const parentOrigin = meta('vox-origin');
const renewMs = 240_000;
/** The embedding page waits no longer than a second and a half. */
const goneMs = 1_200;
let token = '';

const voice = new Audio();
voice.autoplay = true;
const orb = orbIn(element('orb'));
const { tell, hear } = parentAt(parentOrigin);
// A page that the browser did not load says nothing: before it waits for anything this one says that it is there.
tell({ type: 'vox-here' });
/** @type {ReturnType<typeof startCall> | undefined} */
let call;
/** Ends the watch over the network. */
let unwatch = () => {};
let canMinimise = false;
let isLeaving = false;

const { view, fit, mustAgree, bar, isMuted, setMuted } = viewIn({ tellParent: tell, told, changed });

/** @param {string} name @param {any} detail */
function told(name, detail) {
  if (name !== 'error') return tell({ type: 'vox-event', name, detail });
  const trouble = troubleOf(detail.code ?? 'INTERNAL', { message: detail.message });
  warnOf(trouble);
  tell({ type: 'vox-event', name, detail: trouble });
  if (bars(detail.code)) bar(true, detail.message);
}

/** @param {'idle' | 'starting' | 'live'} state */
function changed(state) {
  tell({ type: 'vox-call', state });
  element('minimise').hidden = !canMinimise || state === 'idle';
  element('say').hidden = state !== 'live' || call?.takesTyped() !== true;
  unwatch();
  orb.show(state === 'live' ? call?.streams : undefined);
  if (state === 'live') {
    left.begin();
    unwatch = watchNetwork(element('network'), async () => call?.stats());
  }
  if (state === 'idle') mute(false);
}

/** A token lives five minutes and can be renewed for ten more. An open page renews its own, also in a long call. */
async function renew() {
  const fresh = await ask('/api/public/widget/renew', { token });
  token = fresh.widgetSessionToken;
  return fresh;
}
/** Finds out whether a call may begin here, or no longer. */
const recheck = () =>
  renew().then(
    () => bar(false),
    (error) => bars(error.code) && bar(true, error.message),
  );

/** @param {boolean} on */
function mute(on) {
  setMuted(on);
  call?.mute(on);
}
function begin() {
  if (mustAgree()) return;
  mute(false);
  view.captioned(false);
  view.clear();
  const wanted = { renew, agentId, provider: meta('vox-provider'), voice, view, deviceId: devices.microphone() };
  call = startCall({ ...wanted, after: call?.free });
  void call.over.then((reason) => {
    if (!isLeaving) left.over();
    if (asksAfter(reason)) void recheck();
  });
}
/** Ends the call. The frame may go when this resolves: its last words are told, or have had their time. */
async function hangUp() {
  const ending = call;
  ending?.hangUp();
  const patience = new Promise((resolve) => setTimeout(resolve, goneMs));
  await Promise.race([Promise.all([ending?.free, ending?.settled]), patience]);
}
function close() {
  call?.hangUp();
  tell({ type: 'sm-voice-widget-close' });
}

const devices = devicesIn(
  {
    ...{ settings: element('settings'), microphones: element('microphones'), speakers: element('speakers') },
    volume: /** @type {HTMLInputElement} */ (element('volume')),
  },
  { voice, use: (deviceId) => call?.useMicrophone(deviceId), failed: view.notice },
);
typingIn(
  { form: element('say'), field: /** @type {HTMLInputElement} */ (element('typed')) },
  { say: (text) => call?.say(text), notice: view.notice },
);
element('start').addEventListener('click', begin);
element('end').addEventListener('click', () => call?.hangUp());
element('mute').addEventListener('click', () => mute(!isMuted()));
element('withdraw').addEventListener('click', () => void call?.withdraw());
element('minimise').addEventListener('click', () => tell({ type: 'vox-minimise', on: true }));
element('close').addEventListener('click', close);
document.addEventListener('keydown', ({ key }) => {
  // A slip of the hand ends no call where it can be hidden.
  if (key === 'Escape') element('minimise').hidden ? close() : element('minimise').click();
});
window.addEventListener('pagehide', () => {
  isLeaving = true;
  call?.pageGone();
});
hear({
  hangUp,
  shown(on) {
    orb.shown(on);
    if (on) [element('mute'), element('start')].find(({ hidden }) => !hidden)?.focus();
  },
});

/** @param {import('./door/look.js').Look} wanted */
async function dress({ locale, texts, theme }) {
  const spoken = await spokenOf([locale, query.get('lang'), ...navigator.languages]);
  const own = { ...spoken, words: { ...spoken.words, ...texts } };
  speak(own);
  writeIn(document, own);
  const scheme = theme ?? themeIn(query.get('theme'));
  if (scheme !== undefined) document.documentElement.dataset.theme = scheme;
  element('name').textContent = query.get('displayName') ?? words.title;
}
/** @param {string} colour @param {string | undefined} picture */
function brand(colour, picture) {
  document.documentElement.style.setProperty('--accent', colour);
  document.documentElement.style.setProperty('--on-accent', readableOn(colour));
  if (picture === undefined) return;
  /** @type {HTMLImageElement} */
  const avatar = element('avatar');
  avatar.addEventListener('load', () => avatar.toggleAttribute('hidden', false));
  avatar.src = picture;
}

async function open() {
  await dress(lookIn(undefined));
  fit();
  const inAddress = tokenInAddress();
  // Only the page that it was made for may show it. The rule frame-ancestors does not cover a page opened by itself.
  if (parent === window) throw new Refusal(words.notFramed, { code: 'NOT_FRAMED' });
  const given = inAddress === undefined ? await tokenFromParent(parentOrigin) : { token: inAddress };
  // An older embed script says nothing of a look, and does not know how to hide a frame.
  canMinimise = given.look !== undefined;
  const look = lookIn(given.look);
  await dress(look);
  if (given.token === undefined) throw new Refusal(words.unreachable, { code: 'EDGE_UNREACHABLE' });
  token = given.token;
  return { look, fresh: await renew() };
}
open().then(
  ({ look: { primaryColor, avatarUrl }, fresh }) => {
    setInterval(() => void recheck(), renewMs);
    element('name').textContent = fresh.displayName;
    element('disclosure').textContent = fresh.disclosure;
    const colour = primaryColor ?? colourIn(query.get('primaryColor')) ?? fresh.branding.primaryColor;
    brand(colour, avatarUrl ?? safeLink(fresh.branding.logoUrl)?.href);
    view.demand(fresh.consent);
    view.state('idle', words.ready);
    if (left.taken()) view.notice(words.leftBefore);
  },
  (error) => {
    view.notice(error.message);
    element('status').textContent = '';
    if (parent !== window) told('error', { code: error.code, message: error.message });
  },
);
