import { RotateSigningKey } from '@vox/shared/contracts';
import type { Command } from 'commander';
import type { Operator } from '../operator.ts';
import { type Because, because, by } from './because.ts';

export function signingKeyCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  because(vox.command('signing-key').command('rotate <use>'))
    .description('makes a new key for tokens of one use: widget, session')
    .action(async (use: 'widget' | 'session', why: Because) =>
      say(await ask(RotateSigningKey, { use, ...by(operator, why) })),
    );
}
