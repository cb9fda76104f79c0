import { mayAsk } from '../access.js';
import { operations as o } from '../operations.js';
import { menuOf, placeAt } from '../places.js';
import { actions } from './actions.js';

/** @typedef {import('../access.js').Me} Me */
/** @typedef {import('../facts.js').Facts} Facts */
/** @typedef {import('../words.js').Key} Key */
/**
 * One line of the palette: what kind of thing it is, its text, and where it leads; without a place it signs out.
 * @typedef {Readonly<{kind: Key, text: string, to?: string}>} Entry
 */
/** How the page says things. @typedef {Pick<typeof import('../words.js'), 't' | 'named'>} Speech */

/**
 * Everything that somebody can go to and begin: the screens of their menu, then what they may do.
 * @param {Facts} facts @param {Me} me @param {Speech} speech @returns {Entry[]}
 */
export const entriesOf = (facts, me, { t, named }) => [
  ...menuOf(facts, me).map(({ name, path }) => ({
    kind: /** @type {Key} */ ('palette.screen'),
    text: named('menu', name),
    to: path,
  })),
  ...actions
    .filter(({ needs }) => mayAsk(facts, me, needs))
    .map(({ words, to }) => ({ kind: /** @type {Key} */ ('palette.action'), text: t(words), to })),
  { kind: 'palette.action', text: t('shell.signOut') },
];

/** Whether a text may be the id that stands in the path of one call. @param {string} id */
const isUuid = (id) => id !== '' && placeAt(`/console/calls/${id}`)?.id === id;
const widgetKey = /^w_[\w-]{1,120}$/;
const member = /^(?:m_[\w-]{22}|[^\s@]{1,64}@[^\s@]{1,255})$/;

/**
 * What an id leads to. Of a UUID nobody knows whether it is of a call, a privacy request or an incident, so all are
 * offered.
 * @type {readonly Readonly<{kind: Key, needs: import('../operations.js').Operation, isId: (id: string) => boolean, to:
 *   (id: string) => string}>[]}
 */
const finds = [
  { kind: 'call.title', needs: o.showCall, isId: isUuid, to: (id) => `/console/calls/${id}` },
  { kind: 'privacy.title', needs: o.showPrivacyRequest, isId: isUuid, to: (id) => `/console/privacy/${id}` },
  { kind: 'incidents.one', needs: o.showIncident, isId: isUuid, to: (id) => `/console/incidents/${id}` },
  { kind: 'calls.key', needs: o.listKeys, isId: (id) => widgetKey.test(id), to: (id) => `/console/keys?key=${id}` },
  { kind: 'calls.live', needs: o.listCalls, isId: (id) => widgetKey.test(id), to: (id) => `/console/calls?key=${id}` },
  {
    kind: 'people.member',
    needs: o.listMembers,
    isId: (id) => member.test(id),
    to: (id) => `/console/people?member=${encodeURIComponent(id)}`,
  },
];

/**
 * Where the id that somebody typed or pasted leads, as far as they may look there.
 * @param {Facts} facts @param {Me} me @param {string} typed @returns {Entry[]}
 */
export function foundBy(facts, me, typed) {
  const text = typed.trim();
  const id = isUuid(text.toLowerCase()) ? text.toLowerCase() : text;
  return finds
    .filter(({ needs, isId }) => isId(id) && mayAsk(facts, me, needs))
    .map(({ kind, to }) => ({ kind, text: id, to: to(id) }));
}
