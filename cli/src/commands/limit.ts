import { BudgetLimit, type IdentityKind, identityKinds, OverrideLimit, ResetUsage, ShowLimits } from '@vox/contracts';
import { Argument, type Command, Option } from 'commander';
import { largeNumber, moment } from '../options/arguments.ts';
import type { Operator } from '../reach/operator.ts';

type Meant = Readonly<{ kind: IdentityKind; reason: string }>;

/** `vox limit …` */
export function limitCommands(vox: Command, { ask, actor, requestId, say }: Operator): void {
  const limits = vox
    .command('limit')
    .description('Shows what remains of a tenant’s limits, and changes them for a time.');
  limits
    .command('show <tenant>')
    .description('Shows each limit with what is used, held and left of it, and when it begins anew.')
    .action(async (tenantId: string) => say(await ask(ShowLimits, { tenantId })));
  withMeant(limits.command('override <tenant>'))
    .description('Raises or lowers a limit until a moment, within the platform’s ceiling.')
    .addArgument(new Argument('<limit>', 'which limit').choices(BudgetLimit.options))
    .argument('<value>', 'tokens, micro-dollars or seconds of call', largeNumber)
    .requiredOption('--until <time>', 'when the policy binds again, at most 31 days ahead', moment)
    .action(async (tenantId: string, limit: BudgetLimit, value: number, given: Meant & { until: string }) =>
      say(await ask(OverrideLimit, { tenantId, limit, value, ...given, actor, requestId })),
    );
  withMeant(limits.command('end-override <tenant>'))
    .description('Lets the policy bind again at once.')
    .addArgument(new Argument('<limit>', 'which limit').choices(BudgetLimit.options))
    .action(async (tenantId: string, limit: BudgetLimit, given: Meant) =>
      say(await ask(OverrideLimit, { tenantId, limit, value: null, ...given, actor, requestId })),
    );
  withMeant(limits.command('reset <tenant>'))
    .description('Lets what was used today count as zero from now on. It stays booked.')
    .action(async (tenantId: string, given: Meant) =>
      say(await ask(ResetUsage, { tenantId, ...given, actor, requestId })),
    );
}

const withMeant = (command: Command): Command =>
  command
    .addOption(new Option('--kind <kind>', 'whose limits').choices(identityKinds).makeOptionMandatory())
    .requiredOption('--reason <reason>', 'why; the audit log keeps it; without personal data');
