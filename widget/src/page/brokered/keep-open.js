import { eventParser } from './events.js';
import { triesAfter, waitBefore } from './reconnect.js';

/** Longest wait for the head of an answer. */
const openMs = 15_000;
/** Longest silence of a stream. The server writes a comment more often: a connection that says nothing is gone. */
const silenceMs = 45_000;
/** What may stand in a header. */
const plain = /^[\x21-\x7e]{1,200}$/;

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether an answer means that asking again will be refused too. @param {number} status */
const isRefusal = (status) => status >= 400 && status < 500 && status !== 408 && status !== 429;

/**
 * Reads a stream of the server's events, and opens it again whenever it ends, until it is stopped. `open` asks for it,
 * with the headers that every such request has. `onRefused` runs when the server gives no stream and says why;
 * `onOpened` and `onLost` run when one begins and when it is over.
 * @param {{ open: (asked: {headers: Record<string, string>, signal: AbortSignal}) => Promise<Response>,
 *   onEvent: (event: import('./events.js').ServerEvent) => void, onRefused: (status: number) => void,
 *   onOpened?: () => void, onLost?: () => void, now?: () => number, random?: () => number,
 *   pause?: (ms: number) => Promise<unknown> }} options
 */
export function keepOpen({
  open,
  onEvent,
  onRefused,
  onOpened = () => undefined,
  onLost = () => undefined,
  now = Date.now,
  random = Math.random,
  pause = sleep,
}) {
  let stopped = false;
  let tries = 0;
  let lastId = '';
  /** @type {number | undefined} */
  let retryMs;
  /** Whether the next try needs no wait. */
  let atOnce = false;
  let control = new AbortController();
  /** Ends the wait for the next try. */
  let wake = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let watchdog;

  /** Gives up what is open when nothing comes for so long. @param {number} ms */
  function expectWithin(ms) {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => control.abort(), ms);
  }

  const headers = () => ({
    accept: 'text/event-stream',
    ...(plain.test(lastId) && { 'last-event-id': lastId }),
  });

  /** @param {ReadableStream<Uint8Array>} body */
  async function read(body) {
    const decoder = new TextDecoder();
    const reader = body.getReader();
    const parse = eventParser({
      onEvent: (event) => {
        if (event.id !== '') lastId = event.id;
        if (!stopped) onEvent(event);
      },
      onRetry: (ms) => {
        retryMs = ms;
      },
    });
    for (;;) {
      expectWithin(silenceMs);
      const { done, value } = await reader.read();
      if (done) return;
      parse(decoder.decode(value, { stream: true }));
    }
  }

  /** One stream from its beginning to its end. Answers how long it was open, and when to come again at the earliest. */
  async function listenOnce() {
    control = new AbortController();
    const { signal } = control;
    /** @type {number | undefined} */
    let openedAt;
    let retryAfterSeconds = 0;
    try {
      expectWithin(openMs);
      const answer = await open({ headers: headers(), signal });
      const isStream = answer.ok && answer.headers.get('content-type')?.startsWith('text/event-stream');
      if (isStream && answer.body !== null) {
        openedAt = now();
        onOpened();
        await read(answer.body);
      } else {
        retryAfterSeconds = Number(answer.headers.get('retry-after')) || 0;
        void answer.body?.cancel().catch(() => undefined);
        if (isRefusal(answer.status) && !stopped) onRefused(answer.status);
      }
    } catch {
      // The network is gone, or it was given up: the next try follows.
    }
    clearTimeout(watchdog);
    control.abort();
    return { openMs: openedAt === undefined ? 0 : now() - openedAt, retryAfterSeconds };
  }

  async function listen() {
    while (!stopped) {
      const { openMs, retryAfterSeconds } = await listenOnce();
      if (stopped) return;
      onLost();
      tries = atOnce ? 0 : triesAfter(tries, openMs);
      if (!atOnce) {
        const woken = new Promise((resolve) => {
          wake = () => resolve(undefined);
        });
        await Promise.race([woken, pause(waitBefore({ tries, retryMs, retryAfterSeconds }, random()))]);
      }
      atOnce = false;
    }
  }
  void listen();

  /** Ends what is open or waited for. */
  function interrupt() {
    control.abort();
    wake();
  }
  return {
    /** The browser has a connection again: an open stream belongs to the one before. */
    online() {
      tries = 0;
      atOnce = true;
      interrupt();
    },
    stop() {
      stopped = true;
      clearTimeout(watchdog);
      interrupt();
    },
  };
}
