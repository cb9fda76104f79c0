import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Claims } from './claims.ts';

type Opened = Readonly<{ claims: Claims }>;

/** `open` gives two copies of one store. */
export function promisesOfClaims(name: string, open: () => Promise<readonly [Opened, Opened]>): void {
  describe(`${name} keeps the promises of claims`, () => {
    it('lets exactly one of many claim a key, and shows the others what stands', async () => {
      const [one, two] = await open();
      const key = randomUUID();
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : two).claims.claim(key, `v${n}`, 5_000)),
      );
      const standing = claims.filter((each) => each !== undefined);
      expect(standing).toHaveLength(19);
      expect(new Set(standing).size).toBe(1);
    });
    it('replaces a value, releases a key, and forgets both after their life', async () => {
      const [{ claims }] = await open();
      const key = randomUUID();
      await claims.claim(key, 'first', 5_000);
      await claims.put(key, 'second', 5_000);
      expect(await claims.claim(key, 'third', 5_000)).toBe('second');
      await claims.release(key);
      expect(await claims.claim(key, 'brief', 30)).toBeUndefined();
      await pause(60);
      expect(await claims.claim(key, 'next', 5_000)).toBeUndefined();
    });
  });
}
