import {
  EndSessionByAdmin,
  EndSessions,
  type IdentityKind,
  identityKinds,
  ListSessions,
  ShowSession,
} from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { type Command, Option } from 'commander';
import { everyPage } from '../dialogues/every-page.ts';
import { orNoTenant } from '../dialogues/or-no-tenant.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

const notThere = new Fault('NOT_FOUND', {
  issues: [{ path: 'sessionId', message: 'is no call of this tenant that lives or ended lately' }],
});

type Wanted = Readonly<{ key?: string; kind?: IdentityKind }>;

export function sessionCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const sessions = vox.command('session').description('Lists and ends live calls; shows calls that were.');
  withReason(sessions.command('list <tenant>'))
    .description('Lists the live calls of a tenant.')
    .option('--key <key>', 'calls of this widget key alone')
    .addOption(new Option('--kind <kind>', 'calls of the widget or of the console alone').choices(identityKinds))
    .action(async (tenantId: string, { key: widgetKey, kind, ...why }: ReasonOption & Wanted) => {
      const listed = await everyPage(async (after: string | undefined) => {
        const asked = { tenantId, widgetKey, kind, after, ...actingBy(operator, why) };
        const { sessions: rows, next } = await ask(ListSessions, asked);
        return { rows, next };
      });
      say(await orNoTenant(operator, tenantId, listed));
    });
  sessions
    .command('show <tenant> <session>')
    .description('Shows one call from its request to its end, without its words and without the person.')
    .action(async (tenantId: string, sessionId: string) => say(await ask(ShowSession, { tenantId, sessionId })));
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
    .action(async (tenantId: string, { key, ...why }: ReasonOption & { key?: string }) => {
      const ordered = await ask(EndSessions, { tenantId, widgetKey: key, ...actingBy(operator, why) });
      if (!ordered.done) operator.note('Others are still being ended. `vox session list` shows which live.');
      say(ordered);
    });
}
