import {
  type Consumer,
  consumers,
  DeadLetterStream,
  openStreams,
  type Stream,
  streams,
  subjectNameOfQuestion,
} from '@vox/contracts';
import type { Asker } from '../bus.ts';
import { serviceOfConsumer } from '../redeliver.ts';
import type { BusView, ConsumerState, StreamState, Told } from '../view.ts';
import { isWanted, repliesOf, toldOf } from '../view.ts';
import type { Held, Kept } from './archive.ts';
import { countsOf, type DurableState } from './durable.ts';
import type { LetterBox } from './letters.ts';

export type Answerer = (bytes: Uint8Array, asker: Asker, traceparent: string | undefined) => Promise<string>;

export type MemoryViewOptions = Readonly<{
  held: Held;
  box: LetterBox;
  durables: () => ReadonlyMap<string, DurableState>;
  /** Whoever wants to hear of each message once it is stored. */
  listening: Set<(message: Kept) => void>;
  /** Every copy that answers under a subject name. */
  answerersOf: (name: string) => readonly Answerer[];
}>;

const iso = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
const holds = (stream: Stream, { subjectName }: Kept): boolean =>
  stream.kinds.some(({ name }) => subjectName.startsWith(`${name}.`));

function toldIn(stream: Stream, { sequence, subjectName, storedAtMs, bytes }: Kept): Told | undefined {
  const storedAt = new Date(storedAtMs);
  const message = { stream: stream.name, sequence, subjectName, storedAt, data: bytes, sizeBytes: bytes.length };
  return toldOf({ ...message, id: null, traceparent: null });
}

/** The in-memory twin of nats/view.ts. Its streams have no bounds, and it knows no age of what is not done. */
export function memoryView({ held, box, durables, listening, answerersOf }: MemoryViewOptions): BusView {
  const streamOf = (message: Kept): Stream | undefined => streams.find((stream) => holds(stream, message));
  function stateOf(stream: Stream): StreamState {
    const own = held.messages().filter((message) => holds(stream, message));
    return {
      ...{ stream: stream.name, messages: own.length, bytes: own.reduce((sum, { bytes }) => sum + bytes.length, 0) },
      ...{ bytesMax: null, oldestAt: iso(own[0]?.storedAtMs), newestAt: iso(own.at(-1)?.storedAtMs) },
      ageMaxSeconds: stream.maxAgeSeconds,
      consumers: Object.values<Consumer>(consumers).filter((each) => each.stream === stream.name).length,
      copies: 1,
    };
  }
  function letterState(): StreamState {
    const letters = [...box.all().values()];
    return {
      ...{ stream: DeadLetterStream.name, messages: letters.length, bytesMax: null, consumers: 0, copies: 1 },
      bytes: letters.reduce((sum, letter) => sum + JSON.stringify(letter).length, 0),
      ...{ oldestAt: letters[0]?.at ?? null, newestAt: letters.at(-1)?.at ?? null },
      ageMaxSeconds: DeadLetterStream.maxAgeSeconds,
    };
  }
  function lagOf(durable: DurableState): ConsumerState {
    const { name, service, stream } = durable.consumer;
    const named = { consumer: name, service: serviceOfConsumer(name) ?? service, stream };
    return { ...named, ...countsOf(durable), oldestAt: null };
  }
  return {
    streams: async () => [...streams.map(stateOf), letterState()],
    consumers: async () => [...durables().values()].map(lagOf),
    async *told(wanted, { from, to }) {
      for (const message of [...held.messages()]) {
        const stream = streamOf(message);
        if (stream === undefined || !openStreams.includes(stream)) continue;
        if (message.storedAtMs < from.getTime() || message.storedAtMs > to.getTime()) continue;
        const told = toldIn(stream, message);
        if (told !== undefined && isWanted(wanted, told)) yield told;
      }
    },
    async listen(wanted, heard) {
      const hear = (message: Kept): void => {
        const stream = streamOf(message);
        const told = stream && toldIn(stream, message);
        if (told !== undefined && isWanted(wanted, told)) heard(told);
      };
      listening.add(hear);
      return { stop: async () => void listening.delete(hear) };
    },
    async *letters() {
      for (const [place, letter] of [...box.all()]) yield { place, letter };
    },
    async askEvery(question, request) {
      const body = new TextEncoder().encode(JSON.stringify(request));
      const copies = answerersOf(subjectNameOfQuestion(question));
      const answers = await Promise.all(copies.map((answer) => answer(body, { isOperator: true }, undefined)));
      return repliesOf(
        question,
        answers.map((answer) => new TextEncoder().encode(answer)),
      );
    },
  };
}
