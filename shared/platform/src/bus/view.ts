import { decodeFact, type Fact, type FactKind, factKinds, type Question, type Stream } from '@vox/contracts';
import type { z } from 'zod';
import { readReply } from './answer.ts';
import { isConfidential } from './dead-letter.ts';
import type { PlacedLetter } from './letters.ts';

/** How full a stream is. `ageMaxSeconds` and `bytesMax` are its limits; `copies` is how many servers hold it. */
export type StreamState = Readonly<{
  stream: string;
  messages: number;
  bytes: number;
  bytesMax: number | null;
  oldestAt: string | null;
  newestAt: string | null;
  ageMaxSeconds: number;
  consumers: number;
  copies: number;
}>;

/** How far behind a consumer is. Of a confidential stream nobody but its consumer can tell how old its oldest is. */
export type ConsumerState = Readonly<{
  consumer: string;
  service: string;
  stream: string;
  /** Messages that were not delivered yet. */
  waiting: number;
  /** Messages that were delivered and are not done. */
  inWork: number;
  redelivered: number;
  oldestAt: string | null;
}>;

/** One stored message. `fact` is null for what was said in a call, of which the header alone is shown. */
export type Told = Readonly<{
  stream: string;
  place: number;
  at: string;
  name: string;
  tenantId: string;
  sessionId: string | null;
  id: string | null;
  traceparent: string | null;
  sizeBytes: number;
  fact: Fact | null;
}>;

/** Which facts somebody wants to see. What is left out narrows nothing. */
export type Wanted = Readonly<{
  kinds?: readonly FactKind[] | undefined;
  tenantId?: string | undefined;
  sessionId?: string | undefined;
}>;
/** The time within which a stream stored them, with both ends. */
export type Within = Readonly<{ from: Date; to: Date }>;

/** What an operator sees of the bus. Nothing of it changes anything. Each throws Fault UNAVAILABLE. */
export type BusView = Readonly<{
  streams: () => Promise<readonly StreamState[]>;
  consumers: () => Promise<readonly ConsumerState[]>;
  /** What the open streams hold, in the order in which it was stored. */
  told: (wanted: Wanted, within: Within) => AsyncIterable<Told>;
  /** Tells of what is stored from now on, of what was said in calls the headers. Answers how to stop it. */
  listen: (wanted: Wanted, heard: (told: Told) => void) => Promise<{ stop: () => Promise<void> }>;
  /** Every dead letter, the oldest first. */
  letters: () => AsyncIterable<PlacedLetter>;
  /** Asks every copy of a service, and answers what those said that answered within the time. */
  askEvery: <Q extends Question>(
    question: Q,
    request: z.input<Q['request']>,
    options: Readonly<{ timeoutMs: number }>,
  ) => Promise<readonly z.infer<Q['reply']>[]>;
}>;

/** A message as a server keeps or republishes it. */
export type Message = Readonly<{
  stream: string;
  sequence: number;
  subjectName: string;
  storedAt: Date;
  id: string | null;
  traceparent: string | null;
  sizeBytes: number;
  data: Uint8Array;
}>;

const kindNamed = new Map(factKinds.map((kind) => [kind.name as string, kind]));

/** What an operator may see of a message: of what was said in a call its header alone, whatever the server sent. */
export function toldOf(message: Message): Told | undefined {
  const { stream, sequence: place, subjectName, storedAt, id, traceparent, sizeBytes, data } = message;
  const [vox, area, what, tenantId, sessionId = null] = subjectName.split('.');
  const name = [vox, area, what].join('.');
  const kind = kindNamed.get(name);
  if (kind === undefined || tenantId === undefined) return undefined;
  const fact = isConfidential(stream) || isConfidential(kind.stream) ? null : factIn(kind, data);
  const at = storedAt.toISOString();
  return { stream, place, at, name, tenantId, sessionId, id: fact?.id ?? id, traceparent, sizeBytes, fact };
}

function factIn(kind: FactKind, data: Uint8Array): Fact | null {
  try {
    return decodeFact([kind], data).fact;
  } catch {
    return null;
  }
}

export const isWanted = ({ kinds, tenantId, sessionId }: Wanted, told: Told): boolean =>
  (kinds === undefined || kinds.some(({ name }) => name === told.name)) &&
  (tenantId === undefined || tenantId === told.tenantId) &&
  (sessionId === undefined || sessionId === told.sessionId);

/** Subject filters that catch what is wanted in one stream. A server takes one filter for each question. */
export function wantedFilters(stream: Stream, { kinds, tenantId, sessionId }: Wanted): readonly string[] {
  const held = kinds?.filter((kind) => kind.stream === stream.name);
  const names = held?.map(({ name }) => name as string) ?? ['vox.*.*'];
  if (sessionId !== undefined) return names.map((name) => `${name}.${tenantId ?? '*'}.${sessionId}`);
  if (tenantId === undefined) return names.map((name) => `${name}.>`);
  return names.flatMap((name) => [`${name}.${tenantId}`, `${name}.${tenantId}.*`]);
}

/** What the copies of a service answered. Throws the Fault of one when all of them refused. */
export function repliesOf<Q extends Question>(
  question: Q,
  answers: readonly Uint8Array[],
): readonly z.infer<Q['reply']>[] {
  const said: z.infer<Q['reply']>[] = [];
  let refused: unknown;
  for (const bytes of answers)
    try {
      said.push(readReply(question, bytes));
    } catch (error) {
      refused = error;
    }
  if (said.length === 0 && refused !== undefined) throw refused;
  return said;
}
