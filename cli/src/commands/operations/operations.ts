import type { Command } from 'commander';
import type { Operator } from '../../reach/operator.ts';
import { busStateCommands } from './bus-state.ts';
import { completionCommand } from './completion.ts';
import { contextCommands } from './context.ts';
import { deadCommands } from './dead.ts';
import { drainCommand } from './drain.ts';
import { factCommands } from './facts.ts';
import { sessionsCommand } from './sessions.ts';
import { whyCommand } from './why.ts';

/** Ends what is live when somebody presses Ctrl-C, which by itself ends the whole command at once. */
const untilInterrupted = (): AbortSignal => new AbortController().signal;

/** What whoever runs the installation looks at and does. Help lists them in this order. */
export function operationCommands(
  vox: Command,
  operator: Operator,
  env: Readonly<Record<string, string | undefined>>,
): void {
  factCommands(vox, operator, operator.until ?? untilInterrupted);
  whyCommand(vox, operator);
  deadCommands(vox, operator);
  busStateCommands(vox, operator);
  sessionsCommand(vox, operator);
  drainCommand(vox, operator);
  contextCommands(vox, operator, env);
  completionCommand(vox, operator);
}
