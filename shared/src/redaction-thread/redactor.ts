import { Worker } from 'node:worker_threads';
import { Fault, Reason } from '../fault/mod.ts';
import {
  type Carry,
  type Found,
  type RedactionPolicy,
  redactMessage,
  redactSession,
  type Said,
} from '../redaction/mod.ts';

/** A batch of a session, or without `carry` one message that is judged by itself. */
type Reading = Readonly<{ carry?: Carry; messages: readonly Said[]; policy: RedactionPolicy }>;
export type Order = Readonly<{ number: number }> & Reading;
type Heard<M extends Said> = Readonly<{ messages: M[]; carry: Carry; found: Found }>;
type HeardAlone<M extends Said> = Readonly<{ message: M; found: Found }>;

export type Redactor = Readonly<{
  /**
   * What was said without cards, as `redactSession` has it. Throws Fault UNAVAILABLE when too much of this call, or of all, waits already: nothing is
   * ever passed on unread.
   */
  redact: <M extends Said>(
    call: string,
    carry: Carry,
    messages: readonly M[],
    policy: RedactionPolicy,
  ) => Promise<Heard<M>>;
  /** One message that is judged by itself, as `redactMessage` has it. Throws as `redact` does. */
  redactAlone: <M extends Said>(call: string, message: M, policy: RedactionPolicy) => Promise<HeardAlone<M>>;
  stop: () => Promise<void>;
}>;

/** Characters that are read at once in this thread: a few milliseconds, whatever they are, and less than another thread's answer takes. */
const atOnceMax = 500;

/** How many long batches wait, of one call and of all, and how long each does, the reading included. */
export type RedactorBounds = Readonly<{ perCallMax: number; waitingMax: number; patienceMs: number }>;

const busy = (why: string): Fault => new Fault('UNAVAILABLE', {}, { cause: new Reason(why) });

/** Reads short batches at once, and long ones in a thread of their own, so that nobody else waits for them. */
export function redactor({ perCallMax, waitingMax, patienceMs }: RedactorBounds): Redactor {
  type Waiting = Readonly<{ call: string; resolve: (heard: never) => void; reject: (error: unknown) => void }>;
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let last = 0;

  function giveUp(of: Worker, why: string): void {
    if (worker !== of) return;
    worker = undefined;
    for (const { reject } of waiting.values()) reject(busy(why));
    waiting.clear();
  }
  function open(): Worker {
    const opened = new Worker(new URL('./redact-worker.ts', import.meta.url));
    opened.unref();
    opened.on('message', ({ number, heard }: { number: number; heard?: never }) => {
      const asked = waiting.get(number);
      waiting.delete(number);
      if (heard === undefined) asked?.reject(new Fault('INTERNAL', {}, { cause: new Reason('words were not read') }));
      else asked?.resolve(heard);
    });
    opened.on('error', () => giveUp(opened, 'the thread that reads words broke'));
    opened.on('exit', () => giveUp(opened, 'the thread that reads words ended'));
    return opened;
  }
  const ofCall = (call: string): number => [...waiting.values()].filter((each) => each.call === call).length;

  async function elsewhere<H>(call: string, order: Reading): Promise<H> {
    if (waiting.size >= waitingMax || ofCall(call) >= perCallMax) throw busy('too many words wait to be read');
    worker ??= open();
    const asked = worker;
    last += 1;
    const number = last;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<H>((resolve, reject) => {
        waiting.set(number, { call, resolve, reject });
        timer = setTimeout(() => {
          giveUp(asked, 'words were not read in time');
          void asked.terminate();
        }, patienceMs);
        asked.postMessage({ number, ...order });
      });
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    redact: async (call, carry, messages, policy) =>
      lengthOf(messages) <= atOnceMax
        ? redactSession(carry, messages, policy)
        : elsewhere(call, { carry, messages, policy }),
    redactAlone: async (call, message, policy) =>
      lengthOf([message]) <= atOnceMax
        ? redactMessage(message, policy)
        : elsewhere(call, { messages: [message], policy }),
    async stop() {
      await worker?.terminate();
    },
  };
}

/** As far as it matters whether there is much to read. */
function lengthOf(messages: readonly Said[]): number {
  let length = 0;
  for (const { text, meta } of messages) {
    length += text.length + (meta === undefined ? 0 : JSON.stringify(meta).length);
    if (length > atOnceMax) return length;
  }
  return length;
}
