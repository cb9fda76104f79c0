import { serviceNames } from '@vox/contracts';
import type { ConsumerState, StreamState } from '@vox/platform/bus';
import { type Command, Option } from 'commander';
import { type Operator, viewOf } from '../../reach/operator.ts';
import { ageOf, sizeOf } from '../../text/ages.ts';

/** `vox lag` and `vox streams` */
export function busStateCommands(vox: Command, operator: Operator): void {
  vox
    .command('lag')
    .description('Shows how far behind each consumer is, the one with most to do first.')
    .addOption(new Option('--service <service>', 'consumers of this service alone').choices(serviceNames))
    .action(async ({ service }: Readonly<{ service?: string }>) => {
      const all = await (await viewOf(operator)).consumers();
      const wanted = all.filter((each) => service === undefined || each.service === service);
      const rows = wanted.toSorted((a, b) => toDo(b) - toDo(a) || a.consumer.localeCompare(b.consumer));
      operator.say(rows, () => rows.map((row) => lagRow(row, Date.now())));
    });
  vox
    .command('streams')
    .description('Shows how full each stream is: messages, bytes and their limit, ages, consumers, copies.')
    .action(async () => {
      const all = await (await viewOf(operator)).streams();
      operator.say(all, () => all.map((each) => streamRow(each, Date.now())));
    });
}

const toDo = ({ waiting, inWork }: ConsumerState): number => waiting + inWork;

const lagRow = ({ oldestAt, ...rest }: ConsumerState, nowMs: number) => ({
  ...rest,
  oldest: oldestAt === null ? null : ageOf(oldestAt, nowMs),
});

const streamRow = (
  { stream, messages, bytes, bytesMax, oldestAt, newestAt, ageMaxSeconds, ...rest }: StreamState,
  nowMs: number,
) => ({
  ...{ stream, messages, bytes: sizeOf(bytes), limit: bytesMax === null ? null : sizeOf(bytesMax) },
  full: bytesMax === null ? null : `${Math.round((100 * bytes) / bytesMax)} %`,
  oldest: oldestAt === null ? null : ageOf(oldestAt, nowMs),
  newest: newestAt === null ? null : ageOf(newestAt, nowMs),
  keeps: `${Math.round(ageMaxSeconds / 86_400)} d`,
  ...rest,
});
