import type { Bootstrap } from '@vox/platform/bus';
import type { Command } from 'commander';
import type { Operator } from '../reach/operator.ts';
import { linesOf } from '../text/bus-text.ts';

/** Reaches whoever may configure the bus; `undefined` where it is kept in memory. */
export type Reach = () => Promise<Bootstrap | undefined>;

const inMemory = 'all-in-one keeps its bus in memory: there is nothing to apply\n';

export function busCommands(vox: Command, operator: Operator, reach: Reach): void {
  const bus = vox
    .command('bus')
    .description(
      'streams, buckets and consumers, made from the contracts by the bootstrap identity (its NATS_NKEY_SEED)',
    );
  bus
    .command('diff')
    .description(
      'shows what is not as the contracts say, and what putting it right would lose; exits with 1 if there is any',
    )
    .option('--json', 'as JSON')
    .action((options: Readonly<{ json?: true }>) => diff(operator, reach, options));
  bus
    .command('apply')
    .description('shows the same, then puts it right; a second time there is nothing to do')
    .option('--lose <name...>', 'allows a loss, by the name that `diff` gives it')
    .action((options: Readonly<{ lose?: string[] }>) => apply(operator, reach, options));
}

async function diff({ say, print }: Operator, reach: Reach, { json }: Readonly<{ json?: true }>): Promise<void> {
  const bootstrap = await reach();
  if (bootstrap === undefined) return print(inMemory);
  const found = await bootstrap.differences();
  if (json) say(found);
  else await print(linesOf(found));
  if (found.length > 0) process.exitCode = 1;
}

type Applying = Readonly<{ lose?: readonly string[] }>;

async function apply({ print }: Operator, reach: Reach, { lose = [] }: Applying): Promise<void> {
  const bootstrap = await reach();
  if (bootstrap === undefined) return print(inMemory);
  await print(linesOf(await bootstrap.differences()));
  const done = await bootstrap.apply(lose);
  await print(done.length === 0 ? 'nothing to do\n' : `put right: ${done.length}\n`);
}
