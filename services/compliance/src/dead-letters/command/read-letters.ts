import type { CountDeadLetters, ListDeadLetters, ShowDeadLetter } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { viewOf } from '../decide/view.ts';

type Of<Q extends { request: z.ZodType; reply: z.ZodType }> = (
  asked: z.infer<Q['request']>,
) => Promise<z.input<Q['reply']>>;

export type ReadLetters = Readonly<{ bus: Pick<Bus, 'letter' | 'lettersAfter' | 'countLetters'> }>;

/** One page of letters, the oldest first. Nothing of their messages leaves this service. */
export const listLetters =
  ({ bus }: ReadLetters): Of<typeof ListDeadLetters> =>
  async ({ consumer, after = 0, limit }) => {
    // One more than is wanted tells whether there is a next page.
    const found = await bus.lettersAfter(after, limit + 1, consumer);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      letters: page.map(({ place, letter }) => viewOf(place, letter)),
      next: found.length > limit && last !== undefined ? last.place : null,
    };
  };

/** Throws Fault NOT_FOUND for a letter that is not there, or no more. */
export const showLetter =
  ({ bus }: ReadLetters): Of<typeof ShowDeadLetter> =>
  async ({ letter: place }) => {
    const letter = await bus.letter(place);
    if (letter === undefined) throw new Fault('NOT_FOUND');
    return { ...viewOf(place, letter), stream: letter.stream, sequence: letter.sequence };
  };

export const countLetters =
  ({ bus }: ReadLetters): Of<typeof CountDeadLetters> =>
  async () => {
    const counted = [...(await bus.countLetters())].map(([consumer, letters]) => ({ consumer, letters }));
    return { consumers: counted.toSorted((a, b) => b.letters - a.letters || a.consumer.localeCompare(b.consumer)) };
  };
