import { afterEach, describe, expect, it, vi } from 'vitest';
import { words } from '../words.js';
import { askedBy } from './asked.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/**
 * A call whose agent asks. The server answers with these statuses, one after the other, and then with 200.
 * @param {number[]} statuses
 */
function opened(...statuses) {
  /** @type {any[]} */
  const sent = [];
  /** @type {any[]} */
  const shown = [];
  vi.stubGlobal('document', { querySelector: () => null });
  vi.stubGlobal('navigator', { language: 'en' });
  vi.stubGlobal('fetch', async (/** @type {string} */ path, /** @type {any} */ { body, headers }) => {
    sent.push([path, headers.authorization, JSON.parse(body)]);
    const status = statuses.shift() ?? 200;
    return Response.json(status === 200 ? { receipt: 'r' } : { userMessage: 'Not now.' }, { status });
  });
  const view = /** @type {any} */ ({
    ask: (/** @type {any} */ asked) => shown.push(asked),
    notice: (/** @type {string} */ text) => shown.push(text),
  });
  const agreed = vi.fn();
  const renew = vi.fn(async () => ({ widgetSessionToken: 'w1' }));
  const asked = askedBy({ renew, token: 't1', view, agreed });
  const questions = () => shown.filter((each) => typeof each === 'object').map(({ text }) => text);
  return { ...asked, sent, shown, agreed, renew, questions };
}
/** @type {import('./asked.js').Asked} */
const demand = { useId: 'c1', purpose: 'transcripts', version: '7', text: 'We keep it.', textHash: 'h', seconds: 45 };
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a consent that an agent asks for', () => {
  it.each([
    [true, words.agreed],
    [false, words.declined],
  ])('is recorded by a click alone (%s), with the token of its call', async (given, said) => {
    const { ask, sent, shown, agreed } = opened();
    ask(demand);
    await settle();
    expect(sent).toEqual([]);
    shown.at(-1).answer(given);
    await settle();
    const said1 = { purpose: 'transcripts', version: '7', textHash: 'h', locale: 'en', method: 'click', given };
    expect(sent).toEqual([['/api/consent', 'Bearer w1', { ...said1, sessionToken: 't1' }]]);
    expect(shown.at(-1)).toBe(said);
    expect(agreed).toHaveBeenCalledTimes(given ? 1 : 0);
  });
  it('is answered once, and asked no second time', async () => {
    const { ask, sent, shown } = opened();
    ask(demand);
    const { answer } = shown.at(-1);
    answer(true);
    answer(false);
    ask(demand);
    await settle();
    expect(sent).toHaveLength(1);
    expect(shown.filter((each) => typeof each === 'object')).toHaveLength(1);
  });
  it('leaves the page when the agent waits no more, and when the call ends', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { ask, shown, stop, questions } = opened();
    ask(demand);
    vi.advanceTimersByTime(45_000);
    expect(shown.at(-1)).toBeUndefined();
    ask(demand);
    expect(questions()).toHaveLength(1);
    ask({ ...demand, useId: 'c2' });
    expect(shown.at(-1)).toMatchObject({ text: 'We keep it.' });
    stop();
    expect(shown.at(-1)).toBeUndefined();
    ask({ ...demand, useId: 'c3' });
    expect(questions()).toHaveLength(2);
  });
  it('never takes the place of another that waits for the visitor, and is shown once that one is answered', async () => {
    const { ask, sent, shown, questions } = opened();
    const other = { ...demand, useId: 'c2', version: '8', text: 'We sell it.' };
    ask(demand);
    ask(other);
    ask(demand);
    expect(questions()).toEqual(['We keep it.']);
    shown.at(-1).answer(true);
    ask(other);
    expect(questions()).toEqual(['We keep it.']);
    await settle();
    ask(other);
    expect(questions()).toEqual(['We keep it.', 'We sell it.']);
    expect(sent.map(([, , { version }]) => version)).toEqual(['7']);
  });
  it('that could not be recorded says so in the server’s words, and is asked again while the agent waits', async () => {
    const { ask, sent, shown, agreed, questions } = opened(503);
    ask(demand);
    shown.at(-1).answer(true);
    await settle();
    expect(shown.at(-1)).toBe('Not now.');
    expect(agreed).not.toHaveBeenCalled();
    ask({ ...demand, seconds: 40 });
    expect(questions()).toHaveLength(2);
    shown.at(-1).answer(true);
    await settle();
    expect(sent).toHaveLength(2);
    expect(agreed).toHaveBeenCalledTimes(1);
  });
  it('is asked again where the visitor’s token could not be renewed', async () => {
    const { ask, shown, renew, questions } = opened();
    renew.mockRejectedValueOnce(new Error('Offline.'));
    ask(demand);
    shown.at(-1).answer(true);
    await settle();
    expect(shown.at(-1)).toBe('Offline.');
    ask(demand);
    expect(questions()).toHaveLength(2);
  });
  it.each([200, 503])(
    'that is answered as the call ends is sent (%i), and the page shows nothing of it',
    async (status) => {
      const { ask, sent, shown, agreed, stop } = opened(status);
      ask(demand);
      shown.at(-1).answer(true);
      stop();
      const before = shown.length;
      await settle();
      expect(sent).toHaveLength(1);
      expect(shown.slice(before)).toEqual([]);
      expect(agreed).not.toHaveBeenCalled();
    },
  );
});
