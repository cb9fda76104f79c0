import type { DeadLetter } from '@vox/contracts';
import type { Clock } from '../../time/mod.ts';
import type { Letters } from '../letters.ts';
import { type Hearing, redelivered } from '../redeliver.ts';

/** The stream of dead letters. */
export type LetterBox = Readonly<{
  put: (letter: DeadLetter) => void;
  all: () => ReadonlyMap<number, DeadLetter>;
  /** Answers how many letters went. */
  erase: (isWanted: (letter: DeadLetter, place: number) => boolean) => number;
}>;

export function letterBox(): LetterBox {
  const letters = new Map<number, DeadLetter>();
  let last = 0;
  return {
    put(letter) {
      last += 1;
      letters.set(last, letter);
    },
    all: () => letters,
    erase(isWanted) {
      const gone = [...letters].filter(([place, letter]) => isWanted(letter, place));
      for (const [place] of gone) letters.delete(place);
      return gone.length;
    },
  };
}

export type MemoryLettersOptions = Readonly<{
  box: LetterBox;
  hearingOf: (consumer: string) => Hearing | undefined;
  log: () => readonly Readonly<{ sequence: number; bytes: Uint8Array }>[];
  clock: Clock;
  onThrow: (error: unknown) => void;
}>;

/** The in-memory twin of nats/letters.ts. */
export const memoryLetters = ({ box, hearingOf, log, clock, onThrow }: MemoryLettersOptions): Letters => ({
  letter: async (place) => box.all().get(place),
  lettersAfter: async (after, most, consumer) =>
    [...box.all()]
      .flatMap(([place, letter]) =>
        place > after && (consumer ?? letter.consumer) === letter.consumer ? [{ place, letter }] : [],
      )
      .slice(0, most),
  async countLetters() {
    const byConsumer = Map.groupBy(box.all().values(), ({ consumer }) => consumer);
    return new Map([...byConsumer].map(([consumer, letters]) => [consumer, letters.length]));
  },
  dropLetter: async (wanted) => box.erase((_letter, place) => place === wanted) > 0,
  async redeliver(place) {
    const letter = box.all().get(place);
    if (letter === undefined) return { outcome: 'gone' };
    const hearing = hearingOf(letter.consumer);
    const stored = async (_stream: string, sequence: number) =>
      log().find((message) => message.sequence === sequence)?.bytes;
    return redelivered({ letter, hearing, stored, now: clock.now(), onThrow });
  },
});
