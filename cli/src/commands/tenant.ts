import { SetTenantStatus } from '@vox/contracts';
import type { Command } from 'commander';
import { putTenant, wholePolicy } from '../dialogues/whole-tenant.ts';
import { type Because, because, by } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

export function tenantCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const tenant = vox.command('tenant').description('tenants and their policies');
  because(tenant.command('put <file>'))
    .description('creates a tenant from a JSON file, or gives it a new policy; every mistake is listed')
    .action(async (file: string, why: Because) => say(await putTenant(operator, file, by(operator, why))));
  tenant
    .command('show <tenant>')
    .description('shows the policy in force, with what its agents are told')
    .action(async (tenantId: string) => say(await wholePolicy(operator, tenantId)));
  for (const [verb, status] of [
    ['suspend', 'suspended'],
    ['resume', 'active'],
  ] as const)
    because(tenant.command(`${verb} <tenant>`))
      .description(verb === 'suspend' ? 'refuses new calls and ends those that live' : 'lets calls begin again')
      .action(async (tenantId: string, why: Because) =>
        say(await ask(SetTenantStatus, { tenantId, status, ...by(operator, why) })),
      );
}
