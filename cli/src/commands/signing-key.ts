import { RotateSigningKey, TokenUse } from '@vox/contracts';
import { Argument, type Command } from 'commander';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

export function signingKeyCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  withReason(
    vox
      .command('signing-key')
      .description('Manages the keys that sign tokens.')
      .command('rotate')
      .addArgument(new Argument('<use>', 'what the tokens are for').choices(TokenUse.options)),
  )
    .description('Makes a new key for tokens of one use.')
    .action(async (use: TokenUse, why: ReasonOption) =>
      say(await ask(RotateSigningKey, { use, ...actingBy(operator, why) })),
    );
}
