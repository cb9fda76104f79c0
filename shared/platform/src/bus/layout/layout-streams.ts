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
 * Every field of a stream that a server knows, set explicitly: one that is left out could be anything. `undefined` and
 * an empty value mean the same.
 */
export type StreamFields = Readonly<Record<keyof StreamConfig, unknown>> & Readonly<{ name: string }>;

/** Sizes that depend on the servers and not on the contracts. */
export type Sizes = Readonly<{ replicas: number; maxBytes?: number | undefined }>;

const dedupeWindowMs = 120_000;

/**
 * The fields that all streams share. No other stream fills such a stream or is filled by it, no header schedules, ages,
 * counts or replaces a message, and nobody empties it.
 */
const plain = {
  description: undefined,
  retention: 'limits',
  storage: 'file',
  compression: 'none',
  // A full stream refuses: a fact lost in silence is worse than a refusal.
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

type StreamBounds = Readonly<{ name: string; maxAgeSeconds: number; maxBytes: number }>;

const forgotten = new Set(Object.values(rights).flatMap(({ erases = [] }) => erases));
const isForgotten = ({ kinds }: Stream): boolean => kinds.some((kind) => forgotten.has(kind));

const bounds = ({ name, maxAgeSeconds, maxBytes }: StreamBounds, sizes: Sizes) => ({
  name,
  num_replicas: sizes.replicas,
  max_age: maxAgeSeconds * 1_000 * nanosPerMs,
  max_bytes: sizes.maxBytes ?? maxBytes,
});

/**
 * Such a stream can be read directly, page by page, and the server republishes it under other names: a service's facts
 * come from another account, where nobody can listen.
 */
const shown = { allow_direct: true, republish: { src: '>', dest: `${republishedPrefix}>` } };

/** Of what was said in calls, an operator sees that something was said and not what: the headers alone are told. */
const hinted = { republish: { src: '>', dest: `${republishedPrefix}>`, headers_only: true } };

export const streamOf = (stream: Stream, sizes: Sizes): StreamFields => ({
  ...plain,
  ...bounds(stream, sizes),
  subjects: stream.kinds.map(subjectFilterOf),
  // Single messages may be deleted where retention and erasure demand it, and nowhere else.
  deny_delete: isForgotten(stream) ? undefined : true,
  // For reconciliation, and for whoever watches.
  ...(openStreams.includes(stream) ? shown : hinted),
});

export const deadLetterStreamOf = (sizes: Sizes): StreamFields => ({
  ...plain,
  ...bounds(DeadLetterStream, sizes),
  subjects: [DeadLetterStream.subjectFilter],
  deny_delete: undefined,
  ...shown,
});

/**
 * A bucket holds the newest document of each key. It is read directly, and the server republishes each change once it
 * is stored.
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
