import { type IdentityKind, identityKinds, ReadUsage, UsageBy, type UsageRow } from '@vox/contracts';
import { type Command, Option } from 'commander';
import { day } from '../options/arguments.ts';
import type { Operator } from '../reach/operator.ts';

type Wanted = Readonly<{
  from: string;
  to: string;
  by: UsageBy;
  kind?: IdentityKind;
  agent?: string;
  key?: string;
  model?: string;
}>;

const pageMost = 1_000;

/** `vox usage` */
export function usageCommands(vox: Command, { ask, say }: Operator): void {
  vox
    .command('usage <tenant>')
    .description('Shows what a tenant’s settled calls have used, by day, agent, key or model, and in all.')
    .requiredOption('--from <day>', 'the first day, of the tenant’s own calendar', day)
    .requiredOption('--to <day>', 'the last day, at most 92 days in all', day)
    .addOption(new Option('--by <what>', 'what each row is about').choices(UsageBy.options).default('day'))
    .addOption(new Option('--kind <kind>', 'calls of this kind alone').choices(identityKinds))
    .option('--agent <agent>', 'calls of this agent alone')
    .option('--key <key>', 'calls of this widget key alone')
    .option('--model <model>', 'calls with this model alone')
    .action(async (tenantId: string, { agent: agentId, key: widgetKey, ...wanted }: Wanted) => {
      const rows: UsageRow[] = [];
      let cursor: string | undefined;
      for (;;) {
        const asked = { tenantId, agentId, widgetKey, ...wanted, cursor, limit: pageMost };
        const page = await ask(ReadUsage, asked);
        rows.push(...page.rows);
        if (page.next === null) return say({ rows, totals: page.totals });
        cursor = page.next;
      }
    });
}
