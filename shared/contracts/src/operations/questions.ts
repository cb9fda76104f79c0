import type { Question } from '../kinds/question.ts';
import { DrainCopies, ShowCopy } from './copies.ts';
import { CountDeadLetters, DropDeadLetters, ReplayDeadLetters } from './dead-letters.ts';
import { ShowPolicyFindings } from './findings.ts';
import { ShowStatus } from './status.ts';

/** What edge-guard asks, with a platform operator’s proof, to show how the installation is. */
export const statusQuestions: readonly Question[] = [
  ...Object.values(ShowStatus),
  ShowPolicyFindings,
  CountDeadLetters,
];

/** What the operator of the installation asks of the installation itself, over the bus alone. */
export const operationQuestions: readonly Question[] = [
  ReplayDeadLetters,
  DropDeadLetters,
  ...Object.values(ShowCopy),
  ...Object.values(DrainCopies),
];
