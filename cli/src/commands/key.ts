import { CreateWidgetKey, RevokeWidgetKey, RotateWidgetKey } from '@vox/contracts';
import type { Command } from 'commander';
import { wholeNumber } from '../options/arguments.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

const oneDaySeconds = 86_400;

export function keyCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const key = vox.command('key').description('Creates, rotates and revokes widget keys.');
  withReason(key.command('create <tenant>'))
    .description('Creates a key that is bound to exact origins.')
    .requiredOption('--origin <origin...>', 'scheme://host[:port], exactly as a browser sends it')
    .option('--label <label>', 'a word that is part of the key', 'site')
    .option('--agent <id...>', 'agents that the key may reach; without it, all')
    .action(
      async (
        tenantId: string,
        { origin, label, agent, ...why }: ReasonOption & { origin: string[]; label: string; agent?: string[] },
      ) =>
        say(
          await ask(CreateWidgetKey, { tenantId, label, origins: origin, agentIds: agent, ...actingBy(operator, why) }),
        ),
    );
  withReason(key.command('rotate <tenant> <key>'))
    .description('Gives a key a successor. The old key works until its grace is over.')
    .option('--grace <seconds>', 'how long the old key still works', wholeNumber, oneDaySeconds)
    .action(async (tenantId: string, widgetKey: string, { grace, ...why }: ReasonOption & { grace: number }) =>
      say(await ask(RotateWidgetKey, { tenantId, widgetKey, graceSeconds: grace, ...actingBy(operator, why) })),
    );
  withReason(key.command('revoke <tenant> <key>'))
    .description('Revokes a key at once and for ever, and ends its calls.')
    .action(async (tenantId: string, widgetKey: string, why: ReasonOption) =>
      say(await ask(RevokeWidgetKey, { tenantId, widgetKey, ...actingBy(operator, why) })),
    );
}
