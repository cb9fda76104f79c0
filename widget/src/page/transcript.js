import { piecesOf } from './cut.js';
import { listener } from './heard.js';

/** @typedef {import('./heard.js').Message} Message */

/** Time in which more words may come before a batch is sent. */
const gatherMs = 1_000;
const firstWaitMs = 1_000;
const longestWaitMs = 30_000;
/** Bounds of a batch: browsers let no more than 64 KiB go out behind a page that is leaving. */
const batchMessagesMax = 100;
const batchBytesMax = 48_000;
/** Bounds of what is kept here while the server cannot be reached. */
const keptMax = 2_000;
const textMax = 16_000;

const bytesOf = (/** @type {unknown} */ value) => new TextEncoder().encode(JSON.stringify(value)).length;

/** The first messages that make one batch: one at least, and no more than a leaving page may send. @param {readonly Message[]} messages */
function firstBatch(messages) {
  let bytes = 0;
  const end = messages.findIndex((message, at) => {
    bytes += bytesOf(message) + 1;
    return at > 0 && (at >= batchMessagesMax || bytes > batchBytesMax);
  });
  return end < 0 ? messages.slice() : messages.slice(0, end);
}

/** A message in as many as its text needs, each cut at a character. @param {Message} message */
const parts = ({ id, text, ...rest }) =>
  piecesOf(text, textMax).map((piece, n) => ({ id: n === 0 ? id : `${id}~${n}`, text: piece, ...rest }));

/**
 * Sends what both sides of a call say, in batches, and keeps each message until the server has taken it: over a lost connection it waits and sends
 * again, and when the page goes away it hands over what is left. A message has the provider's id, so that sending it again makes no second one.
 * @param {{ sessionId: string, token: string, now?: () => number,
 *   ask: (path: string, asked: { token: string, body: object }) => Promise<unknown>,
 *   beacon: (path: string, text: string) => boolean,
 *   pause?: (ms: number) => Promise<void> }} options
 */
export function transcriptOf({
  sessionId,
  token,
  ask,
  beacon,
  now = Date.now,
  pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}) {
  /** Not taken yet, oldest first. @type {Message[]} */
  let waiting = [];
  /** What is on its way. It is sent again as it is, until it is taken. @type {Message[] | undefined} */
  let batch;
  const heard = listener(now);
  /** @type {Promise<void> | undefined} */
  let sending;
  let over = false;
  /** Nothing is heard any more. */
  let closed = false;
  /** Ends the wait for a connection. */
  let wake = () => {};
  /** Something of it will never be sent, so nobody may say that all was. */
  let lost = false;
  /** The server knows that this was all. */
  let told = false;

  /** @param {number} status */
  function refused(status) {
    lost = true;
    const isHopeless = status === 401 || status === 403 || status === 404;
    waiting = isHopeless ? [] : waiting.slice(batch?.length ?? 0);
    batch = undefined;
  }

  async function sendBatch() {
    batch ??= firstBatch(waiting);
    const sent = batch;
    const body = { sm_session_id: sessionId, messages: sent };
    const answer = /** @type {any} */ (await ask('/api/transcripts/append', { token, body }));
    // What the server names it will never take, and the rest it has.
    if (answer?.refused?.length > 0) lost = true;
    // What was dropped meanwhile is not there any more.
    if (batch === sent) waiting = waiting.slice(sent.length);
    batch = undefined;
  }

  /** A server that answered said when to come again. Nobody who did not is waited for once there is a connection. @param {number} ms */
  const untilConnected = (ms) =>
    Promise.race([
      pause(ms),
      new Promise((/** @type {(value: void) => void} */ resolve) => {
        wake = resolve;
      }),
    ]);

  async function send() {
    for (let waitMs = firstWaitMs; waiting.length > 0; ) {
      try {
        await sendBatch();
        waitMs = firstWaitMs;
      } catch (error) {
        const { status, retryAfterSeconds = 0 } = /** @type {import('./api.js').Refusal} */ (error);
        if (status !== undefined && status < 500 && status !== 429) refused(status);
        else {
          const ms = Math.max(waitMs * (0.5 + Math.random() / 2), retryAfterSeconds * 1_000);
          await (status === undefined ? untilConnected(ms) : pause(ms));
          waitMs = Math.min(waitMs * 2, longestWaitMs);
        }
      }
    }
    if (over && !lost && !told)
      await ask('/api/transcripts/finalize', { token, body: { sm_session_id: sessionId } }).then(
        () => {
          told = true;
        },
        () => undefined,
      );
  }

  /** @param {number} afterMs */
  function start(afterMs) {
    sending ??= pause(afterMs)
      .then(send)
      .finally(() => {
        sending = undefined;
        if (waiting.length > 0) start(gatherMs);
      });
  }

  /** @param {readonly Message[]} messages */
  function keep(messages) {
    for (const part of messages.flatMap(parts)) {
      if (waiting.length < keptMax) waiting.push(part);
      else lost = true;
    }
  }

  /** Nothing more comes of the provider: what was begun is kept as far as it came. */
  function close() {
    if (!closed) keep(heard.flush());
    closed = true;
  }

  return {
    /** Takes what belongs to the transcript out of a provider's event. @param {any} event */
    hear(event) {
      if (closed) return;
      keep(heard.hear(event));
      if (waiting.length > 0) start(gatherMs);
    },
    /** Whether something was said that is still being written down. */
    awaits: () => !closed && heard.awaits(),
    /** The call is over: the rest is sent, and then that this was all. Resolves once the server has it. */
    async finish() {
      close();
      over = true;
      await sending;
      start(0);
      await sending;
    },
    /** The browser has a connection again: what waited for one is sent at once. */
    online() {
      wake();
    },
    /** The page goes away: what fits is handed to the browser, which sends it behind us. */
    leave() {
      close();
      let left = waiting;
      let bytes = 0;
      while (left.length > 0) {
        const messages = left === waiting && batch !== undefined ? batch : firstBatch(left);
        const text = JSON.stringify({ sm_session_id: sessionId, authToken: token, messages });
        bytes += text.length;
        if (bytes > batchBytesMax * 1.25 || !beacon('/api/transcripts/append', text)) return;
        left = left.slice(messages.length);
      }
      if (!lost) beacon('/api/transcripts/finalize', JSON.stringify({ sm_session_id: sessionId, authToken: token }));
    },
    /** Nothing more is sent: the visitor does not want its words kept. */
    drop() {
      lost = true;
      over = true;
      closed = true;
      waiting = [];
      batch = undefined;
    },
  };
}
