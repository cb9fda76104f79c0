import { readFileSync } from 'node:fs';
import { PutTenant, SetTenantStatus, ShowTenant } from '@vox/shared/contracts';
import { Fault } from '@vox/shared/fault';
import type { Command } from 'commander';
import type { Operator } from '../operator.ts';
import { type Because, because, by } from './because.ts';

function draftIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Fault('INVALID_REQUEST', {
      issues: [{ path: file, message: 'must be a file of JSON that can be read' }],
    });
  }
}

export function tenantCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const tenant = vox.command('tenant').description('tenants and their policies');
  because(tenant.command('put <file>'))
    .description('creates a tenant from a JSON file, or gives it a new policy; every mistake is listed')
    .action(async (file: string, why: Because) =>
      say(await ask(PutTenant, { draft: draftIn(file), ...by(operator, why) })),
    );
  tenant
    .command('show <tenant>')
    .description('shows the policy in force')
    .action(async (tenantId: string) => say((await ask(ShowTenant, { tenantId })).policy));
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
