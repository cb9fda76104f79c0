import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Dimension } from '../decide/window.ts';
import type { ForgettingLimits, Limits } from './limits.ts';

type Opened = Readonly<{ limits: ForgettingLimits }>;

const dimension = (scope: Dimension['scope'], perMinute: number, burst = 0, key = randomUUID()): Dimension => ({
  scope,
  key,
  limit: { perMinute, burst },
});
const kinds = async (answers: readonly ReturnType<Limits['take']>[]) =>
  (await Promise.all(answers)).map(({ kind }) => kind);

/** `open` gives two copies of one store, whose window lasts `spanMs` in real time. */
export function promisesOfLimits(name: string, spanMs: number, open: () => Promise<readonly [Opened, Opened]>): void {
  describe(`${name} keeps the promises of limits`, () => {
    it('admits limit plus burst and not one more, whoever counts, and says what is left', async () => {
      const [one, two] = await open();
      const ip = dimension('ip', 3, 2);
      const first = await one.limits.take([ip]);
      expect(first).toMatchObject({ kind: 'taken', taken: [{ scope: 'ip', limit: 5, remaining: 4 }] });
      const rest = await kinds(Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : two).limits.take([ip])));
      expect(rest.filter((kind) => kind === 'taken')).toHaveLength(4);
      const refused = await two.limits.take([ip]);
      expect(refused).toMatchObject({ kind: 'refused', by: { scope: 'ip', remaining: 0 } });
      expect(refused.kind === 'refused' && refused.retryMs > 0 && refused.retryMs <= spanMs).toBe(true);
    });
    it('takes from every dimension or from none', async () => {
      const [{ limits }] = await open();
      const wide = dimension('ip', 10);
      const narrow = dimension('user', 1);
      expect((await limits.take([wide, narrow])).kind).toBe('taken');
      for (let n = 0; n < 5; n += 1)
        expect(await limits.take([wide, narrow])).toMatchObject({ kind: 'refused', by: { scope: 'user' } });
      expect(await limits.take([wide])).toMatchObject({ taken: [{ remaining: 8 }] });
    });
    it('answers the longest wait where several have no room, whichever comes first', async () => {
      const [{ limits }] = await open();
      const [early, late] = [dimension('ip', 1), dimension('user', 1)];
      await limits.take([early]);
      await pause(spanMs / 2);
      await limits.take([late]);
      for (const asked of [
        [early, late],
        [late, early],
      ]) {
        const refused = await limits.take(asked);
        expect(refused).toMatchObject({ kind: 'refused', by: { scope: 'user' } });
        expect(refused.kind === 'refused' && refused.retryMs > spanMs * 0.6).toBe(true);
      }
    });
    it('answers each of many that come at once by its own limits', async () => {
      const [{ limits }] = await open();
      const one = dimension('user', 1);
      const asked = [[dimension('ip', 5), one], [dimension('ip', 7)], [dimension('ip', 9), one], [one]];
      const answers = await Promise.all(asked.map((dimensions) => limits.take(dimensions)));
      expect(answers).toMatchObject([
        {
          kind: 'taken',
          taken: [
            { limit: 5, remaining: 4 },
            { limit: 1, remaining: 0 },
          ],
        },
        { kind: 'taken', taken: [{ limit: 7, remaining: 6 }] },
        { kind: 'refused', by: { scope: 'user', limit: 1, remaining: 0 } },
        { kind: 'refused', by: { scope: 'user' } },
      ]);
      expect(await limits.take([asked[2]?.[0] ?? one])).toMatchObject({ taken: [{ remaining: 8 }] });
    });
    it('forgets whom it counted, and counts anew', async () => {
      const [one, two] = await open();
      const [user, other] = [dimension('user', 2), dimension('user', 2)];
      await kinds([one.limits.take([user]), one.limits.take([user]), one.limits.take([other])]);
      expect(await two.limits.forget('user', [user.key, randomUUID()])).toBe(1);
      expect(await two.limits.forget('user', [])).toBe(0);
      expect(await one.limits.take([user])).toMatchObject({ kind: 'taken', taken: [{ remaining: 1 }] });
      expect(await one.limits.take([other])).toMatchObject({ kind: 'taken', taken: [{ remaining: 0 }] });
    });
    it('allows nothing where the limit is nothing', async () => {
      const [{ limits }] = await open();
      expect((await limits.take([dimension('ip', 0, 20)])).kind).toBe('refused');
    });
    it('slides: after a refusal one passes as soon as the time said is over', async () => {
      const [{ limits }] = await open();
      const ip = dimension('ip', 2);
      await limits.take([ip]);
      await pause(spanMs / 2);
      await limits.take([ip]);
      const refused = await limits.take([ip]);
      if (refused.kind !== 'refused') throw new Error('it was admitted');
      expect(refused.retryMs).toBeLessThan(spanMs * 0.75);
      await pause(refused.retryMs + 20);
      expect(await kinds([limits.take([ip]), limits.take([ip])])).toEqual(['taken', 'refused']);
    });
    it('admits no more than limit plus burst in any span, wherever it starts and whoever counts', async () => {
      const copies = await open();
      const ip = dimension('ip', 4, 2);
      const admitted: { sentMs: number; answeredMs: number }[] = [];
      const ask = async ({ limits }: Opened): Promise<void> => {
        const sentMs = performance.now();
        if ((await limits.take([ip])).kind === 'taken') admitted.push({ sentMs, answeredMs: performance.now() });
      };
      const untilMs = performance.now() + 4 * spanMs;
      for (let n = 0; performance.now() < untilMs; n += 1) {
        await Promise.all(copies.slice(n % 2).map(ask));
        await pause((n * 37) % (spanMs / 8));
      }
      expect(admitted.length).toBeGreaterThan(12);
      // The store saw each of them between its sending and its answer, and counts in whole milliseconds.
      admitted.sort((a, b) => a.sentMs - b.sentMs);
      for (const [place, { sentMs }] of admitted.entries()) {
        const seven = admitted.slice(place, place + 7);
        if (seven.length < 7) break;
        const longestMs = Math.max(...seven.map(({ answeredMs }) => answeredMs)) - sentMs;
        expect(longestMs).toBeGreaterThanOrEqual(spanMs - 1);
      }
    });
    it('counts a lowered limit against what was admitted under the higher one', async () => {
      const [{ limits }] = await open();
      const key = randomUUID();
      for (let n = 0; n < 5; n += 1) await limits.take([dimension('ip', 5, 0, key)]);
      expect((await limits.take([dimension('ip', 2, 0, key)])).kind).toBe('refused');
    });
  });
}
