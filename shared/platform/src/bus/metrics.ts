import type { Consumer } from '@vox/contracts';
import { deadLetters, deliveries, lag, redeliveries } from '../telemetry/mod.ts';

export const countDeadLetter = (consumer: string): void => deadLetters.add(1, { consumer });

/** Counts a delivery that is not the first of its message. */
export const countRedelivery = (consumer: string): void => redeliveries.add(1, { consumer });

/**
 * Shows the counters of a consumer at zero before anything happens, and its lag at each scrape until the returned
 * function is called.
 */
export function watchConsumer({ name: consumer }: Consumer, pending: () => Promise<number>): () => void {
  for (const counter of [deadLetters, redeliveries]) counter.add(0, { consumer });
  deliveries.add(0, { consumer, outcome: 'ack' });
  return lag.watch({ consumer }, pending);
}
