import type { JetStreamManager } from '@nats-io/jetstream';

/** A message as a stream keeps it. */
export type StoredMessage = Readonly<{
  subjectName: string;
  sequence: number;
  headers: ReadonlyMap<string, string>;
  data: Uint8Array;
}>;

const page = 512;

/**
 * The messages of a stream from a sequence on, in order, page by page and without a consumer. The stream must allow
 * direct reads. A lagging copy of the stream may answer, so the last message is the last that this copy knows.
 */
export async function* storedMessages(
  manager: JetStreamManager,
  stream: string,
  fromSequence = 1,
): AsyncGenerator<StoredMessage> {
  for (let from = fromSequence; ; ) {
    const got = await pageOf(manager, stream, from);
    yield* got;
    const last = got.at(-1);
    if (last === undefined) return;
    from = last.sequence + 1;
  }
}

function pageOf(manager: JetStreamManager, stream: string, seq: number): Promise<StoredMessage[]> {
  const { promise, resolve, reject } = Promise.withResolvers<StoredMessage[]>();
  const got: StoredMessage[] = [];
  // With a callback the client frees its inbox after the page; with an iterator it keeps it.
  const callback = (done: { err?: Error } | null, message: Readonly<ServerMessage>): void => {
    if (done?.err !== undefined && !isNothingMore(done.err)) reject(done.err);
    else if (done !== null) resolve(got);
    else got.push(messageOf(message));
  };
  manager.direct.getBatch(stream, { seq, batch: page, callback }).catch(reject);
  return promise;
}

/** The server's answer when there are no more messages. */
const isNothingMore = (error: Error): boolean => 'code' in error && error.code === 404;

type ServerMessage = Readonly<{ subject: string; seq: number; header: Iterable<[string, string[]]>; data: Uint8Array }>;

const messageOf = ({ subject, seq, header, data }: ServerMessage): StoredMessage => ({
  subjectName: subject,
  sequence: seq,
  headers: new Map([...header].map(([name, values]) => [name, values[0] ?? ''])),
  data,
});
