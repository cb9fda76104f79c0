import {
  bucketStreamOf,
  type Consumer,
  consumers,
  DeadLetterStream,
  documentKinds,
  rights,
  streams,
} from '@vox/contracts';
import { streamsHolding } from '../filters.ts';
import { type ConsumerFields, consumerOf } from './layout-consumers.ts';
import { bucketOfKind, deadLetterStreamOf, type Sizes, type StreamFields, streamOf } from './layout-streams.ts';

/** What a server must have, no more and no less. */
export type Layout = Readonly<{
  streams: readonly StreamFields[];
  consumers: readonly Readonly<{ stream: string; replayMaxMs: number | undefined; fields: ConsumerFields }>[];
}>;

/** The layout of one consumer that is in no contract, for the promises of the bus. */
export const layoutOf = (consumer: Consumer): Layout['consumers'][number] => ({
  stream: consumer.stream,
  replayMaxMs: consumer.replayMaxMs,
  fields: consumerOf(consumer),
});

/** Everything that the contracts ask for. */
export const layout = (sizes: Sizes): Layout => ({
  streams: [
    ...streams.map((stream) => streamOf(stream, sizes)),
    deadLetterStreamOf(sizes),
    ...documentKinds.map((kind) => bucketOfKind(kind, sizes)),
  ],
  consumers: Object.values(consumers).map(layoutOf),
});

/** The part of a layout that one service requires. */
export function layoutRequiredBy(service: string, whole: Layout): Layout {
  const own = rights[service];
  if (own === undefined) return { streams: [], consumers: [] };
  const { publishes, reads = [], erases = [], writes, follows } = own;
  const kinds = [...publishes, ...reads, ...erases];
  const mine = Object.values<Consumer>(consumers).filter((each) => each.service === service);
  const names = new Set([
    ...streamsHolding(kinds).map(({ name }) => name),
    ...mine.map(({ stream }) => stream),
    ...(mine.length > 0 ? [DeadLetterStream.name] : []),
    ...[...writes, ...follows].map(bucketStreamOf),
  ]);
  return {
    streams: whole.streams.filter(({ name }) => names.has(name)),
    consumers: whole.consumers.filter(({ fields }) => mine.some(({ name }) => name === fields.durable_name)),
  };
}
