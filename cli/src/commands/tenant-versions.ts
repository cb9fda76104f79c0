import { DiffPolicyVersions, ListPolicyVersions, RollBackPolicy } from '@vox/contracts';
import type { Command } from 'commander';
import { everyPage } from '../dialogues/every-page.ts';
import { wholeNumber } from '../options/arguments.ts';
import { type IfVersionOption, withIfVersion } from '../options/if-version.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

/** `vox tenant versions`, `diff` and `roll-back` */
export function tenantVersionCommands(tenant: Command, operator: Operator): void {
  const { ask, say } = operator;
  tenant
    .command('versions <tenant>')
    .description('Lists the versions of the policy, the newest first: when, who and why.')
    .action(async (tenantId: string) =>
      say(
        await everyPage(async (before: number | undefined) => {
          const { versions, next } = await ask(ListPolicyVersions, { tenantId, before });
          return { rows: versions, next };
        }),
      ),
    );
  tenant
    .command('diff <tenant>')
    .argument('<from>', 'a version', wholeNumber)
    .argument('<to>', 'a version', wholeNumber)
    .description('Shows what differs between two versions. Hashes stand for instructions, tools and long texts.')
    .action(async (tenantId: string, fromVersion: number, toVersion: number) =>
      say((await ask(DiffPolicyVersions, { tenantId, fromVersion, toVersion })).changes),
    );
  withIfVersion(withReason(tenant.command('roll-back <tenant>')))
    .argument('<version>', 'the version to go back to', wholeNumber)
    .description('Gives a tenant a new version of its policy that equals an older one. Keys and status stay.')
    .action(async (tenantId: string, version: number, { ifVersion, ...why }: ReasonOption & IfVersionOption) =>
      say(await ask(RollBackPolicy, { tenantId, version, ifVersion, ...actingBy(operator, why) })),
    );
}
