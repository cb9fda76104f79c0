import { type FactKind, factKinds, SessionId, TenantIdOrPlatform } from '@vox/contracts';
import type { Told, Wanted } from '@vox/platform/bus';
import { invalidField } from '@vox/platform/fault';
import { type Command, Option } from 'commander';
import { shortName } from '../../facts/causes.ts';
import { causeFinder } from '../../facts/find-causes.ts';
import { follow } from '../../facts/follow.ts';
import { causeLine, lineOf, rowOf } from '../../facts/told-text.ts';
import { moment, wholeNumber } from '../../options/arguments.ts';
import { ofSchema } from '../../options/of-schema.ts';
import { type Operator, paintOf, viewOf } from '../../reach/operator.ts';

type Given = Readonly<{
  tenant?: string;
  session?: string;
  kind?: string[];
  from?: string;
  followCauses?: true;
  json?: true;
}>;

const hourMs = 3_600_000;
const names = factKinds.map(({ name }) => shortName(name)).sort();

const withFilter = (command: Command): Command =>
  command
    .option('--tenant <tenant>', 'facts of this tenant alone', ofSchema(TenantIdOrPlatform))
    .option('--session <id>', 'facts of this call alone', ofSchema(SessionId))
    .addOption(new Option('--kind <kind...>', 'facts of these kinds alone').choices(names))
    .option('--follow-causes', 'show under each fact what led to it')
    .option('--json', 'print JSON, a fact on each line');

const wantedOf = ({ tenant, session, kind }: Given): Wanted => ({
  tenantId: tenant,
  sessionId: session,
  kinds: kind?.flatMap((name): FactKind[] => factKinds.filter((each) => shortName(each.name) === name)),
});

/** `vox facts …`. `until` ends what is live. */
export function factCommands(vox: Command, operator: Operator, until: () => AbortSignal): void {
  const facts = vox
    .command('facts')
    .description(
      'Shows facts of all tenants, stored ones or as they come. Of what was said in calls it shows headers.',
    );
  withFilter(facts.command('tail'))
    .description('Shows each fact once it is stored, until Ctrl-C.')
    .option('--from <moment>', 'begin with those stored since then, such as 2026-05-01T12:00:00Z', moment)
    .action(async (given: Given) => {
      const view = await viewOf(operator);
      const show = await shower(operator, given);
      const from = given.from === undefined ? undefined : new Date(given.from);
      for await (const told of follow(view, wantedOf(given), from, until())) await show(told);
    });
  withFilter(facts.command('show'))
    .description('Shows stored facts in their order; without --from, those of the last hour.')
    .option('--from <moment>', 'stored since then, such as 2026-05-01 or 2026-05-01T12:00:00Z', moment)
    .option('--to <moment>', 'stored before then', moment)
    .option('--limit <count>', 'how many facts', wholeNumber, 1_000)
    .action((given: Given & Readonly<{ to?: string; limit: number }>) => showStored(operator, given));
}

async function showStored(operator: Operator, given: Given & Readonly<{ to?: string; limit: number }>): Promise<void> {
  const to = given.to === undefined ? new Date() : new Date(Date.parse(given.to) - 1);
  const from = new Date(given.from ?? to.getTime() - hourMs);
  if (from > to) throw invalidField('from', 'must be before --to');
  if (given.limit === 0) throw invalidField('--limit', 'must be at least 1');
  const view = await viewOf(operator);
  const show = await shower(operator, given);
  let shown = 0;
  for await (const told of view.told(wantedOf(given), { from, to })) {
    if (shown === given.limit) {
      operator.note(`there are more: --from ${told.at}`);
      return;
    }
    await show(told);
    shown += 1;
  }
  if (shown === 0) operator.note(`no such fact was stored from ${from.toISOString()} to ${to.toISOString()}`);
}

/** Shows one fact, with its causes where they are wanted. */
async function shower(operator: Operator, { json, followCauses }: Given): Promise<(told: Told) => Promise<void>> {
  const { print } = operator;
  const paint = paintOf(operator);
  const causesOf = followCauses === true ? causeFinder(await viewOf(operator)) : undefined;
  return async (told) => {
    const causes = await causesOf?.(told);
    if (json === true) {
      const named = causes?.map(({ name, at, id, tenantId, sessionId }) => ({ name, at, id, tenantId, sessionId }));
      return print(`${JSON.stringify({ ...rowOf(told), ...(named && { causes: named }) })}\n`);
    }
    const lines = [lineOf(told, paint), ...(causes ?? []).map((cause) => causeLine(cause, paint))];
    await print(lines.map((line) => `${line}\n`).join(''));
  };
}
