/**
 * One message as the server takes it.
 * @typedef {{ id: string, role: 'user' | 'assistant' | 'tool', text: string, ts: number, meta?: Record<string, unknown> }} Message
 */

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

/** A message in as many as its text needs. @param {Message} message */
function parts({ id, text, ...rest }) {
  const count = Math.max(1, Math.ceil(text.length / textMax));
  return Array.from({ length: count }, (_, n) => ({
    id: n === 0 ? id : `${id}~${n}`,
    text: text.slice(n * textMax, (n + 1) * textMax),
    ...rest,
  }));
}

/** The message that a provider's event finishes, if it does. @param {any} event @returns {Omit<Message, 'ts'> | undefined} */
function messageOf(event) {
  if (typeof event.item_id !== 'string') return undefined;
  const id = event.content_index > 0 ? `${event.item_id}.${event.content_index}` : event.item_id;
  switch (event.type) {
    case 'conversation.item.input_audio_transcription.completed':
      return { id, role: 'user', text: event.transcript };
    case 'response.output_audio_transcript.done':
      return { id, role: 'assistant', text: event.transcript };
    case 'response.output_text.done':
      return { id, role: 'assistant', text: event.text };
    case 'response.function_call_arguments.done':
      return { id, role: 'tool', text: event.arguments, meta: { name: event.name, callId: event.call_id } };
  }
  return undefined;
}

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
  /** When an item began: what a visitor said is written down only after the answer to it has begun. @type {Map<string, number>} */
  const begun = new Map();
  /** @type {Promise<void> | undefined} */
  let sending;
  let over = false;
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
    await ask('/api/transcripts/append', { token, body: { sm_session_id: sessionId, messages: sent } });
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

  return {
    /** Takes what belongs to the transcript out of a provider's event. @param {any} event */
    hear(event) {
      if (event.type === 'input_audio_buffer.speech_started') begun.set(event.item_id, now());
      if (event.type === 'response.output_item.added') begun.set(event.item?.id, now());
      const message = over ? undefined : messageOf(event);
      if (message === undefined || typeof message.text !== 'string' || message.text === '') return;
      const ts = begun.get(event.item_id) ?? now();
      for (const part of parts({ ...message, ts })) {
        if (waiting.length < keptMax) waiting.push(part);
        else lost = true;
      }
      start(gatherMs);
    },
    /** The call is over: the rest is sent, and then that this was all. Resolves once the server has it. */
    async finish() {
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
      waiting = [];
      batch = undefined;
    },
  };
}
