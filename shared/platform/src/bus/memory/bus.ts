import { randomUUID } from 'node:crypto';
import { type Question, rights, subjectNameOfQuestion } from '@vox/contracts';
import { Fault } from '../../fault/mod.ts';
import { systemClock } from '../../time/mod.ts';
import { answerBytes, readReply } from '../answer.ts';
import { before } from '../before.ts';
import type { Bus } from '../bus.ts';
import type { Hearing } from '../redeliver.ts';
import { tellChanges } from '../tell-changes.ts';
import { answering, asking } from '../trace.ts';
import { type BusView, repliesOf } from '../view.ts';
import { nothingHeld, waitingRoom } from '../waiting-room.ts';
import { type Kept, memoryArchive } from './archive.ts';
import { memoryDocuments } from './documents.ts';
import { progressOf } from './durable.ts';
import { type MemoryFactsOptions, memoryFacts } from './facts.ts';
import { memoryLetters } from './letters.ts';
import { memorySignals } from './signals.ts';
import { type Answerer, memoryView } from './view.ts';

export type MemoryBus = Bus &
  Omit<ReturnType<typeof memoryFacts>, 'facts' | 'held' | 'box' | 'durables'> &
  Readonly<{
    /** Hands bytes to whoever waits at an address, as a server would. */
    deliver: (replyTo: string, bytes: Uint8Array) => void;
    /** What an operator sees of this bus, and asks of every copy. */
    view: BusView;
  }>;

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/**
 * The in-memory twin of the NATS bus, in one process. It encodes and parses everything, so that a wrong shape fails
 * here too. Whoever asks without naming its service is the operator, as whoever holds this bus is.
 */
export function memoryBus(over: Partial<MemoryFactsOptions> = {}): MemoryBus {
  const options: MemoryFactsOptions = {
    clock: systemClock,
    retryMs: 10,
    dedupeWindowMs: 120_000,
    schedule: (deliver) => void setImmediate(deliver),
    onThrow: () => undefined,
    ...over,
  };
  const listening = new Set<(message: Kept) => void>();
  const onStored = (message: Kept): void => {
    for (const hear of listening) hear(message);
  };
  const { facts, held, box, durables, ...inspection } = memoryFacts({ ...options, onStored });
  const waiting = waitingRoom((token) => `_INBOX.${token}`, randomUUID);
  const answerers = new Map<string, Answerer[]>();
  const documents = memoryDocuments();
  const signals = memorySignals();
  let turn = 0;
  const demandRight = (question: Question, as: string | undefined): void => {
    if (as !== undefined && !rights[as]?.asks.includes(question))
      throw new RangeError(`${as} may not ask ${subjectNameOfQuestion(question)}`);
  };
  const hearingOf = (name: string): Hearing | undefined => {
    const durable = durables().get(name);
    const [worker] = durable?.workers ?? [];
    return durable && worker && { consumer: durable.consumer, handle: worker.handle };
  };

  return {
    ...facts,
    publish: tellChanges(facts, signals),
    ...memoryArchive(held),
    ...memoryLetters({ ...options, box, log: held.messages, hearingOf }),
    ...inspection,
    documents: (kind) => documents(kind),
    missing: async () => [],
    expect: (schema, options) => waiting.expect(schema, options),
    async fetchHeld(replyTo, schema) {
      const held = waiting.heldAt(replyTo);
      const read = schema.safeParse(held === undefined ? undefined : JSON.parse(held));
      if (!read.success) throw nothingHeld();
      return read.data;
    },
    ...signals,
    deliver: waiting.deliver,
    async reply(replyTo, schema, value) {
      waiting.deliver(replyTo, encode(schema.parse(value)));
    },
    ask(question, request, { timeoutMs = 2_000, proof, as } = {}) {
      const name = subjectNameOfQuestion(question);
      return asking(question, name, async (traceparent) => {
        demandRight(question, as);
        const copies = answerers.get(name) ?? [];
        turn += 1;
        const answerer = copies[turn % copies.length];
        if (answerer === undefined) throw new Fault('UNAVAILABLE', {}, { cause: new Error(`nobody answers ${name}`) });
        const bytes = await before(
          timeoutMs,
          answerer(encode(request), { isOperator: as === undefined, proof }, traceparent),
        );
        return readReply(question, new TextEncoder().encode(bytes));
      });
    },
    async askEvery(question, request, { timeoutMs, proof, as }) {
      demandRight(question, as);
      const copies = answerers.get(subjectNameOfQuestion(question)) ?? [];
      const asker = { isOperator: as === undefined, proof };
      const asked = copies.map((answerer) => before(timeoutMs, answerer(encode(request), asker, undefined)));
      const answers = (await Promise.allSettled(asked)).flatMap((each) =>
        each.status === 'fulfilled' ? [new TextEncoder().encode(each.value)] : [],
      );
      return repliesOf(question, answers);
    },
    async answer(question, handle) {
      const name = subjectNameOfQuestion(question);
      const answerer: Answerer = (bytes, asker, traceparent) =>
        answering(question, name, traceparent, () =>
          answerBytes(question, bytes, asker, handle as never, options.onThrow),
        );
      answerers.set(name, [...(answerers.get(name) ?? []), answerer]);
      const stop = async (): Promise<void> => {
        answerers.set(
          name,
          (answerers.get(name) ?? []).filter((each) => each !== answerer),
        );
      };
      return { stop };
    },
    view: memoryView({ held, box, durables, listening, answerersOf: (name) => answerers.get(name) ?? [] }),
    time: async () => options.clock.now(),
    progress: async () => [...durables().values()].map((each) => progressOf(each, options.clock.now().getTime())),
    // One process has no link to lose.
    onRelink: () => () => undefined,
    healthy: async () => true,
    async close() {
      answerers.clear();
      waiting.close();
      await inspection.close();
    },
  };
}
