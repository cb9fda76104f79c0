import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ended as endedAt, opened, type Transcript } from '../decide/transcript.ts';
import { inOrder, type Utterance } from '../decide/utterance.ts';
import type { TranscriptStores } from './transcript-stores.ts';
import { transcriptKey, type WantedTranscripts } from './transcripts.ts';

const header = (startedAtMs: number, rest: Partial<Transcript> = {}): Transcript => ({
  ...opened({
    ...{ tenantId: 'acme', sessionId: randomUUID(), subjectId: randomUUID(), agentId: 'guide' },
    ...{ startedAtMs, endedAtMs: null },
  }),
  messages: 1,
  ...rest,
});
const utterance = (rest: Partial<Utterance> = {}): Utterance => ({
  ...{ tenantId: 'acme', sessionId: randomUUID(), messageId: randomUUID(), role: 'user' },
  ...{ atMs: 1_000, sequence: 0, bytes: 3, sealed: 'abc' },
  ...rest,
});

/** `open` gives copies of the same empty stores, as that many processes would have them. */
export function transcriptPromises(name: string, open: (copies: number) => Promise<readonly TranscriptStores[]>): void {
  const two = async () => (await open(2)) as [TranscriptStores, TranscriptStores];

  describe(`${name} keeps the promises of headers`, () => {
    const keep = async ({ transcripts }: TranscriptStores, headers: readonly Transcript[]) => {
      for (const state of headers)
        await transcripts.update(transcriptKey(state.tenantId, state.sessionId), () => ({ result: undefined, state }));
    };
    it('finds a tenant’s own, the newest call first, by person, agent and time, page by page', async () => {
      const [one, other] = await two();
      const [subjectId, another] = [randomUUID(), randomUUID()];
      const all = [
        header(30, { subjectId }),
        header(10, { subjectId, agentId: 'seller' }),
        header(20, { subjectId: another }),
        header(20, { subjectId }),
      ];
      await keep(one, [...all, header(20, { tenantId: 'other', subjectId }), header(25, { subjectId, messages: 0 })]);
      const found = async (over: Partial<WantedTranscripts>) =>
        (await other.transcripts.search({ tenantId: 'acme', limit: 9, ...over })).map(({ startedAtMs }) => startedAtMs);
      expect(await found({})).toEqual([30, 20, 20, 10]);
      expect(await found({ subjectIds: [subjectId] })).toEqual([30, 20, 10]);
      expect(await found({ subjectIds: [] })).toEqual([]);
      expect(await found({ subjectIds: [subjectId], agentId: 'seller' })).toEqual([10]);
      expect(await found({ fromMs: 20, toMs: 30 })).toEqual([20, 20]);
      const pages: Transcript[] = [];
      for (let before: Transcript | undefined; ; ) {
        const [next] = await other.transcripts.search({ tenantId: 'acme', limit: 1, before });
        if (next === undefined) break;
        pages.push(next);
        before = next;
      }
      expect(pages.map(({ sessionId }) => sessionId).sort()).toEqual(all.map(({ sessionId }) => sessionId).sort());
      expect(pages.map(({ startedAtMs }) => startedAtMs)).toEqual([30, 20, 20, 10]);
    });
    it('lists a header as due once its call is over for long enough, until it is cleared', async () => {
      const [one, other] = await two();
      const live = header(1_000);
      const ended = endedAt(header(1_000), 2_000, 60_000);
      await keep(one, [live, ended, { ...ended, sessionId: randomUUID(), clearedAtMs: 3_000 }]);
      expect(await other.transcripts.due(2_000, 9)).toEqual([]);
      expect((await other.transcripts.due(10_000_000, 9)).map(({ state }) => state)).toEqual([ended]);
    });
  });

  describe(`${name} keeps the promises of utterances`, () => {
    it('keeps the first message of an id, whoever adds it and however often', async () => {
      const [one, other] = await two();
      const first = utterance();
      const added = await Promise.all(
        Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? one : other).utterances.add(first)),
      );
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await other.utterances.add({ ...first, atMs: 9, sealed: 'changed' })).toBe(false);
      expect(await other.utterances.page(first, 9)).toEqual([first]);
      expect(await other.utterances.has(first)).toBe(true);
      expect(await other.utterances.has({ ...first, messageId: 'another' })).toBe(false);
      expect(await one.utterances.add({ ...first, sessionId: randomUUID() })).toBe(true);
      expect(await one.utterances.add({ ...first, tenantId: 'other' })).toBe(true);
    });
    it('puts other words in the place of what is there, and of nothing else', async () => {
      const [one, other] = await two();
      const there = utterance();
      await one.utterances.add(there);
      await other.utterances.replace({ ...there, sealed: 'cut', bytes: 2 });
      await other.utterances.replace(utterance({ sessionId: there.sessionId }));
      expect(await one.utterances.page(there, 9)).toEqual([{ ...there, sealed: 'cut', bytes: 2 }]);
    });
    it('hands a conversation back in its order, page by page, whatever order it came in', async () => {
      const [one] = await two();
      const place = fc.record({ atMs: fc.integer({ min: 0, max: 4 }), sequence: fc.integer({ min: 0, max: 2 }) });
      await fc.assert(
        fc.asyncProperty(fc.array(place, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (places, limit) => {
          const session = { tenantId: 'acme', sessionId: randomUUID() };
          const said = places.map((each) => utterance({ ...session, ...each }));
          for (const each of said) await one.utterances.add(each);
          const read: Utterance[] = [];
          for (let after: Utterance | undefined; ; ) {
            const part = await one.utterances.page(session, limit, after);
            read.push(...part);
            after = part.at(-1);
            if (part.length < limit) break;
          }
          expect(read).toEqual([...said].sort(inOrder));
        }),
        { numRuns: 15 },
      );
    });
    it('counts what is there, and removes it in bounded steps without touching another session', async () => {
      const [one, other] = await two();
      const session = { tenantId: 'acme', sessionId: randomUUID() };
      for (let n = 0; n < 5; n += 1) await one.utterances.add(utterance({ ...session, bytes: 10 }));
      const stays = utterance();
      await one.utterances.add(stays);
      expect(await other.utterances.count(session)).toEqual({ messages: 5, bytes: 50 });
      const removed: number[] = [];
      for (let n = 0; n < 4; n += 1) removed.push(await other.utterances.remove(session, 2));
      expect(removed).toEqual([2, 2, 1, 0]);
      expect(await one.utterances.count(session)).toEqual({ messages: 0, bytes: 0 });
      expect((await one.utterances.count(stays)).messages).toBe(1);
    });
  });
}
