import type { Consumer } from '@vox/contracts';
import { deadLetters, deliveries, lag, redeliveries } from '../telemetry/mod.ts';

export const countDeadLetter = (consumer: string): void => deadLetters.add(1, { consumer });

/** A message that was delivered before. */
export const countRedelivery = (consumer: string): void => redeliveries.add(1, { consumer });

/**
 * Shows what is counted of a consumer, at nothing, before it happens for the first time, and how far it is behind,
 * asked for at each scrape until the answer is called.
 */
export function watchConsumer({ name: consumer }: Consumer, pending: () => Promise<number>): () => void {
  for (const counter of [deadLetters, redeliveries]) counter.add(0, { consumer });
  deliveries.add(0, { consumer, outcome: 'ack' });
  return lag.watch({ consumer }, pending);
}
