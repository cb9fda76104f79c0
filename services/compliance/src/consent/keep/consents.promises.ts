import { describe, expect, it } from 'vitest';
import type { Consents } from '../decide/consent.ts';
import type { ConsentStore } from './consents.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const answeredAt = (tenantId: string, subject: number, ...moments: number[]): Consents => ({
  tenantId,
  subjectId: uuid(subject),
  records: moments.map((atMs) => ({
    ...{ receiptId: uuid(atMs), purpose: 'transcripts', version: '1', textHash: 'a'.repeat(64), locale: 'en' },
    ...{ method: 'click', given: true, atMs, sealed: 'x', told: true },
  })),
});

/** `open` gives copies of one empty store. */
export function consentPromises(name: string, open: (copies: number) => Promise<readonly ConsentStore[]>): void {
  describe(`${name} keeps a consent store’s promises`, () => {
    it('finds whoever of a tenant answered within a time, each once, and nobody else', async () => {
      const [one, two] = (await open(2)) as [ConsentStore, ConsentStore];
      const all = [
        answeredAt('acme', 1, 10, 20),
        answeredAt('acme', 2, 20, 21, 22),
        answeredAt('acme', 3, 10, 40),
        answeredAt('other', 4, 20),
      ];
      for (const state of all)
        await one.update(`${state.tenantId}/${state.subjectId}`, () => ({ result: undefined, state }));
      const within = async (fromMs: number, toMs: number) => {
        const found: string[] = [];
        for await (const { subjectId } of two.answered('acme', { fromMs, toMs })) found.push(subjectId);
        return found.sort();
      };
      expect(await within(20, 23)).toEqual([uuid(1), uuid(2)]);
      // Somebody who answered before and after did not answer between.
      expect(await within(23, 40)).toEqual([]);
      expect(await within(40, 41)).toEqual([uuid(3)]);
      expect(await within(0, 11)).toEqual([uuid(1), uuid(3)]);
    });
  });
}
