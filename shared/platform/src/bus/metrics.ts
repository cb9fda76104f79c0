import type { Consumer } from '@vox/contracts';
import { deadLetters, deliveries, lag, oldestAge, redeliveries, streamLimit, streamSize } from '../telemetry/mod.ts';
import type { Clock } from '../time/mod.ts';
import type { Progress, Unfinished } from './unfinished.ts';

export const countDeadLetter = (consumer: string): void => deadLetters.add(1, { consumer });

/** Counts a delivery that is not the first of its message. */
export const countRedelivery = (consumer: string): void => redeliveries.add(1, { consumer });

type Watched = Readonly<{ consumer: Consumer; messages: Unfinished; progress: () => Promise<Progress>; clock: Clock }>;

/**
 * Shows the counters of a consumer at zero before anything happens, and at each scrape its lag and the age of its
 * oldest message, until the returned function is called.
 */
export function watchConsumer({ consumer: { name: consumer }, messages, progress, clock }: Watched): () => void {
  for (const counter of [deadLetters, redeliveries]) counter.add(0, { consumer });
  deliveries.add(0, { consumer, outcome: 'ack' });
  const now = oncePerScrape(progress);
  const unwatch = [
    lag.watch({ consumer }, async () => (await now()).unfinished),
    oldestAge.watch({ consumer }, async () => messages.oldestMs(await now(), clock.now().getTime()) / 1_000),
  ];
  return () => {
    for (const each of unwatch) each();
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
