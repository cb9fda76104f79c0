import { Worker } from 'node:worker_threads';
import {
  type CutCounts,
  type RedactionPolicy,
  type RedactionState,
  redactMessage,
  redactSession,
  type SpokenMessage,
} from '@vox/redaction';
import { Fault, Reason } from '../fault/mod.ts';

/** A batch of a session, or, without `state`, one message that is judged by itself. */
type Batch = Readonly<{ state?: RedactionState; messages: readonly SpokenMessage[]; policy: RedactionPolicy }>;
export type BatchOrder = Readonly<{ number: number }> & Batch;
type RedactedBatch<M extends SpokenMessage> = Readonly<{ messages: M[]; state: RedactionState; found: CutCounts }>;
type RedactedMessage<M extends SpokenMessage> = Readonly<{ message: M; found: CutCounts }>;

export type Redactor = Readonly<{
  /**
   * Redacts as `redactSession` does. Throws Fault UNAVAILABLE when too much of this call or of all calls waits already:
   * nothing is ever passed on unread.
   */
  redact: <M extends SpokenMessage>(
    call: string,
    state: RedactionState,
    messages: readonly M[],
    policy: RedactionPolicy,
  ) => Promise<RedactedBatch<M>>;
  /** Redacts one message as `redactMessage` does. Throws as `redact` does. */
  redactAlone: <M extends SpokenMessage>(
    call: string,
    message: M,
    policy: RedactionPolicy,
  ) => Promise<RedactedMessage<M>>;
  stop: () => Promise<void>;
}>;

/** Longest text that this thread reads itself: that takes a few milliseconds, less than another thread's answer. */
const atOnceMax = 500;

/** How many long batches may wait, of one call and of all, and how long one may take, counted from its turn. */
export type RedactorBounds = Readonly<{ perCallMax: number; waitingMax: number; patienceMs: number }>;

const busy = (why: string): Fault => new Fault('UNAVAILABLE', {}, { cause: new Reason(why) });

/**
 * Reads short batches at once. Long ones go to a thread of their own, one at a time and the calls in turns, so that
 * nobody else waits for them.
 */
export function redactor({ perCallMax, waitingMax, patienceMs }: RedactorBounds): Redactor {
  type Waiting = Readonly<{
    call: string;
    order: BatchOrder;
    resolve: (heard: never) => void;
    reject: (error: unknown) => void;
  }>;
  /** The waiting batches in their order of arrival, without the one that is being read. */
  const waiting: Waiting[] = [];
  /** The batch that is read now, and its thread. */
  let read: (Waiting & Readonly<{ by: Worker; timer: NodeJS.Timeout }>) | undefined;
  /** The call that had the last turn. */
  let turnOf: string | undefined;
  let worker: Worker | undefined;
  let last = 0;

  /** The batch that has waited longest, but no call has two turns while another call waits. */
  function next(): Waiting | undefined {
    const at = waiting.findIndex(({ call }) => call !== turnOf);
    return waiting.splice(Math.max(at, 0), 1)[0];
  }
  function readNext(): void {
    if (read !== undefined) return;
    const chosen = next();
    if (chosen === undefined) return;
    worker ??= open();
    const by = worker;
    turnOf = chosen.call;
    const timer = setTimeout(() => giveUp(by, 'words were not read in time'), patienceMs);
    read = { ...chosen, by, timer };
    try {
      by.postMessage(chosen.order);
    } catch (error) {
      // What cannot be handed to a thread is refused by itself, and keeps nobody waiting.
      settle(({ reject }) => reject(new Fault('INTERNAL', {}, { cause: error })));
    }
  }
  /** Ends the current batch and starts the next. */
  function settle(how: (asked: Waiting) => void): void {
    const asked = read;
    if (asked === undefined) return;
    clearTimeout(asked.timer);
    read = undefined;
    how(asked);
    readNext();
  }
  /** Gives a thread up: its batch is refused, and waiting batches go to another thread. */
  function giveUp(of: Worker, why: string): void {
    if (worker === of) worker = undefined;
    void of.terminate();
    if (read?.by === of) settle(({ reject }) => reject(busy(why)));
  }
  function open(): Worker {
    const opened = new Worker(new URL('./redact-worker.ts', import.meta.url));
    opened.unref();
    opened.on('message', ({ number, heard }: { number: number; heard?: never }) => {
      if (read?.by !== opened || read.order.number !== number) return;
      settle(({ resolve, reject }) => {
        if (heard === undefined) reject(new Fault('INTERNAL', {}, { cause: new Reason('words were not read') }));
        else resolve(heard);
      });
    });
    opened.on('error', () => giveUp(opened, 'the thread that reads words broke'));
    opened.on('exit', () => giveUp(opened, 'the thread that reads words ended'));
    return opened;
  }
  const ofCall = (call: string): number =>
    waiting.filter((each) => each.call === call).length + (read?.call === call ? 1 : 0);

  async function elsewhere<H>(call: string, batch: Batch): Promise<H> {
    const all = waiting.length + (read === undefined ? 0 : 1);
    if (all >= waitingMax || ofCall(call) >= perCallMax) throw busy('too many words wait to be read');
    last += 1;
    const order = { number: last, ...batch };
    return new Promise<H>((resolve, reject) => {
      waiting.push({ call, order, resolve, reject });
      readNext();
    });
  }

  return {
    redact: async (call, state, messages, policy) =>
      lengthOf(messages) <= atOnceMax
        ? redactSession(state, messages, policy)
        : elsewhere(call, { state, messages, policy }),
    redactAlone: async (call, message, policy) =>
      lengthOf([message]) <= atOnceMax
        ? redactMessage(message, policy)
        : elsewhere(call, { messages: [message], policy }),
    async stop() {
      const refused = waiting.splice(0);
      await worker?.terminate();
      for (const { reject } of refused) reject(busy('the thread that reads words ended'));
    },
  };
}

/** As far as it matters whether there is much to read. */
function lengthOf(messages: readonly SpokenMessage[]): number {
  let length = 0;
  for (const { text, meta } of messages) {
    length += text.length + (meta === undefined ? 0 : JSON.stringify(meta).length);
    if (length > atOnceMax) return length;
  }
  return length;
}
