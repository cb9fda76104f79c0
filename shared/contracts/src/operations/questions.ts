import type { Question } from '../kinds/question.ts';
import { DrainCopies, ShowCopy } from './copies.ts';
import { DropDeadLetters, ReplayDeadLetters } from './dead-letters.ts';

/** What the operator of the installation asks of the installation itself, over the bus alone. */
export const operationQuestions: readonly Question[] = [
  ReplayDeadLetters,
  DropDeadLetters,
  ...Object.values(ShowCopy),
  ...Object.values(DrainCopies),
];
