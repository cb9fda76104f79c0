import { ListTenants, SetTenantStatus, ShowChecklist } from '@vox/contracts';
import type { Command } from 'commander';
import { everyPage } from '../dialogues/every-page.ts';
import { putTenant, wholePolicy } from '../dialogues/whole-tenant.ts';
import { type IfVersionOption, withIfVersion } from '../options/if-version.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';
import { checklistText } from '../text/checklist-text.ts';
import { tenantPreviewCommands } from './tenant-preview.ts';
import { tenantVersionCommands } from './tenant-versions.ts';

export function tenantCommands(vox: Command, operator: Operator): void {
  const { ask, say, print } = operator;
  const tenant = vox.command('tenant').description('Manages tenants and their policies.');
  withIfVersion(withReason(tenant.command('put <file>')))
    .description('Creates a tenant from a JSON file, or gives it a new policy. Lists every mistake at once.')
    .action(async (file: string, { ifVersion, ...why }: ReasonOption & IfVersionOption) =>
      say(await putTenant(operator, file, { ...actingBy(operator, why), ifVersion })),
    );
  tenant
    .command('list')
    .description('Lists all tenants.')
    .action(async () => say(await allTenants(operator)));
  tenant
    .command('show <tenant>')
    .description('Shows the policy in force, with the instructions of its agents.')
    .action(async (tenantId: string) => say(await wholePolicy(operator, tenantId)));
  for (const [verb, status] of [
    ['suspend', 'suspended'],
    ['resume', 'active'],
  ] as const)
    withIfVersion(withReason(tenant.command(`${verb} <tenant>`)))
      .description(verb === 'suspend' ? 'Refuses new calls and ends the live ones.' : 'Allows calls again.')
      .action(async (tenantId: string, { ifVersion, ...why }: ReasonOption & IfVersionOption) =>
        say(await ask(SetTenantStatus, { tenantId, status, ifVersion, ...actingBy(operator, why) })),
      );
  tenant
    .command('checklist <tenant>')
    .description(
      'Shows what should be so before production, whether it is, why, and how. Exits with 1 if any is missing.',
    )
    .option('--json', 'print JSON')
    .action(async (tenantId: string, { json }: { json?: true }) => {
      const checklist = await ask(ShowChecklist, { tenantId });
      if (json) say(checklist);
      else await print(checklistText(checklist.rows));
      if (!checklist.isReady) process.exitCode = 1;
    });
  tenantVersionCommands(tenant, operator);
  tenantPreviewCommands(tenant, operator);
}

/** Names on standard error what is kept in a form that auth cannot read. */
const allTenants = ({ ask, note }: Operator) =>
  everyPage(async (after: string | undefined) => {
    const { tenants, unreadable, next } = await ask(ListTenants, { after });
    for (const tenantId of unreadable) note(`auth cannot read the form in which this tenant is kept: ${tenantId}`);
    return { rows: tenants, next };
  });
