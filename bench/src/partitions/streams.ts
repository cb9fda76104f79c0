import type { ConsumerConfig, JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import {
  CallStream,
  type Consumer,
  consumers,
  QuotaReserved,
  QuotaSettled,
  SessionAdmitted,
  SessionEnded,
  SessionGranted,
  SessionRequested,
  UsageMetered,
} from '@vox/contracts';
import { layout, layoutOf } from '@vox/platform/bus';

/** The facts of a call with ten answers of the provider, in their order. */
export const factsOfCall = [
  ...[SessionRequested, QuotaReserved, SessionAdmitted, SessionGranted],
  ...Array.from({ length: 10 }, () => UsageMetered),
  ...[SessionEnded, QuotaSettled],
].map(({ name }) => name as string);

/** A fact as long as those of a call are, without what a stream keeps beside it. */
export const body = JSON.stringify({ specversion: '1.0', says: 'x'.repeat(600) });

const nameOf = (partition: number): string => `BENCH_${partition}`;
const filtersIn = (partition: number, names: readonly string[]): string[] =>
  names.map((name) => `${name}.${partition}.>`);

export const heard: readonly Consumer[] = Object.values<Consumer>(consumers).filter(
  ({ stream }) => stream === CallStream.name,
);

/** Deliveries that a fact of a call leads to, on average: several consumers hear the same one. */
export const deliveriesOfFact =
  factsOfCall.reduce(
    (sum, fact) => sum + heard.filter(({ kinds }) => kinds.some(({ name }) => name === fact)).length,
    0,
  ) / factsOfCall.length;

/** The stream of calls with all its consumers as the contracts ask for them, parted into so many. */
export async function makePartitions(manager: JetStreamManager, partitions: number): Promise<void> {
  const whole = layout({ replicas: 1 }).streams.find(({ name }) => name === CallStream.name);
  for (let partition = 0; partition < partitions; partition += 1) {
    const name = nameOf(partition);
    const names = CallStream.kinds.map((kind) => kind.name as string);
    await manager.streams.add({ ...whole, name, subjects: filtersIn(partition, names) } as StreamConfig);
    for (const consumer of heard)
      await manager.consumers.add(name, {
        ...layoutOf(consumer).fields,
        deliver_policy: 'all',
        filter_subjects: filtersIn(
          partition,
          consumer.kinds.map((kind) => kind.name),
        ),
      } as Partial<ConsumerConfig>);
  }
}

export async function dropPartitions(manager: JetStreamManager, partitions: number): Promise<void> {
  for (let partition = 0; partition < partitions; partition += 1) await manager.streams.delete(nameOf(partition));
}

/** Consumers of every partition, with the stream that each stands on. */
export const pullsOf = (partitions: number): readonly Readonly<{ stream: string; consumer: Consumer }>[] =>
  Array.from({ length: partitions }, (_, partition) => nameOf(partition)).flatMap((stream) =>
    heard.map((consumer) => ({ stream, consumer })),
  );
