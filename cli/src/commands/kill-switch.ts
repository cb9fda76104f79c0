import { SetKillSwitch } from '@vox/contracts';
import type { Command } from 'commander';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

/** `vox kill-switch …` */
export function killSwitchCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const killSwitch = vox
    .command('kill-switch')
    .description('Stops all calls of a tenant, or of one key, until it is released.');
  for (const [verb, engaged] of [
    ['engage', true],
    ['release', false],
  ] as const)
    withReason(killSwitch.command(`${verb} <tenant>`))
      .description(engaged ? 'Ends the live calls and refuses new ones.' : 'Allows calls again.')
      .option('--key <key>', 'calls of this widget key alone')
      .action(async (tenantId: string, { key: widgetKey, ...why }: ReasonOption & { key?: string }) =>
        say(await ask(SetKillSwitch, { tenantId, widgetKey, engaged, ...actingBy(operator, why) })),
      );
}
