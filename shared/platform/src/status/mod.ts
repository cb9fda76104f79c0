export { answerStatus, type StatusOptions, statusOf } from './answer-status.ts';
export { type KnownCopy, nameOfCopy, processCopy, toldCopy } from './copy.ts';
export { version } from './version.ts';
