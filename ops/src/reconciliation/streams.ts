import type { JetStreamManager } from '@nats-io/jetstream';
import { CallStream, DeadLetter, DeadLetterStream, openStreams } from '@vox/contracts';
import { storedMessages } from '@vox/platform/bus';
import { z } from 'zod';
import { type IdRange, isIn, type Told } from './ledger.ts';

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

/** What a stream holds now, in its order, as text. Only subject names that are wanted are decoded. */
async function* messagesOf(
  manager: JetStreamManager,
  stream: string,
  wanted: (subjectName: string) => boolean,
): AsyncGenerator<Readonly<{ subjectName: string; text: string }>> {
  const { state } = await manager.streams.info(stream);
  for await (const { subjectName, sequence, data } of storedMessages(manager, stream)) {
    // What is told while it is read belongs to the next reading.
    if (sequence > state.last_seq) return;
    if (wanted(subjectName)) yield { subjectName, text: decoder.decode(data) };
  }
}

/** The session in a subject name, `vox.<area>.<fact>.<tenant>.<session>`. */
const sessionIn = (subjectName: string): string | undefined => subjectName.split('.')[4];

/** Facts that a stream keeps. What is malformed is a dead letter's matter. */
async function* facts(manager: JetStreamManager, stream: string, wanted: (subjectName: string) => boolean) {
  for await (const { subjectName, text } of messagesOf(manager, stream, wanted)) {
    const { data: fact } = Kept.safeParse(jsonOf(text));
    if (fact === undefined) continue;
    const { tenantId, sessionId } = fact.data;
    const told: Told = { ...fact, subjectName, tenantId, sessionId, atMs: Date.parse(fact.time) };
    yield told;
  }
}

export const callFacts = (manager: JetStreamManager, range: IdRange): AsyncGenerator<Told> =>
  facts(manager, CallStream.name, (subjectName) => {
    const sessionId = sessionIn(subjectName);
    return sessionId !== undefined && isIn(sessionId, range);
  });

export async function* otherFacts(manager: JetStreamManager): AsyncGenerator<Told> {
  yield* facts(manager, CallStream.name, (subjectName) => sessionIn(subjectName) === undefined);
  for (const { name } of openStreams) if (name !== CallStream.name) yield* facts(manager, name, () => true);
}

/** Causes of what was given up, by `<consumer> <subject name>`. */
export async function deadLetters(manager: JetStreamManager): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { text } of messagesOf(manager, DeadLetterStream.name, () => true)) {
    const { data: letter } = DeadLetter.safeParse(jsonOf(text));
    if (letter !== undefined) found.set(`${letter.consumer} ${letter.subjectName}`, letter.cause);
  }
  return found;
}
