import { troubleOf, warnOf } from '../troubles.js';
import { bootstrapOf, NoCall } from './bootstrap.js';
import { eventsOf } from './events.js';
import { framedCall } from './framed.js';
import { launcherOf } from './launcher.js';
import { panelOf } from './panel.js';
import { keepPlaced } from './placed.js';
import { rememberCall, wasInCall } from './remembered.js';
import { english, languageFor, named, spoken } from './words.js';

/**
 * The address of the page of a call. The token is in no address: servers, proxies and the browser’s history keep those.
 * @param {import('./settings.js').Settings} settings @param {import('./bootstrap.js').Boot} boot
 */
function addressOf({ base, widgetKey, look: { theme, primaryColor } }, { agentId, displayName }) {
  const asked = { key: widgetKey, origin: location.origin, agentId, displayName };
  return `${base}/widget?${new URLSearchParams({ ...asked, ...(theme && { theme }), ...(primaryColor && { primaryColor }) })}`;
}

/**
 * The widget of a page: its button, and the call that it opens. Calls `onDestroyed` when it is taken off.
 * @param {import('./settings.js').Settings} settings
 * @param {() => void} onDestroyed
 * @returns {import('../vox-widget.d.ts').VoxWidget}
 */
export function widgetOf(settings, onDestroyed) {
  const { base, metadata, look } = settings;
  const life = new AbortController();
  const { signal } = life;
  const events = eventsOf();
  const launcher = launcherOf(settings);
  const panel = panelOf(launcher.place, { signal, onLeave: leave });
  let words = english;
  const fresh = bootstrapOf({ settings, words: () => words, signal });
  const wanted = [look.locale, document.documentElement.lang, ...navigator.languages];
  const language = spoken(base, languageFor(wanted)).then((found) => {
    words = found.words;
    launcher.speak(found.language);
  });
  const locale = look.locale ?? (document.documentElement.lang || undefined);

  /** @typedef {ReturnType<typeof framedCall>} Framed */
  /** The call that the button opens and shows. @type {Framed | undefined} */
  let framed;
  /** It and those that say good-bye. @type {Set<Framed>} */
  const frames = new Set();
  /** @type {import('./bootstrap.js').Boot | undefined} */
  let boot;
  /** @type {Promise<void> | undefined} */
  let opening;
  let isWanted = false;
  /** Whether the page is being left: what its frames say then is no news of a call. */
  let isLeft = false;

  /** Shows the button as things stand. */
  function draw() {
    const [isShown, isLive] = [panel.isShown(), framed?.isLive() ?? false];
    launcher.opened(isShown);
    launcher.calling(isLive);
    if (boot === undefined) return;
    const sentence = isLive && !isShown ? words.launcherBack : words.launcherTalk;
    launcher.offer(look.primaryColor ?? boot.branding.primaryColor, named(sentence, boot.displayName));
  }
  /** @param {import('../troubles.js').Trouble} trouble */
  function refuse(trouble) {
    launcher.refuse(trouble.message);
    warnOf(trouble);
    events.fire('error', trouble);
  }
  /** Throws what is no refusal. @param {unknown} error @returns {asserts error is NoCall} */
  function onNoCall(error) {
    if (!(error instanceof NoCall)) throw error;
    if (!signal.aborted) refuse(error.trouble);
  }

  /** @param {string} name @param {any} detail */
  function onEvent(name, detail) {
    const isBare = name === 'error' && detail?.hint === undefined;
    const told = isBare ? { ...troubleOf(String(detail?.code), { message: detail?.message }), ...detail } : detail;
    if (isBare) warnOf(told);
    events.fire(name, { ...told, ...(metadata && { metadata }) });
  }
  /** @param {'idle' | 'starting' | 'live'} state */
  function onCall(state) {
    if (isLeft) return;
    rememberCall(state !== 'idle');
    if (state === 'idle' && !panel.isShown()) launcher.say(words.ended);
    draw();
  }
  function onBlocked() {
    close();
    const { notHere: message } = words;
    refuse(troubleOf('FRAME_BLOCKED', { message, more: base }));
    launcher.say(message);
  }
  /** @param {Framed} gone */
  function onGone(gone) {
    frames.delete(gone);
    if (gone === framed) {
      framed = undefined;
      hide();
    }
    if (signal.aborted && frames.size === 0) launcher.host.remove();
  }

  /** @param {import('./bootstrap.js').Boot} answer */
  function frame(answer) {
    const isCurrent = () => made === framed;
    const made = framedCall({
      ...{ base, address: addressOf(settings, answer), title: answer.displayName },
      token: async () => ({
        type: 'vox-token',
        token: (await fresh()).widgetSessionToken,
        look: { ...look, ...(locale && { locale }) },
      }),
      heard: {
        event: onEvent,
        call: (state) => isCurrent() && onCall(state),
        ready: () => isCurrent() && panel.ready(),
        minimise: (on) => isCurrent() && (on ? hide() : show()),
        close: () => isCurrent() && close(),
        size: (width, height) => isCurrent() && panel.size(width, height),
        blocked: () => isCurrent() && onBlocked(),
        gone: () => onGone(made),
      },
    });
    framed = made;
    frames.add(made);
    panel.fill(made.frame, words.close);
  }

  function show() {
    launcher.say();
    panel.show();
    framed?.shown(true);
    framed?.frame.focus();
    draw();
  }
  /** Takes the call off the screen. It goes on. */
  function hide() {
    if (!panel.isShown()) return draw();
    panel.hide();
    framed?.shown(false);
    draw();
    // Whoever is somewhere else on the page stays there.
    if ([launcher.host, document.body, null].includes(/** @type {any} */ (document.activeElement)))
      launcher.button.focus();
  }
  /** What the visitor means by leaving: a call goes on out of sight, and what is no call is closed. */
  function leave() {
    if (framed?.isLive()) hide();
    else close();
  }
  async function begin() {
    try {
      const [answer] = await Promise.all([fresh(), language]);
      if (!isWanted || signal.aborted || framed !== undefined) return;
      boot = answer;
      frame(answer);
      show();
    } catch (error) {
      onNoCall(error);
      launcher.say(error.trouble.message);
    }
  }
  async function open() {
    if (signal.aborted) return;
    isWanted = true;
    if (framed !== undefined) return show();
    opening ??= begin().finally(() => {
      opening = undefined;
    });
    return opening;
  }
  function close() {
    isWanted = false;
    const left = framed;
    if (left === undefined) return;
    framed = undefined;
    rememberCall(false);
    hide();
    left.hangUp();
  }
  const toggle = () => (panel.isShown() ? close() : void open());
  function destroy() {
    if (signal.aborted) return;
    close();
    life.abort();
    launcher.clear();
    if (frames.size === 0) launcher.host.remove();
    onDestroyed();
  }

  // The second press of a double click is no wish of its own.
  launcher.button.addEventListener('click', ({ detail }) => {
    if (detail <= 1) panel.isShown() ? leave() : void open();
  });
  const onEscape = (/** @type {KeyboardEvent} */ { key, defaultPrevented, isComposing }) => {
    if (key === 'Escape' && !defaultPrevented && !isComposing && panel.isShown()) leave();
  };
  window.addEventListener('keydown', onEscape, { signal });
  for (const [name, is] of /** @type {const} */ ([
    ['pagehide', true],
    ['pageshow', false],
  ]))
    window.addEventListener(name, () => void (isLeft = is), { signal });
  keepPlaced(launcher.host, {
    signal,
    onLost: () => {
      const lost = framed;
      framed = undefined;
      rememberCall(false);
      hide();
      lost?.remove();
    },
  });
  Promise.all([fresh(), language])
    .then(([answer]) => {
      if (signal.aborted) return;
      boot = answer;
      draw();
      if (!panel.isShown()) launcher.say(settings.greeting);
      events.fire('ready', { tenantId: answer.tenantId, agentId: answer.agentId });
      if (settings.autoOpen || wasInCall()) void open();
    })
    .catch(onNoCall);
  return { open, close, toggle, destroy, on: events.on };
}
