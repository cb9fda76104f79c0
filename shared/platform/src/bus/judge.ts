import { type Consumer, decodeFact, type Fact, MalformedFact } from '@vox/contracts';
import type { Delivery, HandledOutcome, Outcome } from './bus.ts';
import { countRedelivery } from './metrics.ts';
import { processing } from './trace.ts';

export type Handle = (fact: Fact, delivery: Delivery) => Promise<Outcome>;

/**
 * Runs a handler on a message and gives its outcome. Bytes that are no fact of the consumer's kinds never reach the
 * handler: they are rejected.
 */
export async function judge(
  consumer: Consumer,
  handle: Handle,
  bytes: Uint8Array,
  delivery: Delivery,
  onThrow: (error: unknown) => void,
): Promise<HandledOutcome> {
  if (delivery.deliveries > 1) countRedelivery(consumer.name);
  try {
    const { fact, kind } = decodeFact(consumer.kinds, bytes);
    const { deliveries } = delivery;
    return await processing({ consumer, fact, kind, deliveries }, () => handle(fact, delivery), onThrow);
  } catch (error) {
    if (error instanceof MalformedFact) return { reject: error.message };
    throw error;
  }
}
