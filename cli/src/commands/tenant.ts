import { SetTenantStatus } from '@vox/contracts';
import type { Command } from 'commander';
import { putTenant, wholePolicy } from '../dialogues/whole-tenant.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

export function tenantCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const tenant = vox.command('tenant').description('Manages tenants and their policies.');
  withReason(tenant.command('put <file>'))
    .description('Creates a tenant from a JSON file, or gives it a new policy. Lists every mistake at once.')
    .action(async (file: string, why: ReasonOption) => say(await putTenant(operator, file, actingBy(operator, why))));
  tenant
    .command('show <tenant>')
    .description('Shows the policy in force, with the instructions of its agents.')
    .action(async (tenantId: string) => say(await wholePolicy(operator, tenantId)));
  for (const [verb, status] of [
    ['suspend', 'suspended'],
    ['resume', 'active'],
  ] as const)
    withReason(tenant.command(`${verb} <tenant>`))
      .description(verb === 'suspend' ? 'Refuses new calls and ends the live ones.' : 'Allows calls again.')
      .action(async (tenantId: string, why: ReasonOption) =>
        say(await ask(SetTenantStatus, { tenantId, status, ...actingBy(operator, why) })),
      );
}
