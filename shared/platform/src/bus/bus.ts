import type { Consumer, DocumentKind, Fact, FactKind, Question } from '@vox/contracts';
import type { z } from 'zod';
import type { Archive } from './archive.ts';

/** A message that no delivery will make good. The cause names fields and never repeats values. */
export type Reject = Readonly<{ reject: string }>;
export const reject = (cause: string): Reject => ({ reject: cause });

/** What a handler says of a message. Throwing means `retry`; throwing Fault UNAVAILABLE means `wait`. */
export type Outcome = 'ack' | 'retry' | Reject;
/** `wait`: not the message is at fault but a dependency that is down, so this delivery does not count. */
export type HandledOutcome = Outcome | 'wait';

export type Delivery = Readonly<{
  /** 1 on the first delivery. */
  deliveries: number;
  /** Where the asker of a fact waits for an answer, if it does. */
  replyTo?: string | undefined;
}>;

/** The bus. Facts at least once, questions with a deadline, replicated documents: the only ways services talk. */
export type Bus = Facts &
  Questions &
  Replication &
  Archive &
  Readonly<{
    /**
     * Calls the listener each time that a lost link stands again and all that this service needs is there: the other
     * side may have lost what it held. Answers how to stop.
     */
    onRelink: (listener: () => void) => () => void;
    /**
     * The time by the clock of the bus, which all copies of all services share. Throws Fault UNAVAILABLE when it does
     * not say.
     */
    time: () => Promise<Date>;
    /**
     * What this service needs and does not find on the bus as the contracts declare it: a sentence each. Throws
     * Fault UNAVAILABLE.
     */
    missing: () => Promise<readonly string[]>;
    /** Whether the bus answers now; for readiness. Never throws. */
    healthy: () => Promise<boolean>;
    /** Stops taking messages, lets handlers end, sends what is under way, closes. */
    close: () => Promise<void>;
  }>;

export type Facts = Readonly<{
  /**
   * Resolves once the stream has stored the fact. Publishing an id again inside the dedupe window stores nothing and
   * says so. Throws Fault UNAVAILABLE within `timeoutMs` (default 800) when the stream does not confirm.
   */
  publish: <K extends FactKind>(kind: K, fact: Fact<K>, options?: PublishOptions) => Promise<{ duplicate: boolean }>;
  /**
   * Hands each fact of the consumer's kinds to one copy at a time until it says `ack`. `retry` comes again after a
   * back-off that grows; a rejected message, bytes that are no fact of these kinds, and a message past its deliveries
   * go to the dead-letter stream first and are then given up. A copy that falls silent for the consumer's ack wait has
   * lost its message to another; one whose handler works has not, for four of them. While a dependency is down a
   * message waits for it, as long as the stream keeps it. A consumer that falls silent is opened again; one that is
   * gone is waited for. Rejects when it is not there or not as declared.
   */
  consume: <K extends FactKind>(
    consumer: Consumer<K>,
    handle: (fact: Fact<K>, delivery: Delivery) => Promise<Outcome>,
  ) => Promise<Consumption>;
}>;

export type PublishOptions = Readonly<{ replyTo?: string | undefined; timeoutMs?: number }>;

/** A running consumer. `stop` takes no new messages and waits for the handlers at work. */
export type Consumption = Readonly<{ stop: () => Promise<void> }>;

export type Questions = Readonly<{
  /**
   * Throws the Fault that the answering service threw, or Fault UNAVAILABLE when nobody answers within `timeoutMs`
   * (default 2,000).
   */
  ask: <Q extends Question>(
    question: Q,
    request: z.input<Q['request']>,
    options?: { timeoutMs?: number },
  ) => Promise<z.infer<Q['reply']>>;
  /**
   * Answers a question in this process; copies of a service share the askers among them. A bad request is answered
   * INVALID_REQUEST.
   */
  answer: <Q extends Question>(
    question: Q,
    handle: (request: z.infer<Q['request']>) => Promise<z.input<Q['reply']>>,
  ) => Promise<Consumption>;
  /** Opens a place to wait for one answer that a fact will bring. */
  expect: <S extends z.ZodType>(schema: S, options: { timeoutMs: number }) => Expected<z.infer<S>>;
  /** Answers whoever waits at `replyTo`. If nobody waits any more, nothing happens. */
  reply: <S extends z.ZodType>(replyTo: string, schema: S, value: z.input<S>) => Promise<void>;
}>;

/** `answer` rejects with Fault UNAVAILABLE after the time given; `cancel` gives the place up without a rejection. */
export type Expected<T> = Readonly<{ replyTo: string; answer: Promise<T>; cancel: () => void }>;

export type Replication = Readonly<{
  documents: <D extends DocumentKind>(kind: D) => Documents<z.infer<D['data']>>;
}>;

/** Documents of one kind by key. A key is made of letters, digits, `-`, `_`, `.`. */
export type Documents<T> = Readonly<{
  put: (key: string, value: T) => Promise<void>;
  /**
   * Puts what `newest` answers, or removes the document where it answers nothing, and asks it again whenever somebody
   * else has put or removed meanwhile: of several who renew one document after they changed what it is made from, in
   * whatever order they come, the last leaves the newest.
   */
  renew: (key: string, newest: () => Promise<T | undefined>) => Promise<void>;
  remove: (key: string) => Promise<void>;
  read: (key: string) => Promise<T | undefined>;
  /** Resolves once every document there is now stands in memory; from then on it follows each change. */
  follow: (onChange?: (key: string, value: T | undefined) => void) => Promise<Replica<T>>;
}>;

export type Replica<T> = Readonly<{
  get: (key: string) => T | undefined;
  keys: () => IterableIterator<string>;
  /** False while the link to the bus is down and changes could be missed. */
  current: () => boolean;
  stop: () => Promise<void>;
}>;
