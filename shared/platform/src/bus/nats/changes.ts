import { setTimeout as pause } from 'node:timers/promises';
import type { JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { bucketFilterOf, bucketStreamOf, changeFilterOf, type DocumentKind } from '@vox/contracts';
import { storedMessages } from './stored-messages.ts';

export type Change = Readonly<{ key: string; removed: boolean; data: Uint8Array }>;

type Options = Readonly<{
  connection: NatsConnection;
  manager: JetStreamManager;
  onChange: (change: Change) => void;
  onError: (error: unknown) => void;
}>;

/** The changes of one bucket, each once and in order. */
export type Changes = Readonly<{
  /** Takes everything that was stored until now and was not heard of yet. Throws when the bucket cannot be read. */
  catchUp: () => Promise<void>;
  /** False while the bucket could not be read when that was last tried. */
  current: () => boolean;
  stop: () => void;
}>;

/** A change that the server lost on its way to us, and that no later one betrays, is missed no longer than this. */
const checkMs = 5_000;
const triesMax = 40;
const betweenTriesMs = 50;

const isRemoval = (operation: string | undefined): boolean => operation === 'DEL' || operation === 'PURGE';

/**
 * Reads what was stored at the start, each time that a change is heard of, and every few seconds. What is heard is a hint and no more: an answer of the
 * server that somebody had sent there looks the same, and neither its words nor its sequence may stand for what the bucket holds. It needs no consumer:
 * whoever may make one may have the server say anything to anybody.
 */
export function natsChanges({ connection, manager, onChange, onError }: Options, kind: DocumentKind): Changes {
  const stream = bucketStreamOf(kind);
  const storedPrefix = bucketFilterOf(kind).slice(0, -1);
  let born: string | undefined;
  let taken = 0;
  let readable = false;
  let reading: Promise<void> = Promise.resolve();
  let queued: Promise<void> | undefined;

  async function readOn(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const { created, state } = await manager.streams.info(stream);
      // A bucket that was made anew counts from the beginning.
      if (born !== created) [born, taken] = [created, 0];
      if (taken >= state.last_seq) return;
      for await (const { subjectName, sequence, headers, data } of storedMessages(manager, stream, taken + 1)) {
        const key = subjectName.slice(storedPrefix.length);
        taken = sequence;
        onChange({ key, removed: isRemoval(headers.get('KV-Operation')), data });
      }
      if (taken >= state.last_seq) return;
      // Another copy of the stream answered, which is behind its leader.
      if (tries === triesMax) throw new Error(`${stream} was not read whole`);
      await pause(betweenTriesMs);
    }
  }
  /** One reading after the other: whoever asks is sure that one begins after he asked, and shares it with all who ask until then. */
  function catchUp(): Promise<void> {
    queued ??= reading
      .catch(() => undefined)
      .then(() => {
        queued = undefined;
        return readOn();
      })
      .then(
        () => {
          readable = true;
        },
        (error: unknown) => {
          readable = false;
          throw error;
        },
      );
    reading = queued;
    return queued;
  }
  /** That a bucket cannot be read is said once, until it can be again. */
  const check = (): void => {
    const wasReadable = readable;
    void catchUp().catch((error: unknown) => {
      if (wasReadable) onError(error);
    });
  };

  const subscription = connection.subscribe(changeFilterOf(kind), {
    callback: (error) => (error ? onError(error) : check()),
  });
  const checking = setInterval(check, checkMs);
  checking.unref();

  return {
    catchUp,
    current: () => readable,
    stop() {
      clearInterval(checking);
      subscription.unsubscribe();
    },
  };
}
