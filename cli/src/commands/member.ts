import { ResetSecondFactors } from '@vox/contracts';
import type { Command } from 'commander';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

/** `vox member …` */
export function memberCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const member = vox.command('member').description('Helps members who cannot help themselves.');
  withReason(member.command('reset-factors <tenant> <member>'))
    .description('Removes all second factors of a member who has lost them. Make sure that it is that person.')
    .action(async (tenantId: string, memberId: string, why: ReasonOption) =>
      say(await ask(ResetSecondFactors, { tenantId, memberId, ...actingBy(operator, why) })),
    );
}
