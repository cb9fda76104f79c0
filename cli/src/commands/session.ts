import { EndSession, EndSessions, ListSessions } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { Command } from 'commander';
import { orNoTenant } from '../dialogues/or-no-tenant.ts';
import { type Because, because, by } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

const notThere = new Fault('NOT_FOUND', {
  issues: [{ path: 'sessionId', message: 'is no call of this tenant that lives or ended lately' }],
});

export function sessionCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const sessions = vox.command('session').description('calls that live');
  because(sessions.command('list <tenant>')).action(async (tenantId: string, why: Because) =>
    say(await orNoTenant(operator, tenantId, (await ask(ListSessions, { tenantId, ...by(operator, why) })).sessions)),
  );
  because(sessions.command('end <tenant> <session>')).action(
    async (tenantId: string, sessionId: string, why: Because) => {
      const ended = await ask(EndSession, { tenantId, sessionId, reason: 'admin', by: by(operator, why) });
      if (ended.kind === 'unknown') throw notThere;
      say(ended);
    },
  );
  because(sessions.command('end-all <tenant>'))
    .description('ends all calls of a tenant, or of one key; others may begin')
    .option('--key <key>')
    .action(async (tenantId: string, { key, ...why }: Because & { key?: string }) =>
      say(await ask(EndSessions, { tenantId, widgetKey: key, ...by(operator, why) })),
    );
}
