import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { menuOf, placeAt } from '../places.js';
import { named, t } from '../words.js';
import { actions } from './actions.js';
import { entriesOf, foundBy } from './entries.js';
import { chosenAfter, matching } from './matching.js';

/** @type {{facts: import('../facts.js').Facts}} */
const { facts } = await import(/** @type {string} */ ('../../facts.ts'));

/** @param {string} role */
const member = (role) => ({ tenantId: 'acme', memberId: `m_${'a'.repeat(22)}`, role, freshUntil: null });
/** @param {readonly import('./entries.js').Entry[]} entries */
const texts = (entries) => entries.map(({ text }) => text);
/** @param {string} role */
const linesOf = (role) => texts(entriesOf(facts, member(role), { t, named }));
/** @param {string} role @param {string} typed */
const ledTo = (role, typed) => foundBy(facts, member(role), typed).map(({ to }) => to);
const id = '0b9ac8a6-3f1f-4a53-9f38-1b6e0f7a2c11';

describe('the palette', () => {
  it('offers the screens of somebody’s menu, and the actions that the access table allows them', () => {
    expect(linesOf('owner')).toEqual(expect.arrayContaining(['Audit log', 'Invite', 'Kill switch', 'Sign out']));
    const menu = menuOf(facts, member('viewer')).map(({ name }) => named('menu', name));
    expect(linesOf('viewer')).toEqual([...menu, 'A test call', 'Sign out']);
    expect(linesOf('privacy-officer')).toContain('Place a hold');
    expect(linesOf('developer')).not.toContain('Place a hold');
  });
  it('begins each action at a screen that opens it', () => {
    const screens = globSync('**/*.js', { cwd: fileURLToPath(new URL('../screens', import.meta.url)) });
    const sources = screens.map((name) => readFileSync(new URL(`../screens/${name}`, import.meta.url), 'utf8'));
    for (const { to } of actions) {
      const { pathname, searchParams } = new URL(to, 'https://console.invalid');
      expect(placeAt(pathname), to).toBeDefined();
      const opens = sources.filter((text) => text.includes(`useWanted('${searchParams.get('do')}'`));
      expect([to, opens.length > 0]).toEqual([to, searchParams.has('do')]);
    }
  });
  it('finds a call, a request, a key and a member by the id, where somebody may look', () => {
    const all = ['calls', 'privacy', 'incidents'].map((screen) => `/console/${screen}/${id}`);
    expect(ledTo('owner', ` ${id.toUpperCase()} `)).toEqual(all);
    expect(ledTo('viewer', id)).toEqual([`/console/calls/${id}`]);
    expect(ledTo('owner', 'w_demo_shop_x1')).toEqual([
      ...['/console/keys?key=w_demo_shop_x1', '/console/calls?key=w_demo_shop_x1'],
    ]);
    expect(ledTo('owner', 'ann+a@example.com')).toEqual(['/console/people?member=ann%2Ba%40example.com']);
    expect(ledTo('owner', `m_${'b'.repeat(22)}`)).toEqual([`/console/people?member=m_${'b'.repeat(22)}`]);
    expect(ledTo('viewer', 'ann@example.com')).toEqual([]);
    for (const typed of ['', 'calls', `${id}x`, '../x', 'w_&do=end-all']) expect(ledTo('owner', typed)).toEqual([]);
  });
});

describe('what somebody types into the palette', () => {
  const entries = ['Overview', 'Widget keys', 'Create an API key', 'Clés d’accès', 'Recovery'].map((text) => ({
    text,
  }));
  const found = (/** @type {string} */ typed) => matching(entries, typed).map(({ text }) => text);
  it('finds what begins so first, then what has words that begin so, then what holds it anywhere', () => {
    expect(found('over')).toEqual(['Overview', 'Recovery']);
    expect(found('key')).toEqual(['Widget keys', 'Create an API key']);
    expect(found('key cre')).toEqual(['Create an API key']);
  });
  it('needs no case and no accents, and finds everything as long as it is nothing', () => {
    expect(found('CLES acces')).toEqual(['Clés d’accès']);
    expect(found('  ')).toHaveLength(entries.length);
    expect(found('nothing of this')).toEqual([]);
  });
});

describe('the keys of the palette', () => {
  it('choose the next line, round the ends, and leave all other keys to the field', () => {
    expect([0, 1, 2].map((at) => chosenAfter('ArrowDown', at, 3))).toEqual([1, 2, 0]);
    expect([0, 1, 2].map((at) => chosenAfter('ArrowUp', at, 3))).toEqual([2, 0, 1]);
    expect([chosenAfter('PageDown', 0, 3), chosenAfter('PageUp', 2, 3)]).toEqual([2, 0]);
    expect(chosenAfter('ArrowDown', 0, 0)).toBe(0);
    expect(['Home', 'End', 'a', 'Escape'].map((key) => chosenAfter(key, 0, 3))).toEqual(Array(4).fill(undefined));
  });
});
