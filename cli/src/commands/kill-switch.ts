import { SetKillSwitch } from '@vox/contracts';
import type { Command } from 'commander';
import { type Because, because, by } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

/** `vox kill-switch …` */
export function killSwitchCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const killSwitch = vox
    .command('kill-switch')
    .description('stops all calls of a tenant, or of one key, until released');
  for (const [verb, engaged] of [
    ['engage', true],
    ['release', false],
  ] as const)
    because(killSwitch.command(`${verb} <tenant>`))
      .description(engaged ? 'ends the calls that live and refuses new ones' : 'lets calls begin again')
      .option('--key <key>')
      .action(async (tenantId: string, { key: widgetKey, ...why }: Because & { key?: string }) =>
        say(await ask(SetKillSwitch, { tenantId, widgetKey, engaged, ...by(operator, why) })),
      );
}
