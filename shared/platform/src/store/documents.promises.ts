import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { DocumentStore, StoredDocument, StoredKind } from './documents.ts';

const Counter = z.object({
  count: z.number().int().nonnegative(),
  by: z.array(z.string()),
  dueAtMs: z.number().optional(),
});
type Counter = z.infer<typeof Counter>;

/** Opens `copies` of one and the same collection, as that many processes would. */
export type OpenDocuments = <T>(kind: StoredKind<T>, copies: number) => Promise<DocumentStore<T>[]>;

const kindOf = (): StoredKind<Counter> => ({
  collection: `counters_${randomUUID().replaceAll('-', '')}`,
  schema: Counter,
  dueAtMs: (state) => state.dueAtMs,
  tags: (state) => state.by,
});

const adding = (who: string) => (state: Counter | undefined) => {
  const count = (state?.count ?? 0) + 1;
  return { result: count, state: { count, by: [...(state?.by ?? []), who] } };
};

/** What every store of documents promises. It runs on the twin and on the real one. */
export function documentsPromises(name: string, open: OpenDocuments): void {
  describe(`${name} keeps the promises of documents`, () => {
    let documents: DocumentStore<Counter>;
    let other: DocumentStore<Counter>;
    beforeEach(async () => {
      const copies = await open(kindOf(), 2);
      [documents, other] = copies as [DocumentStore<Counter>, DocumentStore<Counter>];
    });

    it('starts empty, keeps what a decision wants, and removes it', async () => {
      expect(await documents.read('a')).toBeUndefined();
      expect(await documents.update('a', adding('x'))).toBe(1);
      expect(await other.read('a')).toEqual({ count: 1, by: ['x'] });
      await other.update('a', () => ({ result: undefined, remove: true }));
      expect(await documents.update('a', adding('y'))).toBe(1);
    });
    it('decides a document once: of many proposals one stands, everybody hears it, and each other is released', async () => {
      const all = Array.from({ length: 40 }, (_, n) => ({ count: n, by: [String(n)] }));
      const released: Counter[] = [];
      const decisions = await Promise.all(
        all.map((proposed, n) =>
          (n % 2 ? documents : other).decideOnce('a', {
            propose: async () => proposed,
            release: async (lost) => void released.push(lost),
          }),
        ),
      );
      const won = decisions.filter(({ isNew }) => isNew).map(({ state }) => state);
      expect(won).toHaveLength(1);
      expect(await documents.read('a')).toEqual(won[0]);
      for (const { state } of decisions) expect(state).toEqual(won[0]);
      expect([...released, ...won].sort((a, b) => a.count - b.count)).toEqual(all);
    });
    it('proposes nothing to whoever asks again and finds a decision', async () => {
      const first = await documents.decideOnce('a', { isRepeated: true, propose: () => ({ count: 1, by: [] }) });
      const again = await other.decideOnce('a', {
        isRepeated: true,
        propose: () => Promise.reject(new Error('asked')),
      });
      expect([first.isNew, again.isNew, again.state]).toEqual([true, false, first.state]);
    });
    it('removes a document that is there, and is content where none is', async () => {
      await documents.update('a', adding('x'));
      await other.remove('a');
      await other.remove('a');
      expect(await documents.read('a')).toBeUndefined();
    });
    it('decides on the newest state also when nothing is to be written', async () => {
      await documents.update('a', adding('x'));
      await other.update('a', adding('y'));
      expect(await documents.update('a', (state) => ({ result: state?.count }))).toBe(2);
    });
    it('refuses a state that its schema does not allow', async () => {
      await expect(documents.update('a', () => ({ result: 0, state: { count: -1, by: [] } }))).rejects.toThrow();
      expect(await documents.read('a')).toBeUndefined();
    });
    it('writes what was decided on an answer of others only if nobody changed the document since before they were asked', async () => {
      await documents.update('a', adding('x'));
      let asked = 0;
      const seen: (number | undefined)[] = [];
      await documents.update('a', async (state) => {
        seen.push(state?.count);
        asked += 1;
        if (asked === 1) await other.update('a', adding('y'));
        return adding('z')(state);
      });
      expect(seen).toEqual([1, 2]);
      expect((await other.read('a'))?.by).toEqual(['x', 'y', 'z']);
    });
    it('begins many documents at once, each of them once, whoever begins it', async () => {
      const together = { ...kindOf(), insertedInBatches: true };
      const copies = (await open(together, 2)) as [DocumentStore<Counter>, DocumentStore<Counter>];
      const all = Array.from({ length: 120 }, (_, n) => n);
      const changed = await Promise.all(
        all.map((n) => copies[n % 2 === 0 ? 0 : 1].update(`k${n % 80}`, adding(String(n)))),
      );
      expect(changed.filter((count) => count === 1)).toHaveLength(80);
      for (const n of all) expect((await copies[0].read(`k${n % 80}`))?.count).toBe(n % 80 < 40 ? 2 : 1);
    });
    it('tries a change that may come to nothing, and then overwrites nobody’s', async () => {
      const keys = Array.from({ length: 30 }, (_, n) => `k${n}`);
      await Promise.all(keys.map((key) => documents.update(key, adding('x'))));
      await Promise.all(keys.slice(0, 10).map((key) => other.update(key, adding('y'))));
      const marked = (state: Counter | undefined) =>
        state === undefined ? {} : { state: { ...state, by: [...state.by, 'tried'] } };
      await Promise.all([...keys, 'none'].map((key) => documents.tryUpdate(key, marked)));
      for (const [at, key] of keys.entries()) {
        const { count, by } = (await other.read(key)) as Counter;
        expect(by.filter((who) => who !== 'tried')).toEqual(at < 10 ? ['x', 'y'] : ['x']);
        expect(await documents.update(key, adding('z'))).toBe(count + 1);
      }
      expect(await documents.read('none')).toBeUndefined();
    });
    it('does what it tries when nobody else changes anything', async () => {
      const keys = Array.from({ length: 30 }, (_, n) => `k${n}`);
      await Promise.all(keys.map((key) => documents.update(key, adding('x'))));
      await Promise.all(
        keys.map((key) => documents.tryUpdate(key, (state) => ({ state: { ...(state as Counter), by: [] } }))),
      );
      for (const key of keys) expect((await other.read(key))?.by).toEqual([]);
    });
    it('lets a decision that throws fail alone', async () => {
      const outcome = await Promise.allSettled([
        documents.update('a', adding('x')),
        documents.update('a', () => {
          throw new Error('no');
        }),
        documents.update('a', adding('y')),
      ]);
      expect(outcome.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await documents.read('a'))?.count).toBe(2);
    });
    it('finds what is due, longest due first, and what bears a tag, in the order of keys', async () => {
      for (const [key, dueAtMs] of [
        ['a', 30],
        ['b', 10],
        ['c', 20],
        ['d', 99],
      ] as const) {
        await documents.update(key, () => ({ result: 0, state: { count: 1, by: key === 'd' ? [] : ['t'], dueAtMs } }));
      }
      expect((await documents.due(30, 2)).map(({ key }) => key)).toEqual(['b', 'c']);
      expect((await documents.tagged('t', 2)).map(({ key }) => key)).toEqual(['a', 'b']);
      expect((await documents.tagged('t', 2, 'b')).map(({ key }) => key)).toEqual(['c']);
      expect((await documents.all(9)).map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
      expect(await documents.keys(2, 'b')).toEqual(['c', 'd']);
    });
    it('finds what is due under a tag, longest due first, in pages that miss nothing', async () => {
      const wanted = [];
      for (let n = 0; n < 12; n += 1) {
        const [key, dueAtMs] = [`k${String(n).padStart(2, '0')}`, 10 * Math.floor(n / 3)];
        await documents.update(key, () => ({ result: 0, state: { count: 1, by: [n % 2 === 0 ? 't' : 'u'], dueAtMs } }));
        if (n % 2 === 0 && dueAtMs <= 20) wanted.push(key);
      }
      const seen: string[] = [];
      for (let after: StoredDocument<Counter> | undefined; ; ) {
        const page = await other.dueUnder('t', 20, 2, after);
        seen.push(...page.map(({ key }) => key));
        after = page.at(-1);
        if (after === undefined) break;
      }
      expect(seen).toEqual(wanted);
    });
    it('loses no update, whoever makes it and however they meet', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.constantFrom('k', 'l'), fc.boolean()), { minLength: 1, maxLength: 24 }),
          async (changes) => {
            const [one, two] = (await open(kindOf(), 2)) as [DocumentStore<Counter>, DocumentStore<Counter>];
            const results = await Promise.all(
              changes.map(([key, first], index) => (first ? one : two).update(key, adding(String(index)))),
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
