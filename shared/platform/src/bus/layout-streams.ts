import type { StreamConfig } from '@nats-io/jetstream';
import {
  bucketFilterOf,
  bucketStreamOf,
  changeFilterOf,
  DeadLetterStream,
  type DocumentKind,
  openStreams,
  republishedPrefix,
  rights,
  type Stream,
  subjectFilterOf,
} from '@vox/contracts';
import { nanosPerMs, unlimited } from './layout-units.ts';

/**
 * Every field that a server knows, said outright: one that is left out could be anything. `undefined` and what is empty
 * mean the same.
 */
export type StreamFields = Readonly<Record<keyof StreamConfig, unknown>> & Readonly<{ name: string }>;

/** What depends on the servers at hand and not on the contracts. */
export type Sizes = Readonly<{ replicas: number; maxBytes?: number | undefined }>;

const dedupeWindowMs = 120_000;

/**
 * A stream that takes from nobody and gives to nobody but who consumes it: no other stream fills it, nothing is said
 * again elsewhere, no header schedules, ages, counts or replaces a message, and nobody empties it.
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

/**
 * Read directly, page by page, and said again under names of their own: a service’s fact comes from another account,
 * where nobody can listen.
 */
const shown = { allow_direct: true, republish: { src: '>', dest: `${republishedPrefix}>` } };

export const streamOf = (stream: Stream, sizes: Sizes): StreamFields => ({
  ...plain,
  ...bounds(stream, sizes),
  subjects: stream.kinds.map(subjectFilterOf),
  // One message may be taken out where retention and erasure demand it, and nowhere else.
  deny_delete: isForgotten(stream) ? undefined : true,
  // For whoever reconciles, and watches.
  ...(openStreams.includes(stream) && shown),
});

export const deadLetterStreamOf = (sizes: Sizes): StreamFields => ({
  ...plain,
  ...bounds(DeadLetterStream, sizes),
  subjects: [DeadLetterStream.subjectFilter],
  deny_delete: undefined,
  ...shown,
});

/**
 * A bucket: the newest document of each key, read directly, each change said under a name of its own once it is stored.
 */
export const bucketOfKind = (kind: DocumentKind, { replicas }: Sizes): StreamFields => ({
  ...plain,
  name: bucketStreamOf(kind),
  num_replicas: replicas,
  subjects: [bucketFilterOf(kind)],
  max_msgs_per_subject: 1,
  allow_direct: true,
  republish: { src: bucketFilterOf(kind), dest: changeFilterOf(kind) },
});
