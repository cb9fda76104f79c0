import { type Command, InvalidArgumentError } from 'commander';
import type { Operator } from '../../reach/operator.ts';
import { examined } from './doctor.ts';
import { type PlaceOptions, placesOf } from './places.ts';

const amount =
  (most: number) =>
  (text: string): number => {
    const number = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
    if (number >= 0 && number <= most) return number;
    throw new InvalidArgumentError(`must be a number from 0 to ${most}.`);
  };

type ScaleOptions = PlaceOptions &
  Readonly<{
    callsPerSecond: number;
    openCalls: number;
    mongoWritesPerSecond?: number;
    dollarsPerCoreHour?: number;
    json: boolean;
  }>;

/** `vox scale-check` */
export function scaleCheckCommands(vox: Command, { say, print }: Operator): void {
  const command = vox
    .command('scale-check')
    .description(
      'Reckons how many copies and stores are enough, by what was measured of one, and compares the limits of an installation with that. Exits with 1 when a limit is too small.',
    )
    .requiredOption('--calls-per-second <number>', 'calls that begin in a second, at the peak', amount(100_000))
    .requiredOption('--open-calls <number>', 'calls that are open at once, at the peak', amount(10_000_000))
    .option(
      '--mongo-writes-per-second <number>',
      'what your MongoDB acknowledges, as you measured it',
      amount(10_000_000),
    )
    .option(
      '--dollars-per-core-hour <number>',
      'what a core with its memory costs; shows the sum of a month',
      amount(1_000),
    )
    .option('--json', 'print JSON', false);
  placesOf(command).action(async (options: ScaleOptions) => {
    const { callsPerSecond, openCalls, mongoWritesPerSecond, dollarsPerCoreHour, json, ...places } = options;
    const { limitsOf, scaleFor, scaleText } = await import('@vox/ops/scaling');
    const scale = scaleFor({ callsPerSecond, openCalls }, { mongoWritesPerSecond, dollarsPerCoreHour });
    const { facts } = await examined(places);
    const limits = limitsOf(facts, scale);
    if (json) say({ ...scale, limits });
    else await print(scaleText(scale, limits));
    if (limits.some(({ enough }) => !enough)) process.exitCode = 1;
  });
}
