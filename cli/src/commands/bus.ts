import type { Bootstrap } from '@vox/platform/bus';
import type { Command } from 'commander';
import type { Operator } from '../reach/operator.ts';
import { linesOf } from '../text/bus-text.ts';

/** Connects as the identity that may configure the bus. `undefined` where the bus is in memory. */
export type ReachBootstrap = () => Promise<Bootstrap | undefined>;

const inMemory = 'all-in-one keeps its bus in memory: there is nothing to apply\n';

export function busCommands(vox: Command, operator: Operator, reach: ReachBootstrap): void {
  const bus = vox
    .command('bus')
    .description(
      'Makes streams, buckets and consumers as the contracts say. Needs the NATS_NKEY_SEED of the bootstrap identity.',
    );
  bus
    .command('diff')
    .description(
      'Shows where the bus differs from the contracts and what a correction would lose. A difference exits with 1.',
    )
    .option('--json', 'print JSON')
    .action((options: Readonly<{ json?: true }>) => diff(operator, reach, options));
  bus
    .command('apply')
    .description('Shows the differences and corrects them. A second run has nothing to do.')
    .option('--lose <name...>', 'allow this loss; `diff` gives its name')
    .action((options: Readonly<{ lose?: string[] }>) => apply(operator, reach, options));
}

async function diff(
  { say, print }: Operator,
  reach: ReachBootstrap,
  { json }: Readonly<{ json?: true }>,
): Promise<void> {
  const bootstrap = await reach();
  if (bootstrap === undefined) return print(inMemory);
  const differences = await bootstrap.differences();
  if (json) say(differences);
  else await print(linesOf(differences));
  if (differences.length > 0) process.exitCode = 1;
}

type Applying = Readonly<{ lose?: readonly string[] }>;

async function apply({ print }: Operator, reach: ReachBootstrap, { lose = [] }: Applying): Promise<void> {
  const bootstrap = await reach();
  if (bootstrap === undefined) return print(inMemory);
  await print(linesOf(await bootstrap.differences()));
  const done = await bootstrap.apply(lose);
  await print(done.length === 0 ? 'nothing to do\n' : `corrected: ${done.length}\n`);
}
