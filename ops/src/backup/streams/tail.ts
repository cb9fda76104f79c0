import type { MsgRequest } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { Reason } from '@vox/platform/fault';
import { z } from 'zod';
import type { StreamLink } from './link.ts';

/** A message as it is kept in a backup. */
const Saved = z.object({
  subjectName: z.string(),
  sequence: z.number().int(),
  headers: z.array(z.tuple([z.string(), z.array(z.string())])),
  data: z.base64(),
});

/** The messages of a stream from a sequence to another, both included. */
export async function* tailOf(
  { manager }: StreamLink,
  stream: string,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  for (let next = from; next <= to; ) {
    // The server takes both fields together, and skips what was erased; the client's type does not know that.
    const message = await manager.streams.getMessage(stream, { seq: next, next_by_subj: '>' } as MsgRequest);
    if (message === null || message.seq > to) return;
    const saved: z.infer<typeof Saved> = {
      subjectName: message.subject,
      sequence: message.seq,
      headers: [...message.header],
      data: Buffer.from(message.data).toString('base64'),
    };
    yield Buffer.from(JSON.stringify(saved));
    next = message.seq + 1;
  }
}

/** A condition of the one who published it, which was met when it was stored. */
const isCondition = (name: string): boolean => /^Nats-Expected-/i.test(name);

/** Publishes the messages that a stream does not hold yet, in their order. Answers how many. Throws Reason. */
export async function putTail(link: StreamLink, stream: string, saved: AsyncIterable<Uint8Array>): Promise<number> {
  const { state } = await link.manager.streams.info(stream);
  let count = 0;
  for await (const bytes of saved) {
    const message = Saved.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    if (message.sequence <= state.last_seq) continue;
    await publish(link, stream, message);
    count += 1;
  }
  return count;
}

async function publish({ connection }: StreamLink, stream: string, message: z.infer<typeof Saved>): Promise<void> {
  const carried = headers();
  for (const [name, values] of message.headers)
    if (!isCondition(name)) for (const value of values) carried.append(name, value);
  const body = Buffer.from(message.data, 'base64');
  const answer = await connection.request(message.subjectName, body, { headers: carried, timeout: 10_000 });
  const { error } = answer.json<{ error?: { description?: string } }>();
  if (error !== undefined)
    throw new Reason(`the NATS server did not take a message of ${stream}: ${error.description ?? 'without a word'}`);
}
