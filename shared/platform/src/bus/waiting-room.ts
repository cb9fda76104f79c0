import type { z } from 'zod';
import { Fault, Reason } from '../fault/mod.ts';
import { parseJson } from './answer.ts';
import type { Expected, ExpectOptions } from './bus.ts';

/** The places in one process where somebody waits for an answer, by token. */
export type WaitingRoom = Readonly<{
  expect: <S extends z.ZodType>(schema: S, options: ExpectOptions) => Expected<z.infer<S>>;
  deliver: (replyTo: string, bytes: Uint8Array) => void;
  /** What is held at a place, as JSON; `undefined` when nobody waits there or nothing is held. */
  heldAt: (replyTo: string) => string | undefined;
  close: () => void;
}>;

/** Nobody waits at a place any more, or nothing that is asked for is held there. */
export const nothingHeld = (): Fault =>
  new Fault('UNAVAILABLE', {}, { cause: new Reason('nothing is held for this answer') });

export function waitingRoom(addressOf: (token: string) => string, newToken: () => string): WaitingRoom {
  type Place = Readonly<{ take: (bytes: Uint8Array) => void; giveUp: (cause: string) => void; holds: unknown }>;
  const places = new Map<string, Place>();

  return {
    expect(schema, { timeoutMs, holds }) {
      const replyTo = addressOf(newToken());
      const { promise, resolve, reject } = Promise.withResolvers<z.infer<typeof schema>>();
      // After a cancel nobody looks at the promise.
      promise.catch(() => undefined);
      const leave = (): void => {
        clearTimeout(timer);
        places.delete(replyTo);
      };
      const giveUp = (cause: string): void => {
        leave();
        reject(new Fault('UNAVAILABLE', {}, { cause: new Reason(cause) }));
      };
      const timer = setTimeout(() => giveUp('nobody answered in time'), timeoutMs);
      places.set(replyTo, {
        holds,
        giveUp,
        take(bytes) {
          const read = schema.safeParse(parseJson(bytes));
          if (!read.success) return giveUp('the answer was not of its schema');
          leave();
          resolve(read.data);
        },
      });
      return { replyTo, answer: promise, cancel: leave };
    },
    deliver: (replyTo, bytes) => places.get(replyTo)?.take(bytes),
    heldAt(replyTo) {
      const holds = places.get(replyTo)?.holds;
      return holds === undefined ? undefined : JSON.stringify(holds);
    },
    close() {
      for (const place of places.values()) place.giveUp('the bus was closed');
    },
  };
}
