import type { ConsumerConfig } from '@nats-io/jetstream';
import { type Consumer, subjectFilterOf } from '@vox/contracts';
import { nanosPerMs, unlimited } from './layout-units.ts';

/** Every field of a consumer that a server knows, set explicitly: one that is left out could be anything. */
export type ConsumerFields = Readonly<Record<keyof ConsumerConfig, unknown>> & Readonly<{ durable_name: string }>;

/**
 * A durable pull consumer without a bound on deliveries: the worker counts them, and writes the dead letter before it
 * gives a message up.
 */
export const consumerOf = ({ name, ackWaitMs, kinds, replayMaxMs }: Consumer): ConsumerFields => ({
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
  // Known only when the consumer is made: that moment, less how far back it may hear.
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
