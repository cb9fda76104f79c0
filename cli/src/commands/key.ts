import { CreateWidgetKey, RevokeWidgetKey, RotateWidgetKey } from '@vox/contracts';
import type { Command } from 'commander';
import { wholeNumber } from '../options/arguments.ts';
import { type Because, because, by } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

const oneDaySeconds = 86_400;

export function keyCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const key = vox.command('key').description('widget keys');
  because(key.command('create <tenant>'))
    .description('creates a key bound to exact origins')
    .requiredOption('--origin <origin...>', 'scheme://host[:port], exactly as a browser sends it')
    .option('--label <label>', 'a word that tells keys apart', 'site')
    .option('--agent <id...>', 'agents that the key may reach; all when left out')
    .action(
      async (
        tenantId: string,
        { origin, label, agent, ...why }: Because & { origin: string[]; label: string; agent?: string[] },
      ) => say(await ask(CreateWidgetKey, { tenantId, label, origins: origin, agentIds: agent, ...by(operator, why) })),
    );
  because(key.command('rotate <tenant> <key>'))
    .description('gives a key a successor; the old one lives on for its grace')
    .option('--grace <seconds>', 'how long the old key still works', wholeNumber, oneDaySeconds)
    .action(async (tenantId: string, widgetKey: string, { grace, ...why }: Because & { grace: number }) =>
      say(await ask(RotateWidgetKey, { tenantId, widgetKey, graceSeconds: grace, ...by(operator, why) })),
    );
  because(key.command('revoke <tenant> <key>'))
    .description('kills a key at once and for ever; calls under it end')
    .action(async (tenantId: string, widgetKey: string, why: Because) =>
      say(await ask(RevokeWidgetKey, { tenantId, widgetKey, ...by(operator, why) })),
    );
}
