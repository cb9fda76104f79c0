import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CellKind, Cells, Found } from './cells.ts';

const Tally = z.object({
  count: z.number().int().nonnegative(),
  by: z.array(z.string()),
  dueAtMs: z.number().optional(),
});
type Tally = z.infer<typeof Tally>;

/** Opens `copies` of one and the same collection, as that many processes would. */
export type OpenCells = <T>(kind: CellKind<T>, copies: number) => Promise<Cells<T>[]>;

const kindOf = (): CellKind<Tally> => ({
  collection: `tallies_${randomUUID().replaceAll('-', '')}`,
  schema: Tally,
  dueAtMs: (state) => state.dueAtMs,
  tags: (state) => state.by,
});

const adding = (who: string) => (state: Tally | undefined) => {
  const count = (state?.count ?? 0) + 1;
  return { result: count, state: { count, by: [...(state?.by ?? []), who] } };
};

/** What every store of cells promises. It runs on the twin and on the real one. */
export function cellsPromises(name: string, open: OpenCells): void {
  describe(`${name} keeps the promises of cells`, () => {
    let cells: Cells<Tally>;
    let other: Cells<Tally>;
    beforeEach(async () => {
      const copies = await open(kindOf(), 2);
      [cells, other] = copies as [Cells<Tally>, Cells<Tally>];
    });

    it('starts empty, keeps what a decision wants, and removes it', async () => {
      expect(await cells.read('a')).toBeUndefined();
      expect(await cells.change('a', adding('x'))).toBe(1);
      expect(await other.read('a')).toEqual({ count: 1, by: ['x'] });
      await other.change('a', () => ({ result: undefined, remove: true }));
      expect(await cells.change('a', adding('y'))).toBe(1);
    });
    it('decides on the newest state also when nothing is to be written', async () => {
      await cells.change('a', adding('x'));
      await other.change('a', adding('y'));
      expect(await cells.change('a', (state) => ({ result: state?.count }))).toBe(2);
    });
    it('refuses a state that its schema does not allow', async () => {
      await expect(cells.change('a', () => ({ result: 0, state: { count: -1, by: [] } }))).rejects.toThrow();
      expect(await cells.read('a')).toBeUndefined();
    });
    it('writes what was decided on an answer of others only if nobody changed the document since before they were asked', async () => {
      await cells.change('a', adding('x'));
      let asked = 0;
      const seen: (number | undefined)[] = [];
      await cells.change('a', async (state) => {
        seen.push(state?.count);
        asked += 1;
        if (asked === 1) await other.change('a', adding('y'));
        return adding('z')(state);
      });
      expect(seen).toEqual([1, 2]);
      expect((await other.read('a'))?.by).toEqual(['x', 'y', 'z']);
    });
    it('begins many documents at once, each of them once, whoever begins it', async () => {
      const together = { ...kindOf(), bornTogether: true };
      const copies = (await open(together, 2)) as [Cells<Tally>, Cells<Tally>];
      const all = Array.from({ length: 120 }, (_, n) => n);
      const changed = await Promise.all(
        all.map((n) => copies[n % 2 === 0 ? 0 : 1].change(`k${n % 80}`, adding(String(n)))),
      );
      expect(changed.filter((count) => count === 1)).toHaveLength(80);
      for (const n of all) expect((await copies[0].read(`k${n % 80}`))?.count).toBe(n % 80 < 40 ? 2 : 1);
    });
    it('tries a change that may come to nothing, and then overwrites nobody’s', async () => {
      const keys = Array.from({ length: 30 }, (_, n) => `k${n}`);
      await Promise.all(keys.map((key) => cells.change(key, adding('x'))));
      await Promise.all(keys.slice(0, 10).map((key) => other.change(key, adding('y'))));
      const marked = (state: Tally | undefined) =>
        state === undefined ? {} : { state: { ...state, by: [...state.by, 'tried'] } };
      await Promise.all([...keys, 'none'].map((key) => cells.tryChange(key, marked)));
      for (const [at, key] of keys.entries()) {
        const { count, by } = (await other.read(key)) as Tally;
        expect(by.filter((who) => who !== 'tried')).toEqual(at < 10 ? ['x', 'y'] : ['x']);
        expect(await cells.change(key, adding('z'))).toBe(count + 1);
      }
      expect(await cells.read('none')).toBeUndefined();
    });
    it('does what it tries when nobody else changes anything', async () => {
      const keys = Array.from({ length: 30 }, (_, n) => `k${n}`);
      await Promise.all(keys.map((key) => cells.change(key, adding('x'))));
      await Promise.all(
        keys.map((key) => cells.tryChange(key, (state) => ({ state: { ...(state as Tally), by: [] } }))),
      );
      for (const key of keys) expect((await other.read(key))?.by).toEqual([]);
    });
    it('lets a decision that throws fail alone', async () => {
      const outcome = await Promise.allSettled([
        cells.change('a', adding('x')),
        cells.change('a', () => {
          throw new Error('no');
        }),
        cells.change('a', adding('y')),
      ]);
      expect(outcome.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await cells.read('a'))?.count).toBe(2);
    });
    it('finds what is due, longest due first, and what bears a tag, in the order of keys', async () => {
      for (const [key, dueAtMs] of [
        ['a', 30],
        ['b', 10],
        ['c', 20],
        ['d', 99],
      ] as const) {
        await cells.change(key, () => ({ result: 0, state: { count: 1, by: key === 'd' ? [] : ['t'], dueAtMs } }));
      }
      expect((await cells.due(30, 2)).map(({ key }) => key)).toEqual(['b', 'c']);
      expect((await cells.tagged('t', 2)).map(({ key }) => key)).toEqual(['a', 'b']);
      expect((await cells.tagged('t', 2, 'b')).map(({ key }) => key)).toEqual(['c']);
      expect((await cells.all(9)).map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
      expect(await cells.keys(2, 'b')).toEqual(['c', 'd']);
    });
    it('finds what is due under a tag, longest due first, in pages that miss nothing', async () => {
      const wanted = [];
      for (let n = 0; n < 12; n += 1) {
        const [key, dueAtMs] = [`k${String(n).padStart(2, '0')}`, 10 * Math.floor(n / 3)];
        await cells.change(key, () => ({ result: 0, state: { count: 1, by: [n % 2 === 0 ? 't' : 'u'], dueAtMs } }));
        if (n % 2 === 0 && dueAtMs <= 20) wanted.push(key);
      }
      const seen: string[] = [];
      for (let after: Found<Tally> | undefined; ; ) {
        const page = await other.dueUnder('t', 20, 2, after);
        seen.push(...page.map(({ key }) => key));
        after = page.at(-1);
        if (after === undefined) break;
      }
      expect(seen).toEqual(wanted);
    });
    it('loses no change, whoever makes it and however they meet', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.constantFrom('k', 'l'), fc.boolean()), { minLength: 1, maxLength: 24 }),
          async (changes) => {
            const [one, two] = (await open(kindOf(), 2)) as [Cells<Tally>, Cells<Tally>];
            const results = await Promise.all(
              changes.map(([key, first], index) => (first ? one : two).change(key, adding(String(index)))),
            );
            for (const key of ['k', 'l']) {
              const wanted = changes.flatMap(([at], index) => (at === key ? [index] : []));
              const state = await one.read(key);
              expect(state?.count ?? 0).toBe(wanted.length);
              // Each change saw the one before it: the results are its places in one serial order.
              for (const index of wanted) expect(state?.by[(results[index] ?? 0) - 1]).toBe(String(index));
            }
          },
        ),
        { numRuns: 20 },
      );
    });
  });
}
