import { sendLast } from '../reach.js';
import { piecesOf } from './cut.js';
import { listener } from './heard.js';

/** @typedef {import('./heard.js').Message} Message */

/** How long a batch waits for more words. */
const gatherMs = 1_000;
const firstWaitMs = 1_000;
const longestWaitMs = 30_000;
/** Bounds of a batch. A browser sends at most 64 KiB for a page that is leaving. */
const batchMessagesMax = 100;
const batchBytesMax = 48_000;
/** Bounds of what is kept here while the server is out of reach. */
const keptMax = 2_000;
const textMax = 16_000;

const bytesOf = (/** @type {unknown} */ value) => new TextEncoder().encode(JSON.stringify(value)).length;

/** The next batch, of a size that a leaving page may send. @param {readonly Message[]} messages */
function firstBatch(messages) {
  let bytes = 0;
  const end = messages.findIndex((message, at) => {
    bytes += bytesOf(message) + 1;
    return at > 0 && (at >= batchMessagesMax || bytes > batchBytesMax);
  });
  return end < 0 ? messages.slice() : messages.slice(0, end);
}

/** A message in as many parts as its text needs, each cut at a character. @param {Message} message */
const parts = ({ id, text, ...rest }) =>
  piecesOf(text, textMax).map((piece, n) => ({ id: n === 0 ? id : `${id}~${n}`, text: piece, ...rest }));

/**
 * Sends what both sides of a call say, in batches, and keeps each message until the server has taken it. When the
 * connection is lost it waits and sends again. When the page goes away it hands over what is left. A message has the
 * provider's id, so that sending it twice makes no second one.
 * @param {{ sessionId: string, token: string, now?: () => number,
 *   ask: (path: string, asked: { token: string, body: object }) => Promise<unknown>,
 *   beacon?: (path: string, text: string) => boolean,
 *   pause?: (ms: number) => Promise<void> }} options
 */
export function transcriptOf({
  sessionId,
  token,
  ask,
  beacon = sendLast,
  now = Date.now,
  pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}) {
  /** What the server has not taken yet, oldest first. @type {Message[]} */
  let waiting = [];
  /** What is on its way. It is sent unchanged until the server takes it. @type {Message[] | undefined} */
  let batch;
  const heard = listener(now);
  /** @type {Promise<void> | undefined} */
  let sending;
  let over = false;
  /** Whether nothing more is heard. */
  let closed = false;
  /** Ends the wait for a connection. */
  let wake = () => {};
  /** Whether something will never be sent, so that the transcript is not complete. */
  let lost = false;
  /** Whether the server knows that the transcript is complete. */
  let isFinal = false;

  /** Sends nothing more. */
  function drop() {
    lost = true;
    over = true;
    closed = true;
    waiting = [];
    batch = undefined;
  }

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
    // The server will never take the messages that it names. It has the others.
    if (answer?.refused?.length > 0) lost = true;
    // The batch may have been dropped meanwhile.
    if (batch === sent) waiting = waiting.slice(sent.length);
    batch = undefined;
  }

  /** Waits, but no longer than until there is a connection again. @param {number} ms */
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
        const { status, code, retryAfterSeconds = 0 } = /** @type {import('../api.js').Refusal} */ (error);
        if (code === 'HEARD_BY_SERVER') drop();
        else if (status !== undefined && status < 500 && status !== 429) refused(status);
        else {
          const ms = Math.max(waitMs * (0.5 + Math.random() / 2), retryAfterSeconds * 1_000);
          // A server that answered has said when to come again, whatever the connection does.
          await (status === undefined ? untilConnected(ms) : pause(ms));
          waitMs = Math.min(waitMs * 2, longestWaitMs);
        }
      }
    }
    if (over && !lost && !isFinal)
      await ask('/api/transcripts/finalize', { token, body: { sm_session_id: sessionId } }).then(
        () => {
          isFinal = true;
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

  /** Nothing more comes from the provider. Unfinished words are kept as far as they came. */
  function close() {
    if (!closed) keep(heard.flush());
    closed = true;
  }

  return {
    /** Takes the words out of a provider's event. @param {any} event */
    hear(event) {
      if (closed) return;
      keep(heard.hear(event));
      if (waiting.length > 0) start(gatherMs);
    },
    /** Whether the provider is still transcribing something. */
    awaits: () => !closed && heard.awaits(),
    /** The call is over: sends the rest, and then says that this is all. Resolves when the server has it. */
    async finish() {
      close();
      over = true;
      await sending;
      start(0);
      await sending;
    },
    /** The browser has a connection again: sends at once what waited for it. */
    online() {
      wake();
    },
    /** The page goes away: hands what fits to the browser, which sends it afterwards. */
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
    /** The visitor does not want its words kept. */
    drop,
  };
}
