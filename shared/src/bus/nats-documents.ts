import { setTimeout as pause } from 'node:timers/promises';
import { JetStreamApiError } from '@nats-io/jetstream';
import { type KV, Kvm, type KvWatchEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { DocumentKind } from '../contracts/mod.ts';
import { orUnavailable } from '../fault/mod.ts';
import type { Bus, Documents } from './bus.ts';

export type NatsDocumentsOptions = Readonly<{
  connection: NatsConnection;
  replicas: number;
  /** Whether the link to the server stands. */
  linked: () => boolean;
  onRelink: Bus['onRelink'];
  onError: (error: unknown) => void;
}>;

/** The server’s word for a revision that is not the last any more. */
const overtaken = 10_071;
const decoder = new TextDecoder();

/** Whether a write came while the revision that it was made from was the last. */
const isNotOvertaken = (writing: Promise<unknown>): Promise<boolean> =>
  writing.then(
    () => true,
    (error: unknown) => {
      if (error instanceof JetStreamApiError && error.code === overtaken) return false;
      throw error;
    },
  );

/** Documents in a key-value bucket of the server. What breaks is thrown as Fault UNAVAILABLE. */
export function natsDocuments<T>(
  { connection, replicas, linked, onRelink, onError }: NatsDocumentsOptions,
  kind: DocumentKind,
): Documents<T> {
  let opened: Promise<KV> | undefined;
  const bucket = (): Promise<KV> => {
    opened ??= new Kvm(connection).create(`vox-${kind.bucket}`, { history: 1, replicas }).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const parse = (bytes: Uint8Array): T => kind.data.parse(JSON.parse(decoder.decode(bytes))) as T;

  return {
    async put(key, value) {
      const bytes = JSON.stringify(kind.data.parse(value));
      await orUnavailable(async () => (await bucket()).put(key, bytes));
    },
    renew: (key, newest) =>
      orUnavailable(async () => {
        const kv = await bucket();
        for (;;) {
          const standing = await kv.get(key);
          const previousSeq = standing?.revision ?? 0;
          const value = await newest();
          if (value === undefined && standing?.operation !== 'PUT') return;
          const writing =
            value === undefined
              ? kv.delete(key, { previousSeq })
              : kv.put(key, JSON.stringify(kind.data.parse(value)), { previousSeq });
          if (await isNotOvertaken(writing)) return;
        }
      }),
    remove: (key) => orUnavailable(async () => (await bucket()).delete(key)),
    async read(key) {
      const entry = await orUnavailable(async () => (await bucket()).get(key));
      return entry === null || entry.operation !== 'PUT' ? undefined : parse(entry.value);
    },
    async follow(onChange) {
      const values = new Map<string, T>();
      const take = (entry: KvWatchEntry): void => {
        const value = entry.operation === 'PUT' ? parse(entry.value) : undefined;
        if (value === undefined) values.delete(entry.key);
        else values.set(entry.key, value);
        onChange?.(entry.key, value);
      };
      let changes: Awaited<ReturnType<KV['watch']>> | undefined;
      let stopped = false;
      /** False from a lost link until every change that was missed stands in memory. */
      let caughtUp = true;
      /** Watches the bucket as it is now. Resolves once every document that it holds stands in memory. */
      async function watch(): Promise<void> {
        const kv = await bucket();
        const { values: stored } = await kv.status();
        const watching = await kv.watch();
        changes = watching;
        const { promise: ready, resolve } = Promise.withResolvers<void>();
        if (stored === 0) resolve();
        void (async () => {
          for await (const entry of watching) {
            try {
              take(entry);
            } catch (error) {
              // A document that nobody can read changes nothing: what was in force stays in force.
              onError(error);
            }
            if (entry.delta === 0) resolve();
          }
          resolve();
        })().catch(onError);
        await ready;
        caughtUp = true;
      }
      /** After a lost link the server may have lost the bucket too. What was in force stays so until it is told otherwise. */
      async function watchAgain(): Promise<void> {
        opened = undefined;
        changes?.stop();
        for (let waitMs = 100; !stopped; waitMs = Math.min(waitMs * 2, 2_000)) {
          try {
            return await watch();
          } catch (error) {
            onError(error);
            await pause(waitMs);
          }
        }
      }
      await orUnavailable(watch);
      const unlisten = onRelink(() => {
        caughtUp = false;
        void watchAgain();
      });
      return {
        get: (key) => values.get(key),
        keys: () => values.keys(),
        current: () => linked() && caughtUp,
        async stop() {
          stopped = true;
          unlisten();
          changes?.stop();
        },
      };
    },
  };
}
