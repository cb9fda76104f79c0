import { Argument, type Command } from 'commander';
import type { Operator } from '../../reach/operator.ts';
import { completionFor, type Shell, shells } from '../../text/completion.ts';

/** `vox completion`, made from the commands themselves. */
export function completionCommand(vox: Command, { print }: Operator): void {
  vox
    .command('completion')
    .addArgument(new Argument('<shell>', 'for which shell').choices(shells))
    .description('Prints a script that completes commands, options and their values in a shell.')
    .action((shell: Shell) => print(completionFor(shell, vox)));
}
