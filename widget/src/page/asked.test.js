import { afterEach, describe, expect, it, vi } from 'vitest';
import { askedBy } from './asked.js';
import { words } from './words.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A call whose agent asks; the server answers with a status. @param {number} [status] */
function opened(status = 200) {
  /** @type {any[]} */
  const sent = [];
  /** @type {any[]} */
  const shown = [];
  vi.stubGlobal('document', { querySelector: () => null });
  vi.stubGlobal('navigator', { language: 'en' });
  vi.stubGlobal('fetch', async (/** @type {string} */ path, /** @type {any} */ { body, headers }) => {
    sent.push([path, headers.authorization, JSON.parse(body)]);
    return Response.json(status === 200 ? { receipt: 'r' } : { userMessage: 'Not now.' }, { status });
  });
  const view = /** @type {any} */ ({
    ask: (/** @type {any} */ asked) => shown.push(asked),
    notice: (/** @type {string} */ text) => shown.push(text),
  });
  const agreed = vi.fn();
  const asked = askedBy({ renew: async () => ({ widgetSessionToken: 'w1' }), token: 't1', view, agreed });
  return { ...asked, sent, shown, agreed };
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
    const { ask, shown, close } = opened();
    ask(demand);
    vi.advanceTimersByTime(45_000);
    expect(shown.at(-1)).toBeUndefined();
    ask({ ...demand, useId: 'c2' });
    expect(shown.at(-1)).toMatchObject({ text: 'We keep it.' });
    close();
    expect(shown.at(-1)).toBeUndefined();
  });
  it('that could not be recorded says so in the server’s words', async () => {
    const { ask, shown, agreed } = opened(503);
    ask(demand);
    shown.at(-1).answer(true);
    await settle();
    expect(shown.at(-1)).toBe('Not now.');
    expect(agreed).not.toHaveBeenCalled();
  });
});
