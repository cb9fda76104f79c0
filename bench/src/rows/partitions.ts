import { setTimeout as pause } from 'node:timers/promises';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { type BusServer, busServer } from '../partitions/servers.ts';
import { openSide, type Side } from '../partitions/side.ts';
import { deliveriesOfFact, dropPartitions, makePartitions } from '../partitions/streams.ts';
import type { Row, Table } from '../table.ts';

const seconds = Number(process.env.BENCH_PARTITION_SECONDS ?? '2');
const rounds = Number(process.env.BENCH_PARTITION_ROUNDS ?? '3');
const partitionCounts = [1, 2, 4] as const;

/** By the second and, of the servers' processor time, by the publish and by the delivery with its acknowledgement. */
type Figures = Readonly<{
  publishes: number;
  publishMicros: number;
  deliveries: number;
  deliveryMicros: number;
  bothPublishes: number;
  bothDeliveries: number;
}>;
type Sides = Readonly<{ server: BusServer; publisher: Side; hearer: Side }>;

/** What was done in so many seconds, by the second, and processor time of the servers for it. */
async function during({ server, publisher, hearer }: Sides, forSeconds: number) {
  await pause(200);
  const counts = () => Promise.all([publisher.ask('count'), hearer.ask('count')]);
  const [before, cpuBefore, startedAt] = [await counts(), server.cpuMicros(), performance.now()];
  await pause(forSeconds * 1_000);
  const [after, cpuMicros] = [await counts(), server.cpuMicros() - cpuBefore];
  const took = (performance.now() - startedAt) / 1_000;
  const failed = after.reduce((sum, each) => sum + each.failed, 0);
  if (failed > 0) throw new RangeError(`${failed} messages failed or came again`);
  const [publishes, deliveries] = [0, 1].map((at) => ((after[at]?.done ?? 0) - (before[at]?.done ?? 0)) / took);
  return { publishes: publishes ?? 0, deliveries: deliveries ?? 0, cpuMicros: cpuMicros / took };
}

/** Publishing alone; then both at once; then hearing alone what has piled up, for as long as there is some. */
async function measured(sides: Sides, manager: JetStreamManager, partitions: number): Promise<Figures> {
  const { publisher, hearer } = sides;
  await makePartitions(manager, partitions);
  await publisher.ask({ what: 'publish', partitions });
  const alone = await during(sides, seconds);
  await hearer.ask({ what: 'hear', partitions });
  const both = await during(sides, seconds);
  await publisher.ask('rest');
  const hearing = await during(sides, seconds / 4);
  await hearer.ask('rest');
  await dropPartitions(manager, partitions);
  return {
    ...{ publishes: alone.publishes, publishMicros: alone.cpuMicros / alone.publishes },
    ...{ deliveries: hearing.deliveries, deliveryMicros: hearing.cpuMicros / hearing.deliveries },
    ...{ bothPublishes: both.publishes, bothDeliveries: both.deliveries },
  };
}

/** Whoever measures first meets another machine: each round begins with another. */
const inTurns = <T>(all: readonly T[], round: number): T[] => all.map((_, at) => all[(at + round) % all.length] as T);
const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? Number.NaN;

/** Medians over the rounds; and of what is compared with the whole stream of the same round, the least and the most. */
function rowOf(partitions: number, found: readonly Figures[], whole: readonly Figures[]): Row {
  const of = (column: keyof Figures): number => median(found.map((each) => each[column]));
  const ratios = (column: keyof Figures): number[] =>
    found.map((each, round) => each[column] / (whole[round]?.[column] ?? Number.NaN));
  const compared = (name: string, column: keyof Figures): Row => {
    const all = ratios(column);
    return { [name]: median(all), [`${name}Least`]: Math.min(...all), [`${name}Most`]: Math.max(...all) };
  };
  return {
    ...{ partitions, rounds, deliveriesOfFact },
    ...{ publishes: of('publishes'), publishMicros: of('publishMicros') },
    ...{ deliveries: of('deliveries'), deliveryMicros: of('deliveryMicros') },
    ...{ bothPublishes: of('bothPublishes'), bothDeliveries: of('bothDeliveries') },
    ...compared('publishesToWhole', 'publishes'),
    ...compared('deliveriesToWhole', 'deliveries'),
    ...compared('publishMicrosToWhole', 'publishMicros'),
    ...compared('deliveryMicrosToWhole', 'deliveryMicros'),
  };
}

export const partitions: Table = {
  name: 'partitions',
  title: 'The stream of calls, whole and in parts by tenant',
  measure: async (_servers, report) => {
    const server = await busServer();
    const connection = await connect({ servers: [server.url] });
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const [publisher, hearer] = [await openSide(server.url), await openSide(server.url)];
    try {
      const found = new Map<number, Figures[]>(partitionCounts.map((parts) => [parts, []]));
      const sides = { server, publisher, hearer };
      // What Node compiles once is no cost of the first measurement.
      await measured(sides, manager, 1);
      for (let round = 0; round < rounds; round += 1)
        for (const [parts, all] of inTurns([...found], round)) all.push(await measured(sides, manager, parts));
      for (const [parts, all] of found) report(rowOf(parts, all, found.get(1) ?? []));
    } finally {
      for (const side of [publisher, hearer]) side.stop();
      await connection.close();
      await server.stop();
    }
  },
};
