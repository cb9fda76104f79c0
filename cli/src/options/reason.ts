import type { Acting } from '@vox/contracts';
import type { Command } from 'commander';
import type { Operator } from '../reach/operator.ts';

export type Because = Readonly<{ reason?: string }>;

/** An act that stands in the audit log may say why it was done. */
export const because = (command: Command): Command =>
  command.option('--reason <why>', 'why, for the audit log; no names');

/** Who does it, why, and in which run of the command. */
export const by = ({ actor, requestId }: Operator, { reason }: Because): Acting => ({ actor, requestId, reason });
