import { randomUUID } from 'node:crypto';
import { SessionEnded, SessionRequested, UsageBy, UsageReported } from '@vox/contracts';
import { crashes, settled, someWidgetKey, turns } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exceeding, nothing, plus } from './decide/amount.ts';
import { defaultBounds, possibleIn } from './decide/believable.ts';
import { countedIn, newBudget } from './decide/budget.ts';
import { reservationOf } from './decide/record.ts';
import {
  endOf,
  type Fixture,
  identity,
  noTokens,
  openFixture,
  reportOf,
  requestOf,
  responseOf,
} from './quota.fixture.ts';

const idOfCall = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
/** Every text in a document, with the path of its field. Places in a list and keys that are ids are left out. */
function textsIn(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return [`${path}: ${value}`.replace(idOfCall, 'id')];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, path));
  return Object.entries(value).flatMap(([name, each]) => [
    ...(/^[a-z]+$/i.test(name) ? [] : [`${path}{}: ${name}`.replace(idOfCall, 'id')]),
    ...textsIn(each, path === '' ? name : idOfCall.test(name) ? path : `${path}.${name}`),
  ]);
}

describe('what quota stores', () => {
  it('names no person, while its facts name who asked as the request does', async () => {
    const fixture = await openFixture();
    const denied = { ...identity, visitorId: `v_${'D'.repeat(22)}` };
    await fixture.request(randomUUID(), { identity: denied, agentId: 'nobody' });
    await fixture.request(randomUUID());
    expect(fixture.factsOf('session.denied')).toMatchObject([{ data: { identity: denied } }]);
    expect(fixture.factsOf('session.admitted')).toMatchObject([{ data: { identity } }]);
    const kept = JSON.stringify([await fixture.requests.all(9), await fixture.budgets.all(9)]);
    expect(kept).toContain(someWidgetKey);
    expect(kept).not.toMatch(/v_A|v_D/);
    await fixture.close();
  });

  it('is no personal datum at any step of a call: its texts are of tenant, provider or request', async () => {
    const fixture = await openFixture({ limits: { microsPerDay: 2_000_000 } });
    const sessionId = randomUUID();
    const brokeredId = randomUUID();
    const seen = new Set<string>();
    const step = async (work: Promise<unknown>): Promise<void> => {
      await work;
      const kept = [
        ...(await fixture.requests.all(99)),
        ...(await fixture.budgets.all(99)),
        ...(await fixture.usageDays.all(99)),
      ];
      for (const text of kept.flatMap(({ state }) => textsIn(state))) seen.add(text);
    };
    await step(fixture.request(sessionId));
    await step(fixture.request(randomUUID(), { agentId: 'nobody' }));
    await step(fixture.report(sessionId, 'resp_1', { audioOut: 9_000 }));
    await step(fixture.end(sessionId, 60));
    await step(fixture.report(sessionId, 'resp_2', { audioOut: 9_000 }));
    await step(fixture.request(brokeredId, { mode: 'brokered' }));
    await step(fixture.count(brokeredId, responseOf('resp_3', { audioOut: 9_000 })));
    const usage = { ...noTokens, seconds: 3 };
    await step(fixture.count(brokeredId, { kind: 'transcription', itemId: 'item_1', model: 'gpt-transcribe', usage }));
    await step(fixture.reset('request-1'));
    await step(fixture.sweep());
    const nobody = 'v_0000000000000000000000';
    const allowed = new RegExp(
      [
        'agentId: guide|model: gpt-realtime-2\\.1|voice: marin|tenantId: acme',
        'kind: (admitted|denied)|budgetKey: acme:widget:2026-05',
        `(pending.)?identity.(kind: widget|widgetKey: ${someWidgetKey}|visitorId: ${nobody})`,
        'denial.reason: unknown-agent|(reservation.|pending.)?day(s..)?: 2026-05-05',
        '(reservation.|pending.)settlement.crossed.(measure: dollars|period: (day|month))|told: [a-z0-9: -]*',
        'doubted\\.why: impossible|responseIds: (resp_[123]|utterance:item_1)|pending\\{\\}: id|mode: brokered',
        `places.place.(agentId: guide|widgetKey: ${someWidgetKey}|model: gpt-realtime-2\\.1)`,
        'resets.(id: request-1|day: 2026-05-05|by.(actor: operator:test|reason: a test|requestId: request-1))',
      ].join('|'),
    );
    const odd = [...seen].filter((text) => allowed.exec(text)?.[0] !== text);
    expect(odd).toEqual([]);
    expect([...seen].some((text) => text.endsWith(nobody))).toBe(true);
    expect([...seen]).toEqual(expect.arrayContaining(['mode: brokered', 'responseIds: utterance:item_1']));
    await fixture.close();
  });
});

type Step = Readonly<{ what: string; who: number; amount: number }>;

async function take(fixture: Fixture, { what, amount }: Step, id: string): Promise<void> {
  const { bus } = fixture;
  const again = { id: randomUUID() };
  if (what === 'ask') await bus.publish(SessionRequested, { ...requestOf(id), ...again });
  if (what === 'end') await bus.publish(SessionEnded, { ...endOf(id, amount % 900), ...again });
  if (what === 'use')
    await bus.publish(UsageReported, { ...reportOf(id, `r${amount % 5}`, { audioOut: amount }), ...again });
  if (what === 'lie')
    await bus.publish(UsageReported, { ...reportOf(id, `l${amount}`, { audioOut: 100_000_000 }), ...again });
  if (what === 'sweep') await fixture.sweep().catch(() => undefined);
  if (what === 'reset') await fixture.reset(`r${amount % 5}`).catch(() => undefined);
  if (what === 'wait') fixture.clock.advanceMs(amount % 7_000);
}

async function expectCapsHold({ budget, caps }: Fixture): Promise<void> {
  const known = await budget().catch(() => undefined);
  for (const [totals, cap] of [
    [known?.month, caps.month],
    [known?.days['2026-05-05'], caps.day],
  ] as const)
    if (totals !== undefined) expect(exceeding(plus(countedIn(totals), totals.reserved), cap)).toBeUndefined();
}

/**
 * At rest a budget counts exactly what the records hold and have booked, and nothing is pending. Answers what is open.
 */
async function expectBalance({ budget, requests }: Fixture): Promise<number> {
  const { month, pending } = (await budget()) ?? newBudget;
  const records = (await requests.all(100)).flatMap(({ state }) => reservationOf(state) ?? []);
  const open = records.filter(({ settlement }) => settlement === undefined);
  expect(pending).toEqual({});
  expect(month.reserved).toEqual(open.reduce((total, { amount }) => plus(total, amount), nothing));
  expect(month.settled).toEqual(
    records.reduce((total, { settlement }) => plus(total, settlement?.settled ?? nothing), nothing),
  );
  return open.length;
}

/** At rest usage counts what the budget has booked, and the same whatever it is grouped by; and nothing is pending. */
async function expectUsageCounted(fixture: Fixture): Promise<void> {
  const budget = await fixture.budget();
  for (const by of UsageBy.options) {
    const { rows, totals } = await fixture.usage({ by });
    const { sessions: _count, ...booked } = totals;
    expect(booked).toEqual(budget?.month.settled ?? nothing);
    const sum = (of: keyof typeof totals) => rows.reduce((total, row) => total + row[of], 0);
    expect({
      sessions: sum('sessions'),
      seconds: sum('seconds'),
      tokens: sum('tokens'),
      micros: sum('micros'),
    }).toEqual(totals);
  }
  for (const { state } of await fixture.usageDays.all(100)) expect(state.pending).toEqual({});
}

/** Each reset was told once, with what the budget credits for it, and nothing else is credited. */
async function expectResetsTold(fixture: Fixture): Promise<void> {
  const { month, days, resets = [] } = (await fixture.budget()) ?? newBudget;
  const credited = resets.reduce((total, each) => plus(total, each.credited), nothing);
  expect([month.credit ?? nothing, days['2026-05-05']?.credit ?? nothing]).toEqual([credited, credited]);
  expect(exceeding(credited, month.settled)).toBeUndefined();
  const told = new Map(fixture.factsOf('quota.usage-reset').map(({ data }) => [Object(data).requestId, data]));
  expect([...told.keys()].sort()).toEqual(resets.map(({ id }) => id).sort());
  for (const { id, credited, isTold } of resets) {
    expect(isTold).toBe(true);
    expect(told.get(id)).toMatchObject({ credited });
  }
}

/** Whatever was reported, no call took more than its longest can have used, or as long as the broker says it lasted. */
async function expectPossible({ requests }: Fixture): Promise<void> {
  for (const { state } of await requests.all(100)) {
    if (state.kind !== 'admitted') continue;
    const { price, maxSeconds, connectedSeconds, openingTokens = defaultBounds.openingTokens } = state;
    const most = possibleIn(price, Math.max(maxSeconds, connectedSeconds), openingTokens, defaultBounds);
    expect(exceeding(state.reported, most)).toBeUndefined();
  }
}

describe('quota', () => {
  it('keeps every cap, decides once and counts usage once, whatever is repeated, reordered, reset or crashes (I1, I3, I4)', async () => {
    const step = fc.record({
      what: fc.constantFrom('ask', 'ask', 'ask', 'end', 'end', 'use', 'lie', 'sweep', 'wait', 'reset'),
      who: fc.nat({ max: 7 }),
      amount: fc.nat({ max: 40_000 }),
    });
    const scenario = fc.tuple(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.array(fc.nat({ max: 300 }), { maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(scenario, async ([steps, crashing, lengths]) => {
        const crash = crashes(crashing);
        const limits = { microsPerDay: 2_000_000, microsPerMonth: 3_000_000 };
        const fixture = await openFixture({ copies: 2, crash: crash.step, turn: turns(lengths), limits });
        const ids = Array.from({ length: 8 }, () => randomUUID());
        for (const each of steps) {
          await take(fixture, each, ids[each.who] ?? '');
          await expectCapsHold(fixture);
        }
        await settled(fixture.bus);
        crash.over();
        await settled(fixture.bus);
        await expectCapsHold(fixture);
        fixture.clock.advanceMs(20_000);
        await fixture.sweep();
        await expectBalance(fixture);
        await expectCapsHold(fixture);
        await expectPossible(fixture);
        fixture.clock.advanceMs(3_600_000);
        await fixture.sweep();
        fixture.clock.advanceMs(20_000);
        await fixture.sweep();
        expect(await expectBalance(fixture)).toBe(0);
        await expectUsageCounted(fixture);
        await expectResetsTold(fixture);
        const decisions = [...fixture.factsOf('session.admitted'), ...fixture.factsOf('session.denied')];
        const wanted = new Set(steps.filter(({ what }) => what === 'ask').map(({ who }) => `acme/${ids[who]}`));
        expect(decisions.map(({ subject }) => subject).sort()).toEqual([...wanted].sort());
        await fixture.close();
      }),
      { numRuns: 40 },
    );
  });
});
