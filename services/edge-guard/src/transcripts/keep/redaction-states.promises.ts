import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type RedactionStates, redactionStateKey } from './redaction-states.ts';

type Opened = Readonly<{ redactionStates: RedactionStates }>;

/** `open` gives two copies of one store. */
export function promisesOfRedactionStates(name: string, open: () => Promise<readonly [Opened, Opened]>): void {
  describe(`${name} keeps the promises of redaction states`, () => {
    it('gives what was put last to exactly one of many who take it', async () => {
      const [one, two] = await open();
      const key = redactionStateKey(randomUUID());
      await one.redactionStates.put(key, 'first', 5_000);
      await two.redactionStates.put(key, 'second', 5_000);
      const taken = await Promise.all(
        Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : two).redactionStates.take(key)),
      );
      expect(taken.filter((each) => each !== undefined)).toEqual(['second']);
      await two.redactionStates.put(key, 'third', 5_000);
      expect(await one.redactionStates.take(key)).toBe('third');
    });
    it('forgets a state after its life', async () => {
      const [{ redactionStates }] = await open();
      const key = redactionStateKey(randomUUID());
      await redactionStates.put(key, 'brief', 30);
      await pause(60);
      expect(await redactionStates.take(key)).toBeUndefined();
    });
  });
}
