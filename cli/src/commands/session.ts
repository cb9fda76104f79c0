import { EndSessionByAdmin, EndSessions, ListSessions } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { Command } from 'commander';
import { orNoTenant } from '../dialogues/or-no-tenant.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

const notThere = new Fault('NOT_FOUND', {
  issues: [{ path: 'sessionId', message: 'is no call of this tenant that lives or ended lately' }],
});

export function sessionCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const sessions = vox.command('session').description('Lists and ends live calls.');
  withReason(sessions.command('list <tenant>'))
    .description('Lists the live calls of a tenant.')
    .action(async (tenantId: string, why: ReasonOption) =>
      say(
        await orNoTenant(
          operator,
          tenantId,
          (await ask(ListSessions, { tenantId, ...actingBy(operator, why) })).sessions,
        ),
      ),
    );
  withReason(sessions.command('end <tenant> <session>'))
    .description('Ends one call.')
    .action(async (tenantId: string, sessionId: string, why: ReasonOption) => {
      const ended = await ask(EndSessionByAdmin, { tenantId, sessionId, ...actingBy(operator, why) });
      if (ended.kind === 'unknown') throw notThere;
      say(ended);
    });
  withReason(sessions.command('end-all <tenant>'))
    .description('Ends all calls of a tenant, or of one key. New calls may begin.')
    .option('--key <key>', 'calls of this widget key alone')
    .action(async (tenantId: string, { key, ...why }: ReasonOption & { key?: string }) =>
      say(await ask(EndSessions, { tenantId, widgetKey: key, ...actingBy(operator, why) })),
    );
}
