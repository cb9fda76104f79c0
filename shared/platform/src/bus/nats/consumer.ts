import { setTimeout as pause } from 'node:timers/promises';
import type { ConsumerMessages, JetStreamClient, JetStreamManager, JsMsg } from '@nats-io/jetstream';
import { type Consumer, deadLetterSubjectName } from '@vox/contracts';
import type { Clock } from '../../time/mod.ts';
import { ackWaitsMax, backOffMs } from '../back-off.ts';
import type { Consumption } from '../bus.ts';
import { deadLetterOf } from '../dead-letter.ts';
import { type Handle, judge } from '../judge.ts';
import { layoutOf } from '../layout/layout.ts';
import { nanosPerMs } from '../layout/layout-units.ts';
import { countDeadLetter, type WatchedConsumer, watchConsumer } from '../metrics.ts';
import { type Unfinished, unfinishedMessages } from '../unfinished.ts';
import { missingFrom } from './required-layout.ts';

export type NatsConsumerOptions = Readonly<{
  client: JetStreamClient;
  manager: JetStreamManager;
  /** Resolves at the end of this turn, so that acknowledgements leave together. */
  atTurnEnd: () => Promise<void>;
  clock: Clock;
  retryMs: number;
  onThrow: (error: unknown) => void;
}>;

export const replyToHeader = 'Vox-Reply-To';
const pauseMs = 250;
const longestPauseMs = 1_000;
const heartbeatMs = 1_000;

/** A consumer that is missing or not as the contracts declare it. A service makes none itself: it waits. */
export class ConsumerNotReady extends Error {}

/**
 * Works on a durable consumer until stopped. A pull ends when the consumer or its stream is gone, or when the server
 * falls silent; it is opened again as soon as the consumer is there. A handler is never told to hurry: its copy reports
 * progress, and the server hands the message to another copy when the reports stop.
 */
export async function natsConsumption(
  options: NatsConsumerOptions,
  consumer: Consumer,
  handle: Handle,
): Promise<Consumption & Pick<WatchedConsumer, 'progress'>> {
  const working = new Set<Promise<void>>();
  const unfinished = unfinishedMessages();
  let stopped = false;
  let messages: ConsumerMessages | undefined;

  async function open(): Promise<ConsumerMessages> {
    const [missing] = await missingFrom(options.manager, { streams: [], consumers: [layoutOf(consumer)] });
    if (missing !== undefined) throw new ConsumerNotReady(`${missing}: \`vox bus apply\` puts it right`);
    const pull = await options.client.consumers.get(consumer.stream, consumer.name);
    const opened = await pull.consume({
      max_messages: consumer.concurrency,
      idle_heartbeat: heartbeatMs,
      expires: 5 * heartbeatMs,
      abort_on_missing_resource: true,
    });
    void watch(opened);
    return opened;
  }

  async function watch(opened: ConsumerMessages): Promise<void> {
    for await (const { type } of opened.status()) {
      if (['heartbeats_missed', 'consumer_deleted', 'consumer_not_found', 'stream_not_found'].includes(type))
        opened.stop();
    }
  }

  async function work(): Promise<void> {
    for (let waitMs = pauseMs; ; ) {
      try {
        if (messages !== undefined) waitMs = pauseMs;
        for await (const message of messages ?? []) {
          unfinished.given(message.seq, message.info.timestampNanos / nanosPerMs);
          const job = settle({ ...options, unfinished }, consumer, handle, message)
            .catch(options.onThrow)
            .finally(() => working.delete(job));
          working.add(job);
          if (working.size >= consumer.concurrency) await Promise.race(working);
        }
      } catch (error) {
        options.onThrow(error);
      }
      if (stopped) return;
      await pause(waitMs);
      waitMs = Math.min(2 * waitMs, longestPauseMs);
      if (stopped) return;
      messages = await open().catch((error: unknown) => {
        // A missing thing is reported once here; the health check of the service reports it again.
        if (!(error instanceof ConsumerNotReady) || messages !== undefined) options.onThrow(error);
        return undefined;
      });
    }
  }

  messages = await open();
  const running = work();
  const watched = watchConsumer({
    ...{ consumer, messages: unfinished, clock: options.clock },
    async progress() {
      const info = await options.manager.consumers.info(consumer.stream, consumer.name);
      const { num_pending: waiting, num_ack_pending: inWork, num_redelivered: redelivered, ack_floor } = info;
      return { waiting, inWork, redelivered, unfinished: waiting + inWork, floor: ack_floor.stream_seq };
    },
  });
  return {
    progress: watched.progress,
    async stop() {
      stopped = true;
      watched.stop();
      messages?.stop();
      await running;
      await Promise.all(working);
    },
  };
}

type Settling = NatsConsumerOptions & Readonly<{ unfinished: Unfinished }>;

async function settle(options: Settling, consumer: Consumer, handle: Handle, message: JsMsg): Promise<void> {
  const deliveries = message.info.deliveryCount;
  const replyTo = message.headers?.get(replyToHeader) || undefined;
  const delivery = { deliveries, replyTo };
  const outcome = await keepAlive(consumer, message, () =>
    judge(consumer, handle, message.data, delivery, options.onThrow),
  );
  await options.atTurnEnd();
  if (outcome === 'ack') message.ack();
  else if (outcome === 'wait' || (outcome === 'retry' && deliveries < consumer.maxDeliveries))
    return message.nak(backOffMs(deliveries, options.retryMs, consumer.backOffMaxMs));
  else {
    const cause = outcome === 'retry' ? 'deliveries: used up' : outcome.reject;
    const undeliverable = { sequence: message.seq, subjectName: message.subject, bytes: message.data };
    const letter = deadLetterOf(consumer, undeliverable, deliveries, cause, options.clock.now());
    const msgID = `${consumer.name}:${message.seq}`;
    // Written first: if this fails, the message is not given up and comes again.
    await options.client.publish(deadLetterSubjectName(consumer.name), JSON.stringify(letter), { msgID });
    countDeadLetter(consumer.name);
    message.term();
  }
  options.unfinished.finished(message.seq);
}

/**
 * Tells the server twice in each ack wait that the handler works, until the handler is done or has used up its time.
 */
async function keepAlive<T>(consumer: Consumer, message: JsMsg, work: () => Promise<T>): Promise<T> {
  let left = 2 * (ackWaitsMax - 1);
  const timer = setInterval(() => {
    if (left > 0) message.working();
    left -= 1;
  }, consumer.ackWaitMs / 2);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
