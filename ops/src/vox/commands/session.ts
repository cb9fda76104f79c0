import { EndSession, EndSessions, ListSessions } from '@vox/shared/contracts';
import type { Command } from 'commander';
import type { Operator } from '../operator.ts';

export function sessionCommands(vox: Command, { ask, actor, requestId, say }: Operator): void {
  const sessions = vox.command('session').description('calls that live');
  sessions
    .command('list <tenant>')
    .action(async (tenantId: string) => say((await ask(ListSessions, { tenantId, actor, requestId })).sessions));
  sessions
    .command('end <tenant> <session>')
    .action(async (tenantId: string, sessionId: string) =>
      say(await ask(EndSession, { tenantId, sessionId, reason: 'admin', by: { actor, requestId } })),
    );
  sessions
    .command('end-all <tenant>')
    .description('ends all calls of a tenant, or of one key; others may begin')
    .option('--key <key>')
    .action(async (tenantId: string, options: { key?: string }) =>
      say(await ask(EndSessions, { tenantId, widgetKey: options.key, actor })),
    );
}
