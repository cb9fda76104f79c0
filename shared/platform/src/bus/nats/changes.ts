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
  /** Reads everything that was stored until now and not seen yet. Throws when the bucket cannot be read. */
  catchUp: () => Promise<void>;
  /** False while the last attempt to read the bucket failed. */
  current: () => boolean;
  stop: () => void;
}>;

/** A change whose notice was lost is found within this time. */
const checkMs = 5_000;
const triesMax = 40;
const betweenTriesMs = 50;

const isRemoval = (operation: string | undefined): boolean => operation === 'DEL' || operation === 'PURGE';

/**
 * Reads the bucket at the start, on each notice of a change, and every few seconds. A notice is a hint and no more: a
 * forged message looks the same, so neither its words nor its sequence may stand for the bucket. It needs no consumer:
 * a right to make consumers is a right to have the server say anything to anybody.
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
      // A bucket that was made anew starts from sequence zero.
      if (born !== created) [born, taken] = [created, 0];
      if (taken >= state.last_seq) return;
      for await (const { subjectName, sequence, headers, data } of storedMessages(manager, stream, taken + 1)) {
        const key = subjectName.slice(storedPrefix.length);
        taken = sequence;
        onChange({ key, removed: isRemoval(headers.get('KV-Operation')), data });
      }
      if (taken >= state.last_seq) return;
      // A copy of the stream that lags behind its leader answered.
      if (tries === triesMax) throw new Error(`${stream} could not be read to its end`);
      await pause(betweenTriesMs);
    }
  }
  /**
   * Reads run one after the other. A caller is sure that a read starts after its call, and shares it with all who call
   * before it starts.
   */
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
  /** An unreadable bucket is reported once, until it is readable again. */
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
