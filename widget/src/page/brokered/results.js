import { words } from '../words.js';

/**
 * What the page shows of a tool's answer, as the server says it.
 * @typedef {{ kind: 'card' | 'list' | 'link', title?: string, fields: { path: string, value: string | string[] }[] }}
 *   ToolView
 */
/** A link that the agent gives. @typedef {{ url: string, label: string }} GivenLink */

/** How many are shown. An older one leaves. */
const resultsMax = 20;

/**
 * The address of a page on the internet that a visitor may be led to, or `undefined`. Nothing but https is one, and
 * nothing with a user in it, which could make one host look like another.
 * @param {unknown} text
 */
export function safeLink(text) {
  if (typeof text !== 'string' || text.length > 2_048 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url : undefined;
}

/** The name of a field as people read it. @param {string} path */
export function nameOf(path) {
  const last = path.split('.').at(-1) ?? '';
  const spaced = last.replaceAll(/[_-]+/g, ' ').replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
  const name = spaced.trim().toLowerCase();
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** An element with text in it, which is never read as HTML. @param {string} tag @param {string} text */
function textIn(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  // It may be of another script than the page.
  element.dir = 'auto';
  return element;
}

/**
 * A link that opens beside the call. Its host can be read before it is followed.
 * @param {URL} url @param {string} label
 */
function linkTo(url, label) {
  const link = /** @type {HTMLAnchorElement} */ (textIn('a', label));
  link.href = url.href;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.className = 'button';
  return [link, textIn('small', `${url.host}, ${words.opensBeside}`)];
}

/** @param {string | string[]} value */
function listOf(value) {
  const list = document.createElement('ul');
  list.append(...[value].flat().map((each) => textIn('li', each)));
  return list;
}

/** @param {ToolView} view */
function partsOf({ kind, title, fields }) {
  if (kind === 'link')
    return fields.flatMap(({ path, value }) => {
      const url = safeLink(value);
      return url === undefined ? [listOf(value)] : linkTo(url, title ?? nameOf(path));
    });
  if (kind === 'list') return fields.map(({ value }) => listOf(value));
  const pairs = document.createElement('dl');
  for (const { path, value } of fields)
    pairs.append(textIn('dt', nameOf(path)), textIn('dd', [value].flat().join(', ')));
  return [pairs];
}

/**
 * What the agent shows during a call, in a place of the page: answers of its tools, and links.
 * @param {HTMLElement} place
 */
export function resultsIn(place) {
  /** @type {Map<string, HTMLElement>} */
  const results = new Map();

  /** One that comes again takes the place of the one before. @param {string} useId @param {HTMLElement[]} parts */
  function put(useId, parts) {
    const box = document.createElement('article');
    box.append(...parts);
    const known = results.get(useId);
    if (known === undefined) place.append(box);
    else known.replaceWith(box);
    results.set(useId, box);
    for (const [oldest, shown] of results) {
      if (results.size <= resultsMax) break;
      shown.remove();
      results.delete(oldest);
    }
    // A keyboard must reach what scrolls (WCAG 2.1.1).
    place.tabIndex = 0;
    place.scrollTop = place.scrollHeight;
  }

  return {
    /** @param {string} useId @param {ToolView} view */
    show(useId, view) {
      const heading = view.title === undefined || view.kind === 'link' ? [] : [textIn('h2', view.title)];
      put(useId, [...heading, ...partsOf(view)]);
    },
    /** @param {string} useId @param {GivenLink} link */
    link(useId, { url, label }) {
      const safe = safeLink(url);
      if (safe !== undefined) put(useId, linkTo(safe, label));
    },
    clear() {
      results.clear();
      place.replaceChildren();
      place.tabIndex = -1;
    },
  };
}
