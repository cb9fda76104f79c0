import { endedBecause, words } from '../words.js';
import { askedBy } from './asked.js';
import { isAsked, isLink, isResult } from './shown.js';
import { listenTo } from './stream.js';

/** What the page shows while the agent of a brokered call does something. */
const doings = /** @type {const} */ ({ listening: 'nobody', speaking: 'agent', thinking: 'thinking' });
/** What is said of a notice. @type {Readonly<Record<string, () => string>>} */
const notices = { 'settings-restored': () => words.restored };

/** The value of JSON text, or an empty object where it is none. @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** @template {object} T @param {T} table @param {unknown} key @returns {T[keyof T] | undefined} */
const valueIn = (table, key) => Object.entries(table).find(([each]) => each === key)?.[1];

/** @param {any} data @returns {data is import('./captions.js').Caption} */
const isCaption = (data) =>
  typeof data.itemId === 'string' && typeof data.text === 'string' && ['user', 'assistant'].includes(data.role);

/**
 * What the server tells the page of a brokered call while it lives: who speaks, what is said, what its agent shows and
 * asks, what is left, and the end. `captions` says whether the tenant shows the words. `end` is called when the call is
 * over, and `beat` when the server gives no events: a heartbeat then learns why. `renew` gives a token to answer with,
 * and `agreed` runs when the visitor has agreed to something.
 * @param {{ token: string, captions: boolean, view: import('../call/request.js').View, isOver: () => boolean,
 *   beat: () => void, end: (status: string, notice: string | undefined, reason: string) => void,
 *   renew: () => Promise<any>, agreed: (demand: import('../call/consent.js').Demand) => void,
 *   listen?: typeof listenTo }} call
 */
export function newsOf({ token, captions, view, isOver, beat, end, renew, agreed, listen = listenTo }) {
  const asked = askedBy({ renew, token, view, agreed });
  /** The utterances that the embedding page has heard of. @type {Set<string>} */
  const told = new Set();

  /** @param {unknown} at */
  function endsAt(at) {
    const atMs = Date.parse(String(at));
    if (!Number.isNaN(atMs)) view.endsAt(atMs);
  }

  /** @param {any} data */
  function caption(data) {
    if (!isCaption(data)) return;
    const { itemId, role, text, final } = data;
    if (captions) view.caption(data);
    if (final !== true || told.has(itemId) || text.trim() === '') return;
    told.add(itemId);
    view.tell('message', { role, text });
  }

  /** @type {Readonly<Record<string, (data: any) => void>>} */
  const takes = {
    state({ state }) {
      const doing = valueIn(doings, state);
      if (doing !== undefined) view.speaking(doing);
    },
    caption,
    remaining: (data) => endsAt(data.endsAt),
    expiring(data) {
      endsAt(data.endsAt);
      view.warn();
    },
    tool(data) {
      if (isResult(data)) view.result(data.useId, data.view);
    },
    link(data) {
      if (isLink(data)) view.link(data.useId, data);
    },
    'consent-wanted'(data) {
      if (isAsked(data)) asked.ask(data);
    },
    notice({ what }) {
      const sentence = valueIn(notices, what);
      if (sentence !== undefined) view.notice(sentence());
    },
    ended({ reason }) {
      // What is known of the visitor is being erased: it does not stay on the screen.
      if (reason === 'privacy') {
        view.captioned(false);
        view.clear();
      }
      end(endedBecause(reason), undefined, typeof reason === 'string' ? reason : 'provider');
    },
  };

  view.captioned(captions);
  const listening = listen({
    token,
    onRefused: beat,
    onEvent({ name, data }) {
      if (!isOver()) valueIn(takes, name)?.(parsed(data));
    },
  });
  return {
    online: listening.online,
    stop() {
      asked.stop();
      listening.stop();
    },
  };
}
