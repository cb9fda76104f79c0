import { UsageBy } from '@vox/contracts';
import { someWidgetKey } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothing, plus } from './amount.ts';
import { priceOf } from './price.ts';
import { listPrices } from './prices.ts';
import { type Admitted, isCounted, withCounted } from './record.ts';
import { countedFor, countSession, newUsageDay, placesMax, reconcileUsage, type UsageDay } from './usage-day.ts';
import { type KeptUsage, usageReport } from './usage-report.ts';

const day = '2026-05-05';
const nowMs = Date.parse(`${day}T12:00:00Z`);
const price = priceOf(listPrices, 'gpt-realtime-2.1', nowMs);
if (price === undefined) throw new Error('the model has no price');

/** A record of a call that is settled at so many micro-dollars. */
const settledAt = (micros: number, over: Partial<Admitted> = {}): Admitted => ({
  ...{ kind: 'admitted', tenantId: 'acme', agentId: 'guide', model: 'm', voice: 'marin', maxSeconds: 60 },
  identity: { kind: 'widget', widgetKey: someWidgetKey, visitorId: 'v_0000000000000000000000' },
  ...{ budgetKey: 'acme:widget:2026-05', reserved: nothing, price, responseIds: [], reported: nothing },
  ...{ connectedSeconds: 9, decidedAtMs: nowMs },
  reservation: {
    ...{ root: 1, seq: 2, day, amount: nothing, untilMs: 0 },
    settlement: { settled: { tokens: micros, micros, seconds: 1 }, uncovered: nothing, crossed: [] },
  },
  ...over,
});
const asked = { tenantId: 'acme', from: day, to: day, by: 'day', limit: 1_000 } as const;
const totalsOf = (usage: UsageDay) => usageReport([{ kind: 'widget', day, places: usage.places }], asked).totals;

describe('usage of a day', () => {
  it('counts a settled call once, and what it is found to have used besides, whoever counts and crashes when', () => {
    const step = fc.record({
      what: fc.constantFrom('settle', 'count', 'takeOver', 'reconcile'),
      id: fc.constantFrom('a', 'b', 'c'),
      more: fc.nat({ max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let usage = newUsageDay;
        const records: Record<string, Admitted> = {};
        const count = (id: string, record: Admitted) => {
          usage = countSession(usage, id, record, nowMs);
        };
        for (const { what, id, more } of steps) {
          const record = records[id];
          if (what === 'settle')
            records[id] = settledAt((record?.reservation.settlement?.settled.micros ?? 0) + more, {
              counted: record?.counted,
            });
          if (record === undefined) continue;
          if (what === 'count') count(id, record);
          if (what === 'takeOver') records[id] = withCounted(record, countedFor(usage, id, record));
          if (what === 'reconcile') usage = reconcileUsage(usage, id, record);
        }
        for (const [id, record] of Object.entries(records)) {
          count(id, record);
          const after = withCounted(record, countedFor(usage, id, record));
          expect(isCounted(after)).toBe(true);
          usage = reconcileUsage(usage, id, after);
        }
        const settled = Object.values(records).map(({ reservation }) => reservation.settlement?.settled ?? nothing);
        const { sessions, ...booked } = totalsOf(usage);
        expect(booked).toEqual(settled.reduce(plus, nothing));
        expect(sessions).toBe(settled.length);
        expect(usage.pending).toEqual({});
      }),
    );
  });
  it('counts no call that used nothing', () => {
    const idle = settledAt(0, { reservation: { ...settledAt(0).reservation, settlement: undefined } });
    expect(countSession(newUsageDay, 'a', idle, nowMs)).toBe(newUsageDay);
  });
  it('stays small: what comes after the first agents, keys and models counts as others, and nothing is lost', () => {
    let usage = newUsageDay;
    for (let n = 0; n < 2 * placesMax; n += 1)
      usage = reconcileUsage(
        countSession(usage, `s${n}`, settledAt(1, { agentId: `a${n}` }), nowMs),
        `s${n}`,
        undefined,
      );
    usage = countSession(usage, 'again', settledAt(1, { agentId: 'a0' }), nowMs);
    expect(usage.places).toHaveLength(placesMax);
    expect(totalsOf(usage)).toMatchObject({ sessions: 2 * placesMax + 1, micros: 2 * placesMax + 1 });
    const { rows } = usageReport([{ kind: 'widget', day, places: usage.places }], { ...asked, by: 'agent' });
    expect(rows.at(-1)).toMatchObject({ isOthers: true, sessions: placesMax + 1 });
    expect(rows.find(({ agentId }) => agentId === 'a0')).toMatchObject({ sessions: 2 });
    expect(JSON.stringify(usage).length).toBeLessThan(64 * 1024);
  });
});

const places = fc.array(
  fc.record({
    place: fc.option(
      fc.record({
        agentId: fc.constantFrom('guide', 'sales'),
        widgetKey: fc.constantFrom(undefined, someWidgetKey, 'w_acme_b_0000000000000001'),
        model: fc.constantFrom('m', 'm-mini'),
      }),
      { nil: undefined },
    ),
    sessions: fc.nat({ max: 9 }),
    amount: fc.record({ tokens: fc.nat(), micros: fc.nat(), seconds: fc.nat() }),
  }),
  { maxLength: 12 },
);
const kept: fc.Arbitrary<KeptUsage[]> = fc.array(
  fc.record({ kind: fc.constantFrom('widget', 'console'), day: fc.constantFrom(day, '2026-05-06'), places }),
  { maxLength: 4 },
);

describe('a report of usage', () => {
  it('has the same sums whatever it is grouped by, and its pages have each row once', () => {
    fc.assert(
      fc.property(kept, fc.integer({ min: 1, max: 5 }), (days, limit) => {
        const whole = usageReport(days, asked).totals;
        for (const by of UsageBy.options) {
          const rows: ReturnType<typeof usageReport>['rows'] = [];
          let next: string | null | undefined;
          do {
            const page = usageReport(days, { ...asked, by, limit, cursor: next ?? undefined });
            expect(page.totals).toEqual(whole);
            rows.push(...page.rows);
            next = page.next;
          } while (next !== null);
          expect(rows).toEqual(usageReport(days, { ...asked, by }).rows);
          for (const of of ['sessions', 'seconds', 'tokens', 'micros'] as const)
            expect(rows.reduce((sum, row) => sum + row[of], 0)).toBe(whole[of]);
        }
      }),
    );
  });
  it('of one agent, key or model counts what is of it and nothing else', () => {
    fc.assert(
      fc.property(kept, (days) => {
        const { rows } = usageReport(days, { ...asked, by: 'agent' });
        const { totals } = usageReport(days, { ...asked, agentId: 'guide' });
        const guide = rows.filter(({ agentId }) => agentId === 'guide').reduce((sum, { tokens }) => sum + tokens, 0);
        expect(totals.tokens).toBe(guide);
      }),
    );
  });
});
