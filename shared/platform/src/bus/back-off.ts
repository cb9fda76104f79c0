/**
 * A handler that works is not taken for silent for so many ack waits, as long as its copy lives: under a crowd each
 * message would go to every copy in turn, and all of them would do the work of all. Longer than a visitor waits, and an
 * end for a handler that hangs.
 */
export const ackWaitsMax = 4;

/** How long a message waits before its next delivery, in milliseconds: doubling, from `firstMs` to `mostMs`. */
export const backOffMs = (deliveries: number, firstMs: number, mostMs: number): number =>
  Math.min(firstMs * 2 ** Math.min(deliveries - 1, 20), mostMs);
