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
import { type EndedOptions, endedCalls, requireFitting, withEnded } from '../dialogues/ended-calls.ts';
import { everyPage } from '../dialogues/every-page.ts';
import { orNoTenant } from '../dialogues/or-no-tenant.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

const notThere = new Fault('NOT_FOUND', {
  issues: [{ path: 'sessionId', message: 'is no call of this tenant that lives or ended lately' }],
});

type Wanted = EndedOptions & Readonly<{ kind?: IdentityKind }>;

export function sessionCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const sessions = vox.command('session').description('Lists and ends live calls; shows calls that were.');
  withReason(withEnded(sessions.command('list <tenant>')))
    .description('Lists the calls of a tenant: live ones, or those that are over.')
    .addOption(new Option('--kind <kind>', 'live calls of the widget or of the console alone').choices(identityKinds))
    .action(async (tenantId: string, wanted: Wanted) => {
      requireFitting(wanted);
      const list = wanted.ended ? endedCalls : liveCalls;
      say(await orNoTenant<object>(operator, tenantId, await list(operator, tenantId, wanted)));
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

const liveCalls = (operator: Operator, tenantId: string, { key: widgetKey, kind, ...why }: Wanted) =>
  everyPage(async (after: string | undefined) => {
    const asked = { tenantId, widgetKey, kind, after, ...actingBy(operator, why) };
    const { sessions: rows, next } = await operator.ask(ListSessions, asked);
    return { rows, next };
  });
