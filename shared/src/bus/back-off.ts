/** How long a message waits before its next delivery, in milliseconds: doubling, from `firstMs` to a minute. */
export const backOffMs = (deliveries: number, firstMs: number): number =>
  Math.min(firstMs * 2 ** Math.min(deliveries - 1, 20), 60_000);
