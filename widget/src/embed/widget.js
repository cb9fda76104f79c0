import { words as english } from '../page/words/en.js';
import { filled } from '../page/words/filled.js';
import { spokenOf } from '../page/words/languages.js';
import { troubleOf } from '../troubles.js';
import { addressOf, localeOf } from './address.js';
import { bootstrapOf, NoCall } from './bootstrap.js';
import { eventsOf } from './events.js';
import { framedCall } from './framed.js';
import { launcherOf } from './launcher.js';
import { panelOf } from './panel.js';
import { keepPlaced } from './placed.js';
import { callMemory } from './remembered.js';
import { whenWished } from './wishes.js';

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
  const events = eventsOf(metadata);
  const memory = callMemory(signal);
  const launcher = launcherOf(settings);
  const panel = panelOf(launcher.place, { signal, onLeave: leave });
  let words = english;
  const fresh = bootstrapOf({ settings, words: () => words, signal });
  const locale = localeOf(look);
  const language = spokenOf([locale, ...navigator.languages]).then((found) => {
    words = found.words;
    launcher.speak(found.language);
  });

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

  /** Whether the visitor is in the widget, or nowhere. Whoever is somewhere else on the page stays there. */
  const hasFocus = () => [launcher.host, document.body, null].some((each) => each === document.activeElement);

  /** Shows the button as things stand. */
  function draw() {
    const [isShown, isLive] = [panel.isShown(), framed?.isLive() ?? false];
    launcher.opened(isShown);
    launcher.calling(isLive);
    if (boot === undefined) return;
    const sentence = isLive && !isShown ? words.launcherBack : words.launcherTalk;
    launcher.offer(look.primaryColor ?? boot.branding.primaryColor, filled(sentence, { name: boot.displayName }));
  }
  /** @param {import('../troubles.js').Trouble} trouble */
  function refuse(trouble) {
    launcher.refuse(trouble.message);
    events.report(trouble);
  }
  /** Throws what is no refusal. @param {unknown} error @returns {asserts error is NoCall} */
  function onNoCall(error) {
    if (!(error instanceof NoCall)) throw error;
    if (!signal.aborted) refuse(error.trouble);
  }

  /** @param {'idle' | 'starting' | 'live'} state */
  function onCall(state) {
    memory.keep(state !== 'idle');
    if (state === 'idle' && !panel.isShown()) launcher.say(words.ended);
    draw();
  }
  function onReady() {
    panel.ready();
    if (panel.isShown() && hasFocus()) framed?.frame.focus();
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
    for (const left of frames) left.remove();
    const made = framedCall({
      ...{ base, address: addressOf(settings, answer), title: answer.displayName },
      token: async () => ({
        type: 'vox-token',
        token: (await fresh()).widgetSessionToken,
        look: { ...look, ...(locale && { locale }) },
      }),
      heard: {
        event: events.pass,
        ...{ call: onCall, ready: onReady, minimise: (on) => (on ? hide() : show()) },
        ...{ close, size: panel.size, blocked: onBlocked, gone: () => onGone(made) },
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
    if (hasFocus()) launcher.button.focus();
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
    memory.keep(false);
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

  whenWished(launcher.button, {
    signal,
    press: () => (panel.isShown() ? leave() : void open()),
    leave: () => panel.isShown() && leave(),
  });
  keepPlaced(launcher.host, { signal, onLost: () => framed?.remove() });
  Promise.all([fresh(), language])
    .then(([answer]) => {
      if (signal.aborted) return;
      boot = answer;
      draw();
      if (!panel.isShown()) launcher.say(settings.greeting);
      events.fire('ready', { tenantId: answer.tenantId, agentId: answer.agentId });
      if (memory.taken() || settings.autoOpen) void open();
    })
    .catch(onNoCall);
  return { open, close, toggle, destroy, on: events.on };
}
