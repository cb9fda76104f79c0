import type {
  Consumer,
  ConsumerProgress,
  DocumentKind,
  Fact,
  FactKind,
  Question,
  Role,
  ServiceName,
  SignalKind,
  SignalScope,
} from '@vox/contracts';
import type { z } from 'zod';
import type { Archive } from './archive.ts';
import type { Letters } from './letters.ts';

/** A message that no further delivery will help. The cause names fields and never repeats values. */
export type Reject = Readonly<{ reject: string }>;
export const reject = (cause: string): Reject => ({ reject: cause });

/** How a handler ended. A throw means `retry`; a thrown Fault UNAVAILABLE means `wait`. */
export type Outcome = 'ack' | 'retry' | Reject;
/** `wait`: a dependency is down and the message is not at fault, so this delivery does not count. */
export type HandledOutcome = Outcome | 'wait';

export type Delivery = Readonly<{
  /** 1 on the first delivery. */
  deliveries: number;
  /** Where the publisher of the fact waits for an answer, if it does. */
  replyTo?: string | undefined;
}>;

/** The bus. Facts at least once, questions with a deadline, replicated documents: the only ways services talk. */
export type Bus = Facts &
  Questions &
  Signals &
  Replication &
  Archive &
  Letters &
  Readonly<{
    /**
     * Calls the listener each time that a lost link is back and everything that this service needs is there: the other
     * side may have lost what it held. Returns a function that stops the calls.
     */
    onRelink: (listener: () => void) => () => void;
    /**
     * The time by the clock of the bus, which all copies of all services share. Throws Fault UNAVAILABLE when the bus
     * does not answer.
     */
    time: () => Promise<Date>;
    /**
     * How far the consumers are that this process works for, as its metrics show it. What does not answer within a
     * second is null. Never throws.
     */
    progress: () => Promise<readonly ConsumerProgress[]>;
    /**
     * What this service needs and does not find on the bus as the contracts declare it: a sentence each. Throws
     * Fault UNAVAILABLE.
     */
    missing: () => Promise<readonly string[]>;
    /** Whether the bus answers now, for readiness. Never throws. */
    healthy: () => Promise<boolean>;
    /** Takes no more messages, lets running handlers end, sends what is pending, and closes. */
    close: () => Promise<void>;
  }>;

export type Facts = Readonly<{
  /**
   * Resolves once the stream has stored the fact. Whoever shows what it changed is told then, by a signal. Publishing
   * an id again inside the dedupe window stores nothing and says so. Throws Fault UNAVAILABLE within `timeoutMs`
   * (default 800) when the stream does not confirm.
   */
  publish: <K extends FactKind>(kind: K, fact: Fact<K>, options?: PublishOptions) => Promise<{ duplicate: boolean }>;
  /**
   * Hands each fact of the consumer's kinds to one copy at a time until the copy answers `ack`. After `retry` a fact
   * comes again, with a growing pause. Three kinds of message go to the dead-letter stream and are then given up: a
   * rejected message, bytes that are no fact of these kinds, and a message that has used up its deliveries. A copy that
   * is silent for the ack wait loses its message to another copy; a copy whose handler works keeps it, for four ack
   * waits. While a dependency is down, a message waits for it as long as the stream keeps the message. A consumer that
   * falls silent is opened again; one that is gone is waited for. Rejects when the consumer is not there or not as
   * declared.
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
   * Throws the Fault that the answering service threw, or Fault UNAVAILABLE when no answer comes within `timeoutMs`
   * (default 2,000).
   */
  ask: <Q extends Question>(
    question: Q,
    request: z.input<Q['request']>,
    options?: AskOptions,
  ) => Promise<z.infer<Q['reply']>>;
  /**
   * Asks every copy of a service, and answers what those said that answered within the time; nothing where none did.
   * Throws the Fault of one when all of them refused.
   */
  askEvery: <Q extends Question>(
    question: Q,
    request: z.input<Q['request']>,
    options: AskOptions & Readonly<{ timeoutMs: number }>,
  ) => Promise<readonly z.infer<Q['reply']>[]>;
  /**
   * Answers a question in this process. The copies of a service share the questions, but for those that every copy
   * answers. A bad request is answered INVALID_REQUEST.
   */
  answer: <Q extends Question>(
    question: Q,
    handle: (request: z.infer<Q['request']>, asker: Asker) => Promise<z.input<Q['reply']>>,
  ) => Promise<Consumption>;
  /**
   * Opens a place to wait for one answer that a fact will bring. `holds` stays in this process, and whoever is to
   * answer may fetch it there: what no fact may carry.
   */
  expect: <S extends z.ZodType>(schema: S, options: ExpectOptions) => Expected<z.infer<S>>;
  /**
   * Fetches what is held for an answer at `replyTo`, which goes on waiting. Throws Fault UNAVAILABLE when nobody waits
   * there any more, or nothing of this schema comes within `timeoutMs` (default 2,000).
   */
  fetchHeld: <S extends z.ZodType>(replyTo: string, schema: S, options?: { timeoutMs?: number }) => Promise<z.infer<S>>;
  /** Answers whoever waits at `replyTo`. It does nothing when nobody waits any more. */
  reply: <S extends z.ZodType>(replyTo: string, schema: S, value: z.input<S>) => Promise<void>;
}>;

export type ExpectOptions = Readonly<{ timeoutMs: number; holds?: unknown }>;

export type Signals = Readonly<{
  /** Tells whoever listens now. It does not wait, and nobody learns whether anybody heard it. */
  signal: <K extends SignalKind>(kind: K, scope: SignalScope<K>, data: z.input<K['data']>) => void;
  /**
   * Hears the signals of one call, or of one tenant, from now on. What is of another shape is not heard. Throws Fault
   * UNAVAILABLE where the server's rights let this service not hear them: nobody waits for what never comes.
   */
  listen: <K extends SignalKind>(
    kind: K,
    scope: SignalScope<K>,
    heard: (data: z.infer<K['data']>) => void,
  ) => Promise<Consumption>;
}>;

export type AskOptions = Readonly<{
  timeoutMs?: number;
  /** The signed proof of whoever asks for something to be managed: a login token, or the proof of an API key. */
  proof?: string | undefined;
  /** Which service asks, where one process has several and no server knows them apart by their nkeys. */
  as?: ServiceName;
}>;

/** Who asked, as far as the bus knows. Nobody has looked at the proof yet, unless a guard has found the role in it. */
export type Asker = Readonly<{
  isOperator: boolean;
  proof?: string | undefined;
  /** What the member who asks is, as its proof says. The guard of a service writes it, and nobody else. */
  role?: Role | undefined;
  /** The login or API key whose proof it is, as its revocation would name it. The guard writes it, too. */
  credential?: string | undefined;
}>;

/** `answer` rejects with Fault UNAVAILABLE after the timeout. `cancel` ends the wait without a rejection. */
export type Expected<T> = Readonly<{ replyTo: string; answer: Promise<T>; cancel: () => void }>;

export type Replication = Readonly<{
  documents: <D extends DocumentKind>(kind: D) => Documents<z.infer<D['data']>>;
}>;

/** Documents of one kind by key. A key is made of letters, digits, `-`, `_`, `.`. */
export type Documents<T> = Readonly<{
  put: (key: string, value: T) => Promise<void>;
  /**
   * Puts what `newest` returns, or removes the document when it returns nothing. It asks `newest` again whenever the
   * document changed in the meantime. So when several renew one document after they changed its source, the last
   * renewal leaves the newest version, whatever their order.
   */
  renew: (key: string, newest: () => Promise<T | undefined>) => Promise<void>;
  remove: (key: string) => Promise<void>;
  read: (key: string) => Promise<T | undefined>;
  /** Resolves once every document that exists now is in memory. From then on the replica follows each change. */
  follow: (onChange?: (key: string, value: T | undefined) => void) => Promise<Replica<T>>;
}>;

export type Replica<T> = Readonly<{
  get: (key: string) => T | undefined;
  keys: () => IterableIterator<string>;
  /** False while the link to the bus is down, when changes may be missed. */
  current: () => boolean;
  stop: () => Promise<void>;
}>;
