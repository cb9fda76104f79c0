/** How long a message waits before its next delivery, in milliseconds: doubling, from `firstMs` to `mostMs`. */
export const backOffMs = (deliveries: number, firstMs: number, mostMs: number): number =>
  Math.min(firstMs * 2 ** Math.min(deliveries - 1, 20), mostMs);
