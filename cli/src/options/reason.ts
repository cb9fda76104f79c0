import type { Acting } from '@vox/contracts';
import type { Command } from 'commander';
import type { Operator } from '../reach/operator.ts';

/** What `withReason` reads. */
export type ReasonOption = Readonly<{ reason?: string }>;

/** Lets a command say why: the audit log keeps it with the act. */
export const withReason = (command: Command): Command =>
  command.option('--reason <why>', 'why you do this; the audit log keeps it; without personal data');

/** Who acts, why, and in which run of the command. */
export const actingBy = ({ actor, requestId }: Operator, { reason }: ReasonOption): Acting => ({
  actor,
  requestId,
  reason,
});
