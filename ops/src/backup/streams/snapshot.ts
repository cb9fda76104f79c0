import { createInbox, type Msg } from '@nats-io/transport-node';
import { Reason } from '@vox/platform/fault';
import { answered, askServer, type StreamLink } from './link.ts';

/** Below the largest message of a server (1 MiB unless it is set), with room for headers. */
const chunkBytes = 128 * 1024;
/** The server reads its files between two parts; before the first it checks every message. */
const betweenPartsMs = 60_000;
const checkingMs = 10 * 60_000;

export type Snapshot = Readonly<{
  /** The stream's configuration and its state when it was saved. */
  config: Record<string, unknown>;
  state: Record<string, unknown>;
  parts: AsyncGenerator<Uint8Array>;
}>;

/**
 * Has the server save a stream, with every message, sequence, time and header, and its consumers with what they have
 * confirmed. The server checks each message first, and waits for whoever reads: nothing piles up.
 */
export async function snapshotOf(link: StreamLink, stream: string): Promise<Snapshot> {
  const { connection, inbox } = link;
  const deliver = createInbox(inbox);
  const subscription = connection.subscribe(deliver);
  try {
    const wanted = { deliver_subject: deliver, no_consumers: false, jsck: true, chunk_size: chunkBytes };
    const { config, state } = await askServer(link, `STREAM.SNAPSHOT.${stream}`, wanted, checkingMs);
    const parts = partsOf(subscription[Symbol.asyncIterator](), stream, () => subscription.unsubscribe());
    return { config: config as Record<string, unknown>, state: state as Record<string, unknown>, parts };
  } catch (error) {
    subscription.unsubscribe();
    throw error;
  }
}

async function* partsOf(messages: AsyncIterator<Msg>, stream: string, close: () => void): AsyncGenerator<Uint8Array> {
  try {
    for (let number = 1; ; number += 1) {
      const { value: message, done } = await inTime(messages.next(), stream);
      if (done) throw new Reason(`the link to the NATS server broke while ${stream} was read`);
      if (message.data.length === 0) return endOf(message, stream);
      // The server numbers its parts where it wants to hear of them: `….<bytes>.<number>`. The last one has no number.
      const told = message.reply?.split('.').at(-1);
      if (told && Number(told) !== number) throw new Reason(`a part of ${stream} was lost on the way`);
      yield message.data;
      message.respond();
    }
  } finally {
    close();
  }
}

function endOf({ headers }: Msg, stream: string): void {
  if (headers !== undefined && headers.code >= 400)
    throw new Reason(`the NATS server could not read ${stream} to its end: ${headers.description}`);
}

async function inTime<T>(awaited: Promise<T>, stream: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Reason(`the NATS server went silent while ${stream} was read`)),
      betweenPartsMs,
    );
  });
  try {
    return await Promise.race([awaited, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Makes a stream from what a server has saved. There must be no stream of its name. `replicas` counts for the servers
 * at hand, which need not be as many as those that saved it. Throws Reason.
 */
export async function putSnapshot(
  link: StreamLink,
  { config, state }: Pick<Snapshot, 'config' | 'state'>,
  parts: AsyncIterable<Uint8Array>,
  replicas: number,
): Promise<void> {
  const call = `STREAM.RESTORE.${String(config.name)}`;
  const wanted = { config: { ...config, num_replicas: replicas }, state };
  const { deliver_subject: deliver } = await askServer(link, call, wanted);
  const send = (bytes: Uint8Array, timeout: number): Promise<Msg> =>
    link.connection.request(String(deliver), bytes, { timeout });
  for await (const part of parts) {
    const { data } = await send(part, betweenPartsMs);
    if (data.length > 0)
      throw new Reason(`the NATS server refused a part of ${String(config.name)}: is its disk full?`);
  }
  answered(call, (await send(new Uint8Array(), checkingMs)).json());
}
