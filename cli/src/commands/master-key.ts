import { RewrapKeys } from '@vox/contracts';
import type { Command } from 'commander';
import type { Operator } from '../reach/operator.ts';

const rewrapMs = 120_000;

export function masterKeyCommands(vox: Command, { ask, actor, requestId, say }: Operator): void {
  vox
    .command('master-key')
    .description('Manages the key that encrypts the keys of tenants.')
    .command('rewrap')
    .description('Encrypts every key with the newest master key, so that older ones can be thrown away.')
    .action(async () => say(await ask(RewrapKeys, { actor, requestId }, { timeoutMs: rewrapMs })));
}
