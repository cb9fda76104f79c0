import type { Consumer, ConsumerProgress } from '@vox/contracts';
import { deadLetters, deliveries, lag, oldestAge, redeliveries, streamLimit, streamSize } from '../telemetry/mod.ts';
import type { Clock } from '../time/mod.ts';
import { before } from './before.ts';
import type { Progress, Unfinished } from './unfinished.ts';

export const countDeadLetter = (consumer: string): void => deadLetters.add(1, { consumer });

/** Counts a delivery that is not the first of its message. */
export const countRedelivery = (consumer: string): void => redeliveries.add(1, { consumer });

/** How far a consumer is, as the server counts. */
type Counted = Progress & Readonly<Record<'waiting' | 'inWork' | 'redelivered', number>>;
type Watched = Readonly<{ consumer: Consumer; messages: Unfinished; progress: () => Promise<Counted>; clock: Clock }>;
/** What is watched: the same that its metrics show, for whoever asks, until it is stopped. `progress` never throws. */
export type WatchedConsumer = Readonly<{ progress: () => Promise<ConsumerProgress>; stop: () => void }>;

/** Nobody who asks how far a consumer is waits for longer. */
const answerMs = 1_000;
const unknown = { waiting: null, inWork: null, redelivered: null, oldestSeconds: null };

/**
 * Shows the counters of a consumer at zero before anything happens, and at each scrape its lag and the age of its
 * oldest message.
 */
export function watchConsumer({ consumer: { name: consumer }, messages, progress, clock }: Watched): WatchedConsumer {
  for (const counter of [deadLetters, redeliveries]) counter.add(0, { consumer });
  deliveries.add(0, { consumer, outcome: 'ack' });
  const now = oncePerScrape(progress);
  const secondsOf = (known: Progress): number => messages.oldestMs(known, clock.now().getTime()) / 1_000;
  const unwatch = [
    lag.watch({ consumer }, async () => (await now()).unfinished),
    oldestAge.watch({ consumer }, async () => secondsOf(await now())),
  ];
  return {
    async progress() {
      try {
        const known = await before(answerMs, now());
        const { waiting, inWork, redelivered, unfinished } = known;
        const oldestSeconds = unfinished === 0 ? null : secondsOf(known);
        return { consumer, waiting, inWork, redelivered, oldestSeconds };
      } catch {
        return { consumer, ...unknown };
      }
    },
    stop() {
      for (const each of unwatch) each();
    },
  };
}

/** What a stream holds and may hold, in bytes; a limit that is not above zero is none. */
export type StreamState = Readonly<{ bytes: number; bytesMax: number }>;

/** Shows at each scrape what a stream holds and what it may hold, until the returned function is called. */
export function watchStream(stream: string, state: () => Promise<StreamState>): () => void {
  const now = oncePerScrape(state);
  const unwatch = [
    streamSize.watch({ stream }, async () => (await now()).bytes),
    streamLimit.watch({ stream }, async () => {
      const { bytesMax } = await now();
      return bytesMax > 0 ? bytesMax : undefined;
    }),
  ];
  return () => {
    for (const each of unwatch) each();
  };
}

/** Two metrics of one scrape come from one answer of the server. */
function oncePerScrape<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  };
}
