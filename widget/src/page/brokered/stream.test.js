import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventStream, turn } from './stream.fixture.js';
import { listenTo } from './stream.js';

/** Waits for the requests and reads that a step begins. */
async function settle() {
  for (let n = 0; n < 10; n += 1) await turn();
}

describe('the stream of a call’s events', () => {
  /**
   * @type {{ path: string, headers: Record<string, string>, credentials: string,
   *   body: ReturnType<typeof eventStream> }[]}
   */
  let asked;
  /** What the server answers in the place of a stream, one a request. @type {(Response | Error | undefined)[]} */
  let answers;
  /** @type {number[]} */
  let waits;
  /** @type {string[]} */
  let heard;
  let refusals = 0;
  let nowMs = 0;
  /** Ends the wait that is under way. */
  let waited = () => {};
  /** @type {ReturnType<typeof listenTo> | undefined} */
  let stream;

  beforeEach(() => {
    [asked, answers, waits, heard] = [[], [], [], []];
    [refusals, nowMs] = [0, 0];
    vi.stubGlobal('document', { querySelector: () => ({ getAttribute: () => 'https://shop.example' }) });
    vi.stubGlobal('fetch', async (/** @type {string} */ path, /** @type {any} */ { headers, credentials, signal }) => {
      const body = eventStream(signal);
      asked.push({ path, headers, credentials, body });
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer ?? body.answer;
    });
  });
  afterEach(() => {
    stream?.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  async function open() {
    stream = listenTo({
      token: 't1',
      onEvent: ({ name, data }) => heard.push(`${name} ${data}`),
      onRefused: () => void (refusals += 1),
      now: () => nowMs,
      random: () => 1,
      pause(ms) {
        waits.push(ms);
        return new Promise((resolve) => {
          waited = () => resolve(undefined);
        });
      },
    });
    await settle();
  }
  /** Lets the time pass that it waits before the next try. */
  async function again() {
    waited();
    await settle();
  }
  const latest = () => /** @type {NonNullable<typeof asked[0]>} */ (asked.at(-1));

  it('is asked for with the token in a header and in no address, and without cookies', async () => {
    await open();
    const [{ path, headers, credentials } = latest()] = asked;
    expect(path).toBe('/api/session/events');
    expect(credentials).toBe('omit');
    expect(headers).toEqual({
      accept: 'text/event-stream',
      authorization: 'Bearer t1',
      'x-vox-framed-by': 'https://shop.example',
    });
  });
  it('gives each event as it comes, a character that was cut in two bytes too', async () => {
    await open();
    const bytes = new TextEncoder().encode('event: caption\ndata: "é"\n\n');
    for (const byte of bytes) latest().body.send(Uint8Array.of(byte));
    await settle();
    expect(heard).toEqual(['caption "é"']);
  });
  it('is opened again after it ended, says which event came last, and waits longer while that fails', async () => {
    await open();
    latest().body.tell('state', { state: 'listening' }, '41');
    latest().body.end();
    await settle();
    answers.push(new TypeError('offline'), new TypeError('offline'));
    for (let tries = 0; tries < 3; tries += 1) await again();
    expect(waits).toEqual([500, 1_000, 2_000]);
    expect(asked).toHaveLength(4);
    expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '41', '41', '41']);
    latest().body.tell('remaining', {});
    await settle();
    expect(heard).toEqual(['state {"state":"listening"}', 'remaining {}']);
    expect(refusals).toBe(0);
  });
  it('begins with the shortest wait again after a stream that was open for a while', async () => {
    answers.push(new TypeError('offline'), new TypeError('offline'));
    await open();
    await again();
    await again();
    nowMs += 60_000;
    latest().body.end();
    await settle();
    expect(waits).toEqual([500, 1_000, 500]);
  });
  it('is opened at once when the browser is online again, also in the place of one that still seems open', async () => {
    answers.push(new TypeError('offline'));
    await open();
    expect(asked).toHaveLength(1);
    stream?.online();
    await settle();
    expect(asked).toHaveLength(2);
    const before = latest().body;
    stream?.online();
    await settle();
    expect(asked).toHaveLength(3);
    expect(before.isOver()).toBe(true);
    expect(waits).toEqual([500]);
  });
  it('is given up when nothing comes for three quarters of a minute, and not while comments come', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await open();
    vi.advanceTimersByTime(40_000);
    latest().body.write(': still here\n');
    await settle();
    vi.advanceTimersByTime(40_000);
    await settle();
    expect(latest().body.isOver()).toBe(false);
    vi.advanceTimersByTime(5_000);
    await settle();
    expect(latest().body.isOver()).toBe(true);
    expect(waits).toEqual([500]);
  });
  it.each([
    [401, 1],
    [403, 1],
    [404, 1],
    [408, 0],
    [429, 0],
    [500, 0],
    [503, 0],
  ])('is asked for again after %i, and %i times a heartbeat is asked what that means', async (status, beats) => {
    answers.push(new Response('{}', { status, headers: { 'retry-after': '7' } }));
    await open();
    expect(refusals).toBe(beats);
    expect(waits).toEqual([7_000]);
    await again();
    expect(asked).toHaveLength(2);
  });
  it('is nothing that another host answers with, whatever it says', async () => {
    answers.push(new Response('event: ended\ndata: {}\n\n', { headers: { 'content-type': 'text/html' } }));
    await open();
    expect(heard).toEqual([]);
    expect(waits).toEqual([500]);
  });
  it('sends no id back that cannot stand in a header', async () => {
    await open();
    latest().body.tell('state', {}, 'ü');
    latest().body.end();
    await settle();
    await again();
    expect(latest().headers['last-event-id']).toBeUndefined();
  });
  it('is closed and never opened again once it is stopped', async () => {
    await open();
    const { body } = latest();
    body.tell('state', {});
    stream?.stop();
    await settle();
    await again();
    expect(body.isOver()).toBe(true);
    expect([asked.length, waits, heard]).toEqual([1, [], []]);
  });
});
