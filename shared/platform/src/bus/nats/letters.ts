import { JetStreamApiError, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';
import { DeadLetterStream } from '@vox/contracts';
import { orUnavailable } from '../../fault/mod.ts';
import type { Clock } from '../../time/mod.ts';
import type { Letters } from '../letters.ts';
import { type Hearing, letterIn, redelivered } from '../redeliver.ts';

export type NatsLettersOptions = Readonly<{
  manager: JetStreamManager;
  /** The handlers of this process by their consumers. */
  hearings: ReadonlyMap<string, Hearing>;
  clock: Clock;
  onThrow: (error: unknown) => void;
}>;

const { name } = DeadLetterStream;

export function natsLetters({ manager, hearings, clock, onThrow }: NatsLettersOptions): Letters {
  const messageAt = (seq: number): Promise<StoredMsg | null> =>
    orUnavailable(() => manager.direct.getMessage(name, { seq }));
  /** A message that a stream keeps until it is too old. Only compliance may read one of what was said. */
  const stored = async (stream: string, seq: number): Promise<Uint8Array | undefined> =>
    (await orUnavailable(() => manager.streams.getMessage(stream, { seq })))?.data;

  return {
    async letter(seq) {
      const message = await messageAt(seq);
      return message === null ? undefined : letterIn(message.data);
    },
    async dropLetter(seq) {
      if ((await messageAt(seq)) === null) return false;
      return orUnavailable(() =>
        manager.streams.deleteMessage(name, seq, true).catch(async (error: unknown) => {
          // Somebody else was faster. The server has no code for that.
          if (error instanceof JetStreamApiError && (await messageAt(seq)) === null) return false;
          throw error;
        }),
      );
    },
    async redeliver(seq) {
      const message = await messageAt(seq);
      if (message === null) return { outcome: 'gone' };
      const letter = letterIn(message.data);
      if (letter === undefined) return { outcome: 'cut' };
      return redelivered({ letter, hearing: hearings.get(letter.consumer), stored, now: clock.now(), onThrow });
    },
  };
}
