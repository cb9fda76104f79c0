import { RotateSigningKey } from '@vox/shared/contracts';
import type { Command } from 'commander';
import type { Operator } from '../operator.ts';

export function signingKeyCommands(vox: Command, { ask, actor, say }: Operator): void {
  vox
    .command('signing-key')
    .command('rotate <use>')
    .description('makes a new key for tokens of one use: widget, session')
    .action(async (use: 'widget' | 'session') => say(await ask(RotateSigningKey, { use, actor })));
}
