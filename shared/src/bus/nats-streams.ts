import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { z } from 'zod';
import { CallStream, type Consumer, DeadLetterStream, streams, subjectFilterOf } from '../contracts/mod.ts';
import type { Clock } from '../time/mod.ts';

export type StreamLimits = Readonly<{ replicas: number; maxBytes?: number | undefined }>;

const nanosPerMs = 1_000_000;
const dedupeWindowMs = 120_000;

/** Makes every stream, or brings it to what is declared. A full stream refuses: a fact that is lost in silence is worse than a refusal. */
export async function ensureStreams(manager: JetStreamManager, { replicas, maxBytes }: StreamLimits): Promise<void> {
  for (const stream of streams) {
    const subjects = stream.kinds.map((kind) => subjectFilterOf(kind));
    await ensure(manager, { name: stream.name, subjects, ...bounds(stream, replicas, maxBytes) });
  }
  await ensure(manager, {
    name: DeadLetterStream.name,
    subjects: [DeadLetterStream.subjectFilter],
    ...bounds(DeadLetterStream, replicas, maxBytes),
  });
}

const bounds = (
  stream: { maxAgeSeconds: number; maxBytes: number },
  replicas: number,
  maxBytes: number | undefined,
) => ({
  num_replicas: replicas,
  max_age: stream.maxAgeSeconds * 1_000 * nanosPerMs,
  max_bytes: maxBytes ?? stream.maxBytes,
  discard: DiscardPolicy.New,
  duplicate_window: dedupeWindowMs * nanosPerMs,
});

async function ensure(manager: JetStreamManager, wanted: Partial<StreamConfig> & { name: string }): Promise<void> {
  try {
    await manager.streams.add(wanted);
  } catch {
    // It is there with other settings; if that is not why, the update says what is wrong.
    await manager.streams.update(wanted.name, wanted);
  }
}

/** Makes a durable consumer, or finds it. Deliveries are counted by the worker, which writes the dead letter before it gives a message up. */
export async function ensureConsumer(manager: JetStreamManager, consumer: Consumer, clock: Clock): Promise<void> {
  const there = await manager.consumers.info(consumer.stream, consumer.name).catch(() => undefined);
  await manager.consumers.add(consumer.stream, {
    durable_name: consumer.name,
    ack_policy: AckPolicy.Explicit,
    ack_wait: consumer.ackWaitMs * nanosPerMs,
    max_deliver: -1,
    max_ack_pending: 10_000,
    filter_subjects: consumer.kinds.map((kind) => subjectFilterOf(kind)),
    ...(there === undefined ? beginning(consumer, clock.now()) : beginningOf(there.config)),
  });
}

type Beginning = Pick<Partial<ConsumerConfig>, 'deliver_policy' | 'opt_start_time'>;

const beginning = ({ hearsBackMs }: Consumer, now: Date): Beginning =>
  hearsBackMs === undefined
    ? { deliver_policy: DeliverPolicy.All }
    : {
        deliver_policy: DeliverPolicy.StartTime,
        opt_start_time: new Date(now.getTime() - hearsBackMs).toISOString(),
      };

/** Where a consumer began cannot be changed: what is there stays so. */
const beginningOf = ({ deliver_policy, opt_start_time }: ConsumerConfig): Beginning => ({
  deliver_policy,
  ...(opt_start_time !== undefined && { opt_start_time }),
});

const Told = z.object({ ts: z.coerce.date() });

/** The time by the clock of whoever leads the stream of calls: one clock for all who ask. */
export async function serverTime(manager: JetStreamManager): Promise<Date> {
  return Told.parse(await manager.streams.info(CallStream.name)).ts;
}
