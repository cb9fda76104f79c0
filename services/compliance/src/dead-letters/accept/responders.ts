import { CountDeadLetters, DropDeadLetters, ListDeadLetters, ReplayDeadLetters, ShowDeadLetter } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { type DropLetters, dropLetters } from '../command/drop-letters.ts';
import { countLetters, listLetters, type ReadLetters, showLetter } from '../command/read-letters.ts';
import { type ReplayLetters, replayLetters } from '../command/replay-letters.ts';

export type LetterResponders = DropLetters & ReplayLetters & ReadLetters;

/** Answers every question about dead letters. */
export const letterResponders = async (
  bus: Pick<Bus, 'answer'>,
  dependencies: LetterResponders,
): Promise<readonly Consumption[]> => [
  await bus.answer(ListDeadLetters, listLetters(dependencies)),
  await bus.answer(ShowDeadLetter, showLetter(dependencies)),
  await bus.answer(CountDeadLetters, countLetters(dependencies)),
  await bus.answer(ReplayDeadLetters, replayLetters(dependencies)),
  await bus.answer(DropDeadLetters, dropLetters(dependencies)),
];
