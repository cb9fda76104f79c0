import { EndSession, EndSessions, ListSessions } from '@vox/shared/contracts';
import type { Command } from 'commander';
import type { Operator } from '../operator.ts';
import { type Because, because, by } from './because.ts';

export function sessionCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const sessions = vox.command('session').description('calls that live');
  because(sessions.command('list <tenant>')).action(async (tenantId: string, why: Because) =>
    say((await ask(ListSessions, { tenantId, ...by(operator, why) })).sessions),
  );
  because(sessions.command('end <tenant> <session>')).action(
    async (tenantId: string, sessionId: string, why: Because) =>
      say(await ask(EndSession, { tenantId, sessionId, reason: 'admin', by: by(operator, why) })),
  );
  because(sessions.command('end-all <tenant>'))
    .description('ends all calls of a tenant, or of one key; others may begin')
    .option('--key <key>')
    .action(async (tenantId: string, { key, ...why }: Because & { key?: string }) =>
      say(await ask(EndSessions, { tenantId, widgetKey: key, ...by(operator, why) })),
    );
}
