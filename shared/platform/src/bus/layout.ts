import type { ConsumerConfig, StreamConfig } from '@nats-io/jetstream';
import {
  bucketFilterOf,
  bucketStreamOf,
  type Consumer,
  changeFilterOf,
  consumers,
  DeadLetterStream,
  type DocumentKind,
  documentKinds,
  openStreams,
  republishedPrefix,
  rights,
  type Stream,
  streams,
  subjectFilterOf,
} from '@vox/contracts';

/** Every field that a server knows, said outright: one that is left out could be anything. `undefined` and what is empty mean the same. */
export type StreamFields = Readonly<Record<keyof StreamConfig, unknown>> & Readonly<{ name: string }>;
export type ConsumerFields = Readonly<Record<keyof ConsumerConfig, unknown>> & Readonly<{ durable_name: string }>;

/** What a server must have, no more and no less. */
export type Layout = Readonly<{
  streams: readonly StreamFields[];
  consumers: readonly Readonly<{ stream: string; replayMaxMs: number | undefined; fields: ConsumerFields }>[];
}>;

/** What depends on the servers at hand and not on the contracts. */
export type Sizes = Readonly<{ replicas: number; maxBytes?: number | undefined }>;

const nanosPerMs = 1_000_000;
const dedupeWindowMs = 120_000;
const unlimited = -1;

/**
 * A stream that takes from nobody and gives to nobody but who consumes it: no other stream fills it, nothing is said again elsewhere, no header
 * schedules, ages, counts or replaces a message, and nobody empties it.
 */
const plain = {
  description: undefined,
  retention: 'limits',
  storage: 'file',
  compression: 'none',
  // A full stream refuses: a fact that is lost in silence is worse than a refusal.
  discard: 'new',
  discard_new_per_subject: undefined,
  duplicate_window: dedupeWindowMs * nanosPerMs,
  max_consumers: unlimited,
  max_msgs: unlimited,
  max_msgs_per_subject: unlimited,
  max_msg_size: unlimited,
  max_age: undefined,
  max_bytes: unlimited,
  first_seq: undefined,
  no_ack: undefined,
  sealed: undefined,
  placement: undefined,
  template_owner: undefined,
  deny_delete: true,
  deny_purge: true,
  allow_direct: undefined,
  mirror_direct: undefined,
  allow_rollup_hdrs: undefined,
  allow_msg_ttl: undefined,
  allow_msg_counter: undefined,
  allow_msg_schedules: undefined,
  allow_atomic: undefined,
  allow_batched: undefined,
  persist_mode: undefined,
  subject_delete_marker_ttl: undefined,
  republish: undefined,
  sources: undefined,
  mirror: undefined,
  subject_transform: undefined,
  consumer_limits: undefined,
  metadata: undefined,
} as const;

type Kept = Readonly<{ name: string; maxAgeSeconds: number; maxBytes: number }>;

const forgotten = new Set(Object.values(rights).flatMap(({ erases = [] }) => erases));
const isForgotten = ({ kinds }: Stream): boolean => kinds.some((kind) => forgotten.has(kind));

const bounds = ({ name, maxAgeSeconds, maxBytes }: Kept, sizes: Sizes) => ({
  name,
  num_replicas: sizes.replicas,
  max_age: maxAgeSeconds * 1_000 * nanosPerMs,
  max_bytes: sizes.maxBytes ?? maxBytes,
});

/** Read directly, page by page, and said again under names of their own: a service’s fact comes from another account, where nobody can listen. */
const shown = { allow_direct: true, republish: { src: '>', dest: `${republishedPrefix}>` } };

const streamOf = (stream: Stream, sizes: Sizes): StreamFields => ({
  ...plain,
  ...bounds(stream, sizes),
  subjects: stream.kinds.map(subjectFilterOf),
  // One message may be taken out where retention and erasure demand it, and nowhere else.
  deny_delete: isForgotten(stream) ? undefined : true,
  // For whoever reconciles, and watches.
  ...(openStreams.includes(stream) && shown),
});

const deadLetters = (sizes: Sizes): StreamFields => ({
  ...plain,
  ...bounds(DeadLetterStream, sizes),
  subjects: [DeadLetterStream.subjectFilter],
  deny_delete: undefined,
  ...shown,
});

/** A bucket: the newest document of each key, read directly, each change said under a name of its own once it is stored. */
const bucketOfKind = (kind: DocumentKind, { replicas }: Sizes): StreamFields => ({
  ...plain,
  name: bucketStreamOf(kind),
  num_replicas: replicas,
  subjects: [bucketFilterOf(kind)],
  max_msgs_per_subject: 1,
  allow_direct: true,
  republish: { src: bucketFilterOf(kind), dest: changeFilterOf(kind) },
});

/** A consumer that is pulled, durable, and counts by itself: the worker writes the dead letter before it gives a message up. */
const consumerOf = ({ name, ackWaitMs, kinds, replayMaxMs }: Consumer): ConsumerFields => ({
  name,
  durable_name: name,
  description: undefined,
  ack_policy: 'explicit',
  ack_wait: ackWaitMs * nanosPerMs,
  max_deliver: unlimited,
  max_ack_pending: 10_000,
  filter_subjects: kinds.map(subjectFilterOf),
  filter_subject: undefined,
  deliver_policy: replayMaxMs === undefined ? 'all' : 'by_start_time',
  // When it was made, less how far back it hears: known only when it is made.
  opt_start_time: undefined,
  opt_start_seq: undefined,
  replay_policy: 'instant',
  backoff: undefined,
  deliver_subject: undefined,
  deliver_group: undefined,
  flow_control: undefined,
  idle_heartbeat: undefined,
  headers_only: undefined,
  inactive_threshold: undefined,
  max_batch: undefined,
  max_bytes: undefined,
  max_expires: undefined,
  max_waiting: 512,
  mem_storage: undefined,
  num_replicas: undefined,
  pause_until: undefined,
  priority_groups: undefined,
  priority_policy: undefined,
  priority_timeout: undefined,
  rate_limit_bps: undefined,
  sample_freq: undefined,
  metadata: undefined,
});

/** The layout of one consumer that no contract names; for the promise suite of the bus. */
export const layoutOf = (consumer: Consumer): Layout['consumers'][number] => ({
  stream: consumer.stream,
  replayMaxMs: consumer.replayMaxMs,
  fields: consumerOf(consumer),
});

/** Everything that the contracts ask for. */
export const layout = (sizes: Sizes): Layout => ({
  streams: [
    ...streams.map((stream) => streamOf(stream, sizes)),
    deadLetters(sizes),
    ...documentKinds.map((kind) => bucketOfKind(kind, sizes)),
  ],
  consumers: Object.values(consumers).map(layoutOf),
});

/** The part of a layout that one service cannot do without. */
export function neededBy(service: string, whole: Layout): Layout {
  const own = rights[service];
  if (own === undefined) return { streams: [], consumers: [] };
  const { publishes, reads = [], erases = [], writes, follows } = own;
  const kinds = [...publishes, ...reads, ...erases];
  const mine = Object.values<Consumer>(consumers).filter((each) => each.service === service);
  const names = new Set([
    ...streams.filter((stream: Stream) => stream.kinds.some((kind) => kinds.includes(kind))).map(({ name }) => name),
    ...mine.map(({ stream }) => stream),
    ...(mine.length > 0 ? [DeadLetterStream.name] : []),
    ...[...writes, ...follows].map(bucketStreamOf),
  ]);
  return {
    streams: whole.streams.filter(({ name }) => names.has(name)),
    consumers: whole.consumers.filter(({ fields }) => mine.some(({ name }) => name === fields.durable_name)),
  };
}
