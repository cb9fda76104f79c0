import { JetStreamApiError, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';
import { DeadLetterStream, deadLetterSubjectName } from '@vox/contracts';
import { orUnavailable } from '../../fault/mod.ts';
import type { Clock } from '../../time/mod.ts';
import type { Letters, PlacedLetter } from '../letters.ts';
import { type Hearing, letterIn, redelivered } from '../redeliver.ts';
import { storedMessages } from './stored-messages.ts';

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
    lettersAfter: (after, most, consumer) =>
      orUnavailable(async () => {
        const found: PlacedLetter[] = [];
        const filter = consumer === undefined ? undefined : deadLetterSubjectName(consumer);
        for await (const { sequence: place, data } of storedMessages(manager, name, after + 1, filter, most)) {
          const letter = letterIn(data);
          if (letter !== undefined) found.push({ place, letter });
          if (found.length === most) break;
        }
        return found;
      }),
    countLetters: () =>
      orUnavailable(async () => {
        const { state } = await manager.streams.info(name, { subjects_filter: DeadLetterStream.subjectFilter });
        const before = deadLetterSubjectName('').length;
        return new Map(Object.entries(state.subjects ?? {}).map(([subject, count]) => [subject.slice(before), count]));
      }),
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
