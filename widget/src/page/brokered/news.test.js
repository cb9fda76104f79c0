import { describe, expect, it } from 'vitest';
import { endedBecause, words } from '../words.js';
import { newsOf } from './news.js';

/** The news of a call: what the page was made to show, in order. @param {{ captions?: boolean }} [options] */
function call({ captions = true } = {}) {
  /** @type {any[]} */
  const shown = [];
  /** @type {(event: { name: string, data: string }) => void} */
  let hear = () => undefined;
  let isOver = false;
  const view = new Proxy(/** @type {any} */ ({}), {
    get:
      (_view, name) =>
      (/** @type {any[]} */ ...args) =>
        shown.push([name, ...args]),
  });
  newsOf({
    ...{ token: 't1', captions, view, isOver: () => isOver },
    beat: () => shown.push(['beat']),
    renew: async () => ({ widgetSessionToken: 'w1' }),
    agreed: (demand) => shown.push(['agreed', demand.purpose]),
    end: (...args) => shown.push(['end', ...args]),
    listen(/** @type {any} */ { onEvent, onRefused, token }) {
      shown.push(['listens', token, typeof onRefused]);
      hear = onEvent;
      return { online() {}, stop() {} };
    },
  });
  shown.length = 0;
  return {
    shown,
    /** @param {string} name @param {unknown} data */
    hear: (name, data) => hear({ name, data: typeof data === 'string' ? data : JSON.stringify(data) }),
    over() {
      isOver = true;
    },
  };
}
const caption = { itemId: 'i1', role: 'user', text: 'Hel', final: false };

describe('what the server tells of a call', () => {
  it.each([
    ['listening', 'nobody'],
    ['speaking', 'agent'],
    ['thinking', 'thinking'],
  ])('that it is %s is shown', (state, who) => {
    const { hear, shown } = call();
    hear('state', { state });
    expect(shown).toEqual([['speaking', who]]);
  });
  it('as captions is shown as it grows, and told the embedding page once, when it is final', () => {
    const { hear, shown } = call();
    const final = { ...caption, text: 'Hello', final: true };
    for (const each of [caption, final, final]) hear('caption', each);
    hear('caption', { ...final, itemId: 'i2', text: ' ' });
    expect(shown.filter(([what]) => what === 'caption').map(([, { text }]) => text)).toEqual([
      'Hel',
      'Hello',
      'Hello',
      ' ',
    ]);
    expect(shown.filter(([what]) => what === 'tell')).toEqual([['tell', 'message', { role: 'user', text: 'Hello' }]]);
  });
  it('as captions is not shown where the tenant shows none', () => {
    const { hear, shown } = call({ captions: false });
    hear('caption', { ...caption, final: true });
    expect(shown.map(([what]) => what)).toEqual(['tell']);
  });
  it('of the time that is left is shown, with a warning when it nearly is over', () => {
    const { hear, shown } = call();
    const endsAt = '2030-01-01T00:00:00.000Z';
    hear('remaining', { seconds: 300, tokens: null, dollars: null, endsAt });
    hear('expiring', { endsAt, remainingSeconds: 60 });
    expect(shown).toEqual([['endsAt', Date.parse(endsAt)], ['endsAt', Date.parse(endsAt)], ['warn']]);
  });
  it('of what its agent shows and asks is shown, and a question once, however often it is asked', () => {
    const { hear, shown } = call();
    const view = { kind: 'card', title: 'Your order', fields: [{ path: 'order.status', value: 'sent' }] };
    const asked = {
      useId: 'c3',
      purpose: 'transcripts',
      version: '1',
      text: 'We keep it.',
      textHash: 'h',
      seconds: 45,
    };
    hear('tool', { useId: 'c1', name: 'find_order', view });
    hear('link', { useId: 'c2', url: 'https://pay.example/1', label: 'Pay' });
    for (const seconds of [45, 40]) hear('consent-wanted', { ...asked, seconds });
    expect(shown).toEqual([
      ['result', 'c1', view],
      ['link', 'c2', { useId: 'c2', url: 'https://pay.example/1', label: 'Pay' }],
      ['ask', { text: 'We keep it.', answer: expect.any(Function) }],
    ]);
  });
  it('of settings that were put back is said in words', () => {
    const { hear, shown } = call();
    hear('notice', { what: 'settings-restored' });
    expect(shown).toEqual([['notice', words.restored]]);
  });
  it.each(['max_duration', 'idle', 'quota', 'key_revoked', 'admin', 'provider', 'policy', 'never_connected'])(
    'of its end by %s ends it with that reason, in the words of every end',
    (reason) => {
      const { hear, shown } = call();
      hear('ended', { reason });
      expect(shown).toEqual([['end', endedBecause(reason), undefined, reason]]);
    },
  );
  it('takes what was said and shown off the screen when the visitor’s data is being erased', () => {
    const { hear, shown } = call();
    hear('ended', { reason: 'privacy' });
    expect(shown).toEqual([['captioned', false], ['clear'], ['end', endedBecause('privacy'), undefined, 'privacy']]);
  });
  it('changes nothing when it is of an unknown kind or form', () => {
    const { hear, shown } = call();
    for (const name of ['state', 'caption', 'remaining', 'notice', 'tool', 'link', 'consent-wanted'])
      for (const data of ['', '{', 'null', '7', '"x"', '[]', '{}', '{"state":"constructor","role":"system"}'])
        hear(name, data);
    for (const name of ['message', 'constructor', '__proto__', 'toString']) hear(name, { state: 'speaking' });
    hear('caption', { ...caption, text: 7 });
    hear('caption', { ...caption, itemId: undefined });
    hear('notice', { what: 'toString' });
    expect(shown).toEqual([]);
  });
  it('changes nothing once the call is over', () => {
    const { hear, shown, over } = call();
    over();
    hear('state', { state: 'speaking' });
    hear('ended', { reason: 'idle' });
    expect(shown).toEqual([]);
  });
});
