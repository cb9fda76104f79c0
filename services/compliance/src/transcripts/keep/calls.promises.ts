import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeptCall } from '../decide/call.ts';
import { type CallOver, type Calls, callKey, isOver, type WantedCalls } from './calls.ts';

const keys = ['w_acme_shop_0123456789abcdef', 'w_acme_desk_0123456789abcdef'];
const call = (rest: Partial<KeptCall>): KeptCall => ({
  ...{ tenantId: 'acme', sessionId: randomUUID(), subjectId: randomUUID(), agentId: 'guide', startedAtMs: 1 },
  ...{ endedAtMs: null, endReason: null, used: null, kind: 'widget', widgetKey: keys[0] },
  ...rest,
});
const over = (endedAtMs: number, rest: Partial<KeptCall> = {}) => call({ endedAtMs, endReason: 'client', ...rest });
const keep = async (calls: Calls, all: readonly KeptCall[]): Promise<void> => {
  for (const state of all)
    await calls.update(callKey(state.tenantId, state.sessionId), () => ({ result: undefined, state }));
};

/** Every page of a list; `between` runs behind each of them. */
async function paged(calls: Calls, wanted: WantedCalls, between: () => Promise<void>): Promise<readonly CallOver[]> {
  const read: CallOver[] = [];
  for (let before: CallOver | undefined; ; ) {
    const part = await calls.ended({ ...wanted, before });
    read.push(...part);
    before = part.at(-1);
    if (part.length < wanted.limit) return read;
    await between();
  }
}
const idsOf = (all: readonly KeptCall[]): readonly string[] => all.map(({ sessionId }) => sessionId);
const inListOrder = (one: CallOver, other: CallOver): number =>
  other.endedAtMs - one.endedAtMs || (one.sessionId < other.sessionId ? 1 : -1);

/** `open` gives copies of the same empty store, as that many processes would have them. */
export function callPromises(name: string, open: (copies: number) => Promise<readonly Calls[]>): void {
  const two = async () => (await open(2)) as [Calls, Calls];

  describe(`${name} keeps the promises of calls that are over`, () => {
    it('finds those of one tenant by agent, widget key, end and time, and none that goes on', async () => {
      const [one, other] = await two();
      const [desk] = keys.slice(1);
      await keep(one, [
        ...[over(10), over(20, { agentId: 'seller' }), over(30, { widgetKey: desk, endReason: 'idle' })],
        ...[call({}), over(15, { tenantId: 'other' })],
        over(5, { kind: undefined, widgetKey: undefined, endReason: null }),
      ]);
      const found = async (wanted: Partial<WantedCalls>) =>
        (await other.ended({ tenantId: 'acme', limit: 9, ...wanted })).map(({ endedAtMs }) => endedAtMs);
      expect(await found({})).toEqual([30, 20, 10, 5]);
      expect(await found({ agentId: 'seller' })).toEqual([20]);
      expect(await found({ widgetKey: desk })).toEqual([30]);
      expect(await found({ endReason: 'client' })).toEqual([20, 10]);
      expect(await found({ agentId: 'guide', widgetKey: keys[0], endReason: 'client' })).toEqual([10]);
      expect(await found({ fromMs: 10, toMs: 30 })).toEqual([20, 10]);
      expect(await found({ tenantId: 'nobody' })).toEqual([]);
    });
    it('hands them out page by page, each once and none missed, while other calls end', async () => {
      const wish = fc.record({
        ends: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 }),
        limit: fc.integer({ min: 1, max: 5 }),
      });
      const [one, other] = await two();
      await fc.assert(
        fc.asyncProperty(wish, async ({ ends, limit }) => {
          const tenantId = randomUUID();
          const all = ends.map((endedAtMs) => over(endedAtMs, { tenantId }));
          const live = call({ tenantId });
          await keep(one, [...all, live]);
          const endAnother = () => keep(one, [{ ...live, sessionId: randomUUID(), endedAtMs: 7, endReason: 'idle' }]);
          const read = await paged(other, { tenantId, limit }, endAnother);
          expect(idsOf(read)).toEqual(idsOf(all.filter(isOver).sort(inListOrder)));
        }),
        { numRuns: 15 },
      );
    });
  });
}
