import type { JetStreamClient } from '@nats-io/jetstream';
import { CallStream, DeadLetter, DeadLetterStream, openStreams } from '@vox/shared/contracts';
import { z } from 'zod';
import { type IdRange, isIn, type Told } from './books.ts';

const page = 500;
const quietMs = 5_000;

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
  client: JetStreamClient,
  stream: string,
  wanted: (subjectName: string) => boolean,
): AsyncGenerator<Readonly<{ subjectName: string; text: string }>> {
  const ordered = await client.consumers.get(stream);
  let left = (await ordered.info()).num_pending;
  while (left > 0) {
    let got = 0;
    const fetched = await ordered.fetch({ max_messages: Math.min(left, page), expires: quietMs });
    for await (const message of fetched) {
      got += 1;
      if (wanted(message.subject)) yield { subjectName: message.subject, text: message.string() };
    }
    // What grew too old meanwhile will not come.
    if (got === 0) return;
    left -= got;
  }
}

/** The session in a subject name, `vox.<area>.<fact>.<tenant>.<session>`. */
const sessionIn = (subjectName: string): string | undefined => subjectName.split('.')[4];

/** Facts that a stream keeps. What is malformed is a dead letter's matter. */
async function* facts(client: JetStreamClient, stream: string, wanted: (subjectName: string) => boolean) {
  for await (const { subjectName, text } of messagesOf(client, stream, wanted)) {
    const { data: fact } = Kept.safeParse(jsonOf(text));
    if (fact === undefined) continue;
    const { tenantId, sessionId } = fact.data;
    const told: Told = { ...fact, subjectName, tenantId, sessionId, atMs: Date.parse(fact.time) };
    yield told;
  }
}

export const callFacts = (client: JetStreamClient, range: IdRange): AsyncGenerator<Told> =>
  facts(client, CallStream.name, (subjectName) => {
    const sessionId = sessionIn(subjectName);
    return sessionId !== undefined && isIn(sessionId, range);
  });

export async function* otherFacts(client: JetStreamClient): AsyncGenerator<Told> {
  yield* facts(client, CallStream.name, (subjectName) => sessionIn(subjectName) === undefined);
  for (const { name } of openStreams) if (name !== CallStream.name) yield* facts(client, name, () => true);
}

/** Causes of what was given up, by `<consumer> <subject name>`. */
export async function deadLetters(client: JetStreamClient): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { text } of messagesOf(client, DeadLetterStream.name, () => true)) {
    const { data: letter } = DeadLetter.safeParse(jsonOf(text));
    if (letter !== undefined) found.set(`${letter.consumer} ${letter.subjectName}`, letter.cause);
  }
  return found;
}
