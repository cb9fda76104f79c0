import {
  CreateWidgetKey,
  KeyEnvironment,
  ListWidgetKeys,
  ReadWidgetKeyUsage,
  RevokeWidgetKey,
  RotateWidgetKey,
  WidgetKeyState,
} from '@vox/contracts';
import { type Command, Option } from 'commander';
import { moment, wholeNumber } from '../options/arguments.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

const oneDaySeconds = 86_400;

const environments = () =>
  new Option('--environment <name>', 'where the pages of its origins stand').choices(KeyEnvironment.options);

type CreateOptions = ReasonOption &
  Readonly<{ origin: string[]; label: string; agent?: string[]; environment: KeyEnvironment; expires?: string }>;

export function keyCommands(vox: Command, operator: Operator): void {
  const key = vox.command('key').description('Creates, lists, rotates and revokes widget keys.');
  changingCommands(key, operator);
  showingCommands(key, operator);
}

function changingCommands(key: Command, operator: Operator): void {
  const { ask, say } = operator;
  withReason(key.command('create <tenant>'))
    .description('Creates a key that is bound to exact origins.')
    .requiredOption('--origin <origin...>', 'scheme://host[:port], exactly as a browser sends it')
    .option('--label <label>', 'a word that is part of the key', 'site')
    .option('--agent <id...>', 'agents that the key may reach; without it, all')
    .addOption(environments().default('production'))
    .option('--expires <moment>', 'when it dies by itself; without it, it lives until it is revoked', moment)
    .action(async (tenantId: string, { origin, label, agent, environment, expires, ...why }: CreateOptions) => {
      const made = { label, origins: origin, agentIds: agent, environment, expiresAt: expires };
      say(await ask(CreateWidgetKey, { tenantId, ...made, ...actingBy(operator, why) }));
    });
  withReason(key.command('rotate <tenant> <key>'))
    .description('Gives a key a successor. The old key works until its grace is over.')
    .option('--grace <seconds>', 'how long the old key still works', wholeNumber, oneDaySeconds)
    .option('--expires <moment>', 'when the new key dies by itself', moment)
    .action(async (tenantId: string, widgetKey: string, given: ReasonOption & { grace: number; expires?: string }) => {
      const { grace: graceSeconds, expires: expiresAt, ...why } = given;
      say(await ask(RotateWidgetKey, { tenantId, widgetKey, graceSeconds, expiresAt, ...actingBy(operator, why) }));
    });
  withReason(key.command('revoke <tenant> <key>'))
    .description('Revokes a key at once and for ever, and ends its calls.')
    .action(async (tenantId: string, widgetKey: string, why: ReasonOption) =>
      say(await ask(RevokeWidgetKey, { tenantId, widgetKey, ...actingBy(operator, why) })),
    );
}

type ListOptions = Readonly<{ environment?: KeyEnvironment; state?: WidgetKeyState; after?: string; limit: number }>;

function showingCommands(key: Command, { ask, say }: Operator): void {
  key
    .command('list <tenant>')
    .description('Lists the widget keys of a tenant with age, last use, environment and end; dead ones too.')
    .addOption(environments())
    .addOption(new Option('--state <state>', 'those in this state alone').choices(WidgetKeyState.options))
    .option('--after <key>', 'goes on behind this key')
    .option('--limit <number>', 'so many at most', wholeNumber, 50)
    .action(async (tenantId: string, options: ListOptions) => say(await ask(ListWidgetKeys, { tenantId, ...options })));
  key
    .command('usage <tenant> <key>')
    .description('Shows how many calls were granted under a key, by day.')
    .option('--days <number>', 'so many days up to today', wholeNumber, 30)
    .action(async (tenantId: string, widgetKey: string, { days }: { days: number }) =>
      say(await ask(ReadWidgetKeyUsage, { tenantId, widgetKey, days })),
    );
}
