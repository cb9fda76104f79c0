import { Fault } from '@vox/platform/fault';
import { CommanderError } from 'commander';
import { Mistake } from './sentences.ts';

/**
 * What a run of `vox` ends with: 2 where what was typed is wrong, so that nothing was done, and 1 where it was refused,
 * failed, or a check found something. 0 is for what was done.
 */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Mistake) return error.exitCode;
  return error instanceof CommanderError || (error instanceof Fault && error.code === 'INVALID_REQUEST') ? 2 : 1;
}
