import type { JetStreamManager } from '@nats-io/jetstream';
import { CallStream, DeadLetter, DeadLetterStream, openStreams } from '@vox/contracts';
import { storedMessages } from '@vox/platform/bus';
import { z } from 'zod';
import { type IdRange, isIn, type PublishedFact } from './ledger.ts';

const decoder = new TextDecoder();

const Kept = z.object({
  id: z.string(),
  type: z.string(),
  time: z.iso.datetime(),
  data: z.looseObject({ tenantId: z.string(), sessionId: z.string().optional() }),
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The messages that a stream holds now, in order, as text. Only wanted subject names are decoded. */
async function* messagesOf(
  manager: JetStreamManager,
  stream: string,
  wanted: (subjectName: string) => boolean,
): AsyncGenerator<Readonly<{ subjectName: string; text: string }>> {
  const { state } = await manager.streams.info(stream);
  for await (const { subjectName, sequence, data } of storedMessages(manager, stream)) {
    // A message that is published during this reading belongs to the next one.
    if (sequence > state.last_seq) return;
    if (wanted(subjectName)) yield { subjectName, text: decoder.decode(data) };
  }
}

/** The session in a subject name, `vox.<area>.<fact>.<tenant>.<session>`. */
const sessionIn = (subjectName: string): string | undefined => subjectName.split('.')[4];

/** The facts that a stream keeps. A malformed message is a dead letter already, and is skipped. */
async function* facts(manager: JetStreamManager, stream: string, wanted: (subjectName: string) => boolean) {
  for await (const { subjectName, text } of messagesOf(manager, stream, wanted)) {
    const { data: fact } = Kept.safeParse(jsonOf(text));
    if (fact === undefined) continue;
    const { tenantId, sessionId } = fact.data;
    const published: PublishedFact = { ...fact, subjectName, tenantId, sessionId, atMs: Date.parse(fact.time) };
    yield published;
  }
}

/**
 * The facts of the calls of a range. A call is the one of the subject name, as for dead letters: what is no fact can
 * say anything of itself.
 */
export async function* callFacts(manager: JetStreamManager, range: IdRange): AsyncGenerator<PublishedFact> {
  const isWanted = (subjectName: string): boolean => {
    const sessionId = sessionIn(subjectName);
    return sessionId !== undefined && isIn(sessionId, range);
  };
  for await (const fact of facts(manager, CallStream.name, isWanted))
    yield { ...fact, sessionId: sessionIn(fact.subjectName) };
}

export async function* otherFacts(manager: JetStreamManager): AsyncGenerator<PublishedFact> {
  yield* facts(manager, CallStream.name, (subjectName) => sessionIn(subjectName) === undefined);
  for (const { name } of openStreams) if (name !== CallStream.name) yield* facts(manager, name, () => true);
}

/** The causes of dead letters, by `<consumer> <subject name>`. */
export async function deadLetters(manager: JetStreamManager): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { text } of messagesOf(manager, DeadLetterStream.name, () => true)) {
    const { data: letter } = DeadLetter.safeParse(jsonOf(text));
    if (letter !== undefined) found.set(`${letter.consumer} ${letter.subjectName}`, letter.cause);
  }
  return found;
}
