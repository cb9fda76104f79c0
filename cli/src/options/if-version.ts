import type { Command } from 'commander';
import { wholeNumber } from './arguments.ts';

/** What `withIfVersion` reads. */
export type IfVersionOption = Readonly<{ ifVersion?: number }>;

/** Binds a command to the version that its caller has seen. */
export const withIfVersion = (command: Command): Command =>
  command.option('--if-version <version>', 'change nothing unless the tenant has this version', wholeNumber);
