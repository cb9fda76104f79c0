import { describe, expect, it } from 'vitest';
import { callAfter, noCall } from './call-state.js';

/** @typedef {import('./call-state.js').News} News */
/** @param {readonly News[]} news */
const after = (...news) => news.reduce(callAfter, noCall);
/** @type {News} */
const starting = { kind: 'starting' };
/** @param {string} name @param {any} data @returns {News} */
const event = (name, data) => ({ kind: 'event', name, data });
/** @param {string} itemId @param {string} text @returns {News} */
const said = (itemId, text, final = true) => event('caption', { itemId, role: 'user', text, final });
/** @param {import('./call-state.js').CallState} state */
const texts = ({ captions }) => captions.map(({ text }) => text);

describe('what the console shows of a test call', () => {
  it('is what both sides say, each utterance once, and what is final for good', () => {
    expect(texts(after(starting, said('a', 'Hel', false), said('a', 'Hello'), said('a', 'Hell', false)))).toEqual([
      'Hello',
    ]);
    expect(texts(after(starting, said('a', 'one'), said('b', 'two'), said('c', '  ')))).toEqual(['one', 'two']);
    const many = Array.from({ length: 60 }, (_, at) => said(`i${at}`, `t${at}`));
    expect(texts(after(starting, ...many))).toEqual(many.slice(-50).map((_, at) => `t${at + 10}`));
  });
  it('is nothing of a caption that is none', () => {
    for (const data of [{}, { itemId: 1, role: 'user', text: 'x' }, { itemId: 'a', role: 'system', text: 'x' }])
      expect(after(starting, event('caption', data))).toEqual(after(starting));
  });
  it('is who speaks, and when it ends by its limits, as the server says it last', () => {
    const endsAt = '2026-12-01T10:00:00.000Z';
    const state = after(starting, event('state', { state: 'speaking' }), event('expiring', { endsAt }));
    expect(state).toMatchObject({ doing: 'speaking', isEnding: true, endsAtMs: Date.parse(endsAt) });
    expect(callAfter(state, event('remaining', { endsAt: 'soon' })).endsAtMs).toBe(Date.parse(endsAt));
    expect(callAfter(state, { kind: 'ends', atMs: 5 }).endsAtMs).toBe(5);
  });
  it('is how it ended first, and nothing more once it is over, until another one begins', () => {
    const over = after(starting, { kind: 'live' }, { kind: 'over', ending: { reason: 'max_duration' } });
    expect(over).toMatchObject({ phase: 'over', ending: { reason: 'max_duration' } });
    for (const news of [said('a', 'late'), /** @type {News} */ ({ kind: 'over', ending: { reason: 'client' } })])
      expect(callAfter(over, news)).toBe(over);
    expect(callAfter(over, starting)).toEqual({ ...noCall, phase: 'starting' });
  });
});
