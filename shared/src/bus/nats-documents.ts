import { type KV, Kvm, type KvWatchEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { DocumentKind } from '../contracts/mod.ts';
import { orUnavailable } from '../fault/mod.ts';
import type { Documents } from './bus.ts';

export type NatsDocumentsOptions = Readonly<{
  connection: NatsConnection;
  replicas: number;
  /** Whether the link to the server stands. */
  linked: () => boolean;
  onError: (error: unknown) => void;
}>;

const decoder = new TextDecoder();

/** Documents in a key-value bucket of the server. What breaks is thrown as Fault UNAVAILABLE. */
export function natsDocuments<T>(
  { connection, replicas, linked, onError }: NatsDocumentsOptions,
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
      const kv = await orUnavailable(bucket);
      const { values: stored } = await orUnavailable(() => kv.status());
      const changes = await orUnavailable(() => kv.watch());
      const { promise: ready, resolve } = Promise.withResolvers<void>();
      if (stored === 0) resolve();
      const following = (async () => {
        for await (const entry of changes) {
          try {
            take(entry);
          } catch (error) {
            // A document that nobody can read changes nothing: what was in force stays in force.
            onError(error);
          }
          if (entry.delta === 0) resolve();
        }
      })();
      await ready;
      return {
        get: (key) => values.get(key),
        keys: () => values.keys(),
        current: linked,
        async stop() {
          changes.stop();
          await following;
        },
      };
    },
  };
}
