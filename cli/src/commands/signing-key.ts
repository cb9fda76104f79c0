import { RotateSigningKey, TokenUse } from '@vox/contracts';
import { Argument, type Command } from 'commander';
import { type Because, because, by } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

export function signingKeyCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  because(
    vox
      .command('signing-key')
      .description('keys that tokens are signed with')
      .command('rotate')
      .addArgument(new Argument('<use>', 'of the tokens').choices(TokenUse.options)),
  )
    .description('makes a new key for tokens of one use')
    .action(async (use: TokenUse, why: Because) => say(await ask(RotateSigningKey, { use, ...by(operator, why) })));
}
