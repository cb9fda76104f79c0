import { RewrapKeys } from '@vox/contracts';
import type { Command } from 'commander';
import type { Operator } from '../reach/operator.ts';

const rewrapMs = 120_000;

export function masterKeyCommands(vox: Command, { ask, actor, requestId, say }: Operator): void {
  vox
    .command('master-key')
    .description('the key that keys of tenants stand under')
    .command('rewrap')
    .description('puts every key under the newest master key, so that older ones can be thrown away')
    .action(async () => say(await ask(RewrapKeys, { actor, requestId }, { timeoutMs: rewrapMs })));
}
