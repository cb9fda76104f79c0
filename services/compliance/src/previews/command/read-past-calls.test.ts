import { previewCallsMax } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import type { Calls } from '../../transcripts/mod.ts';
import { daysIn } from '../decide/days.ts';
import { idOf, someStart } from '../previews.fixture.ts';
import { readPastCalls } from './read-past-calls.ts';

type Over = Awaited<ReturnType<Calls['ended']>>[number];
type Named = Readonly<{ factIds: readonly string[]; beginnings: readonly string[] }>;

/** So many calls of a minute, one every ten seconds, the last to end first, and what was asked of the audit log. */
function kept(count: number) {
  const all = Array.from(
    { length: count },
    (_, n): Over => ({
      ...{ tenantId: 'acme', sessionId: idOf(count - n), subjectId: idOf(0), agentId: 'guide' },
      ...{ startedAtMs: someStart + (count - n) * 10_000, endedAtMs: someStart + (count - n) * 10_000 + 60_000 },
      ...{ endReason: 'client', used: null },
    }),
  );
  const named: Named[] = [];
  return {
    named,
    calls: {
      ended: async ({ tenantId, fromMs = 0, before, limit }: Parameters<Calls['ended']>[0]) => {
        expect(tenantId).toBe('acme');
        const from = before === undefined ? 0 : all.findIndex(({ sessionId }) => sessionId === before.sessionId) + 1;
        return all.slice(from, from + limit).filter(({ endedAtMs }) => endedAtMs >= fromMs);
      },
    },
    auditLog: {
      named: async (_tenantId: string, wanted: Named) => {
        named.push(wanted);
        return [];
      },
    },
  };
}
const window = { tenantId: 'acme', fromMs: 0, dayOf: daysIn('UTC'), withTools: false };

describe('the calls that a preview looks at', () => {
  it('are all of those days where there are no more than it may look at, and are asked about in groups', async () => {
    const stores = kept(1_000);
    const read = await readPastCalls(stores, { ...window, withTools: true });
    expect([read.calls.length, read.isPart, read.fromMs]).toEqual([1_000, false, 0]);
    expect(new Set(read.calls.map(({ sessionId }) => sessionId)).size).toBe(1_000);
    for (const { factIds, beginnings } of stores.named)
      expect(factIds.length + 2 * beginnings.length).toBeLessThanOrEqual(200);
  });
  it('begin at the moment since which none is missing where there are more', async () => {
    const { calls, isPart, fromMs } = await readPastCalls(kept(previewCallsMax + 50), window);
    expect(isPart).toBe(true);
    // The oldest that it looked at is the 51st; those that began before that one ended are not all among them.
    expect(fromMs).toBe(someStart + 51 * 10_000 + 60_000);
    expect(calls.length).toBe(previewCallsMax - 6);
    expect(Math.min(...calls.map(({ startedAtMs }) => startedAtMs))).toBe(fromMs);
  });
  it('are those that began in those days, whenever they ended', async () => {
    const fromMs = someStart + 20_000;
    const { calls } = await readPastCalls(kept(5), { ...window, fromMs });
    expect(calls.map(({ sessionId }) => sessionId)).toEqual([5, 4, 3, 2].map(idOf));
  });
});
