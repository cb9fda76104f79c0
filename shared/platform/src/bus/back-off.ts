/**
 * A working handler keeps its message for this many ack waits, as long as its copy lives. Otherwise a loaded system
 * would send each message to every copy in turn, and all of them would do the work of all. It is longer than a visitor
 * waits, and ends a handler that hangs.
 */
export const ackWaitsMax = 4;

/** How long a message waits before its next delivery, in milliseconds: doubling, from `firstMs` to `mostMs`. */
export const backOffMs = (deliveries: number, firstMs: number, mostMs: number): number =>
  Math.min(firstMs * 2 ** Math.min(deliveries - 1, 20), mostMs);
