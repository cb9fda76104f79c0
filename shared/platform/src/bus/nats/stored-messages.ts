import type { JetStreamManager } from '@nats-io/jetstream';

/** A message as a stream keeps it. */
export type StoredMessage = Readonly<{
  subjectName: string;
  sequence: number;
  storedAt: Date;
  headers: ReadonlyMap<string, string>;
  data: Uint8Array;
}>;

const longestPage = 512;

/**
 * The messages of a stream from a sequence or a moment on, in order, page by page and without a consumer; with `filter`
 * those whose subject names it catches. The stream must allow direct reads. A lagging copy of the stream may answer, so
 * the last message is the last that this copy knows.
 */
export async function* storedMessages(
  manager: JetStreamManager,
  stream: string,
  begin: number | Date = 1,
  filter?: string,
  page = longestPage,
): AsyncGenerator<StoredMessage> {
  for (let from = begin; ; ) {
    const got = await pageOf(manager, stream, from, filter, page);
    yield* got;
    const last = got.at(-1);
    if (last === undefined) return;
    from = last.sequence + 1;
  }
}

function pageOf(
  manager: JetStreamManager,
  stream: string,
  from: number | Date,
  filter: string | undefined,
  page: number,
): Promise<StoredMessage[]> {
  const { promise, resolve, reject } = Promise.withResolvers<StoredMessage[]>();
  const got: StoredMessage[] = [];
  // With a callback the client frees its inbox after the page; with an iterator it keeps it.
  const callback = (done: { err?: Error } | null, message: Readonly<ServerMessage>): void => {
    if (done?.err !== undefined && !isNothingMore(done.err)) reject(done.err);
    else if (done !== null) resolve(got);
    else got.push(messageOf(message));
  };
  const asked = { batch: page, callback, ...(filter !== undefined && { next_by_subj: filter }) };
  const begun = typeof from === 'number' ? { seq: from, ...asked } : { start_time: from, ...asked };
  manager.direct.getBatch(stream, begun).catch(reject);
  return promise;
}

/** The server's answer when there are no more messages. */
const isNothingMore = (error: Error): boolean => 'code' in error && error.code === 404;

type ServerMessage = Readonly<{
  subject: string;
  seq: number;
  time: Date;
  header: Iterable<[string, string[]]>;
  data: Uint8Array;
}>;

const messageOf = ({ subject, seq, time, header, data }: ServerMessage): StoredMessage => ({
  subjectName: subject,
  sequence: seq,
  storedAt: time,
  headers: new Map([...header].map(([name, values]) => [name, values[0] ?? ''])),
  data,
});
