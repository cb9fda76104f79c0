import { readableOn } from '../page/colours.js';
import { styles } from './styles.js';

const svg = 'http://www.w3.org/2000/svg';
const microphone = [
  'M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3Z',
  'm6-3a6 6 0 0 1-5 5.9V21h-2v-3.1A6 6 0 0 1 6 12h2a4 4 0 0 0 8 0h2Z',
].join('');
const arrow = 'M12 16.4 4.6 9 6 7.6l6 6 6-6L19.4 9Z';
/** What a button looks like that offers no call. */
const grey = '#6b7280';

/** An icon, made without markup: a page may forbid that (Trusted Types). @param {string} path @param {string} name */
function iconOf(path, name) {
  const icon = document.createElementNS(svg, 'svg');
  icon.setAttribute('class', name);
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(svg, 'path');
  shape.setAttribute('d', path);
  icon.append(shape);
  return icon;
}

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} name @returns {HTMLElementTagNameMap[T]} */
function made(tag, name) {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

/** The place of all that the widget shows, with rules of its own. @param {import('./settings.js').Settings} settings */
function placeOf({ side, edge, size, layer, look }) {
  const host = document.createElement('vox-widget');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  const place = made('div', `vox ${side} ${edge}`);
  if (look.theme) place.dataset.theme = look.theme;
  place.style.setProperty('--size', `${size}px`);
  place.style.setProperty('--layer', layer);
  root.append(place);
  return { host, place };
}

/**
 * The button of the widget, with the words beside it.
 * @param {import('./settings.js').Settings} settings
 */
export function launcherOf(settings) {
  const { host, place } = placeOf(settings);
  const button = made('button', 'launcher');
  const bubble = made('div', 'bubble');
  const live = made('span', 'live');
  button.type = 'button';
  button.hidden = true;
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  button.append(iconOf(microphone, 'talk'), iconOf(arrow, 'fold'), live);
  // It is there before it says something: what comes into a place that was not there is not always read out.
  bubble.setAttribute('role', 'status');
  bubble.dir = 'auto';
  place.append(bubble, button);

  /** @param {string} colour @param {string} label @param {string} title */
  function show(colour, label, title) {
    place.style.setProperty('--accent', colour);
    place.style.setProperty('--on-accent', readableOn(colour));
    button.setAttribute('aria-label', label);
    button.title = title;
    button.hidden = false;
  }

  return {
    host,
    place,
    button,
    /** Shows that a call is offered. @param {string} colour @param {string} label */
    offer: (colour, label) => show(colour, label, ''),
    /** Shows that there is no call, and why. @param {string} reason */
    refuse: (reason) => show(grey, reason, reason),
    /** Words beside the button, or none. @param {string} [text] */
    say(text = '') {
      bubble.textContent = text;
    },
    /** @param {string} language */
    speak(language) {
      place.lang = language;
    },
    /** @param {boolean} isOpen */
    opened: (isOpen) => button.setAttribute('aria-expanded', String(isOpen)),
    /** @param {boolean} isLive */
    calling: (isLive) => void button.toggleAttribute('data-call', isLive),
    /** Takes the button away for good. */
    clear() {
      button.remove();
      bubble.remove();
    },
  };
}
