import { setTimeout as pause } from 'node:timers/promises';
import { JetStreamApiError, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { bucketOf, type DocumentKind } from '@vox/contracts';
import { orUnavailable } from '../../fault/mod.ts';
import type { Bus, Documents } from '../bus.ts';
import { type Change, natsChanges } from './changes.ts';

export type NatsDocumentsOptions = Readonly<{
  connection: NatsConnection;
  client: JetStreamClient;
  manager: JetStreamManager;
  /** Whether the link to the server stands. */
  linked: () => boolean;
  /** Called each time that the link stands again. */
  onLink: Bus['onRelink'];
  onError: (error: unknown) => void;
}>;

/** The server's code for a revision that is not the last any more. */
const overtaken = 10_071;
const firstPauseMs = 100;
const decoder = new TextDecoder();

/** Whether a write was taken because its base was still the last revision. */
const isNotOvertaken = (writing: Promise<unknown>): Promise<boolean> =>
  writing.then(
    () => true,
    (error: unknown) => {
      if (error instanceof JetStreamApiError && error.code === overtaken) return false;
      throw error;
    },
  );

/** Documents in a key-value bucket of the server. Every failure is thrown as Fault UNAVAILABLE. */
export function natsDocuments<T>(
  { connection, client, manager, linked, onLink, onError }: NatsDocumentsOptions,
  kind: DocumentKind,
): Documents<T> {
  // The bucket is opened and never made here. If it is missing, each request fails.
  const bound = new Kvm(client).open(bucketOf(kind), { allow_direct: true });
  const bucket = (): Promise<KV> => bound;
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
      const take = ({ key, removed, data }: Change): void => {
        try {
          const value = removed ? undefined : parse(data);
          if (value === undefined) values.delete(key);
          else values.set(key, value);
          onChange?.(key, value);
        } catch (error) {
          // A document that does not parse changes nothing: the version before it stays in force.
          onError(error);
        }
      };
      const changes = natsChanges({ connection, manager, onChange: take, onError }, kind);
      /** False from a lost link until every missed change is in memory. */
      let caughtUp = true;
      let stopped = false;
      /**
       * After a lost link the server may have lost the bucket too. What was in force stays in force until the bucket
       * says otherwise.
       */
      async function readAgain(): Promise<void> {
        for (let waitMs = firstPauseMs; !stopped; waitMs = Math.min(waitMs * 2, 2_000)) {
          try {
            await changes.catchUp();
            caughtUp = true;
            return;
          } catch (error) {
            if (waitMs === firstPauseMs) onError(error);
            await pause(waitMs);
          }
        }
      }
      await orUnavailable(changes.catchUp).catch((error: unknown) => {
        changes.stop();
        throw error;
      });
      const unlisten = onLink(() => {
        caughtUp = false;
        void readAgain();
      });
      return {
        get: (key) => values.get(key),
        keys: () => values.keys(),
        current: () => linked() && caughtUp && changes.current(),
        async stop() {
          stopped = true;
          unlisten();
          changes.stop();
        },
      };
    },
  };
}
