import { randomUUID } from 'node:crypto';
import {
  AskSessionUsage,
  type Fact,
  makeFact,
  PolicyDocument,
  SessionDecision,
  SessionEnded,
  SessionRequested,
  UsageReported,
} from '@vox/contracts';
import { type MemoryBus, memoryBus } from '@vox/platform/bus';
import { countersIn } from '@vox/platform/store';
import { silentLog } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { crashes, crashingBus, settled, somePolicy, someWidgetKey, turns } from '@vox/testing';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { onSessionEnded } from './command/settle-session.ts';
import { exceeding, nothing, plus } from './decide/amount.ts';
import { defaultBounds, possibleIn } from './decide/believable.ts';
import { capsOf, newBudget } from './decide/budget.ts';
import { listPrices } from './decide/prices.ts';
import { heldBy } from './decide/record.ts';
import { memoryBudgets, memoryRequests } from './keep/memory.ts';
import { startQuota } from './service.ts';

const at = '2026-05-05T12:00:00.000Z';
const identity = { kind: 'widget' as const, widgetKey: someWidgetKey, visitorId: 'v_AAAAAAAAAAAAAAAAAAAAAA' };
const head = (id: string) => ({ id, source: 'test', at: new Date(at) });
const asked = (sessionId: string, over: object = {}): Fact<typeof SessionRequested> =>
  makeFact(SessionRequested, head(`requested:${sessionId}`), {
    tenantId: 'acme',
    sessionId,
    identity,
    deadlineAt: new Date(Date.parse(at) + 5_000).toISOString(),
    ...over,
  });
const ended = (sessionId: string, connectedSeconds: number) =>
  makeFact(SessionEnded, head(`ended:${sessionId}`), {
    tenantId: 'acme',
    sessionId,
    identity,
    reason: 'client',
    grantedAt: at,
    endedAt: at,
    connectedSeconds,
  });
const reported = (sessionId: string, responseId: string, audioOut: number) =>
  makeFact(UsageReported, head(`usage:${sessionId}:${responseId}:${audioOut}`), {
    tenantId: 'acme',
    sessionId,
    responseId,
    usage: { textIn: 0, textOut: 0, audioIn: 0, audioOut, cachedIn: 0 },
  });

const idOfCall = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
/** Every text in a document, with the path of its field; places in a list and keys of what is listed by id are left out. */
function textsIn(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return [`${path}: ${value}`.replace(idOfCall, 'id')];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, path));
  return Object.entries(value).flatMap(([name, each]) => [
    ...(/^[a-z]+$/i.test(name) ? [] : [`${path}{}: ${name}`.replace(idOfCall, 'id')]),
    ...textsIn(each, path === '' ? name : idOfCall.test(name) ? path : `${path}.${name}`),
  ]);
}

type Crash = (point: string) => void;
type Turn = () => Promise<unknown>;

/** Quota in `copies` copies on one store. `crash` is asked at every step of the stores, and around all that quota says, whether it happens now. */
type Options = { limits?: object; models?: string[]; copies?: number; crash?: Crash; turn?: Turn; bus?: MemoryBus };
async function openFixture(options: Options = {}) {
  const clock = stoppedClock(at);
  const bus = options.bus ?? memoryBus({ clock, retryMs: 1 });
  const { agents, ...like } = somePolicy({}, options.limits);
  const policy = { ...like, agents: agents.map((agent) => ({ ...agent, models: options.models ?? agent.models })) };
  const warned: object[] = [];
  const log = { ...silentLog, warn: (fields: object) => void warned.push(fields) };
  await bus.documents(PolicyDocument).put('acme', policy);
  const budgets = memoryBudgets({
    fault: (point) => options.crash?.(point),
    ...(options.turn && { turn: options.turn }),
  });
  const requests = memoryRequests({
    fault: (point) => options.crash?.(point),
    ...(options.turn && { turn: options.turn }),
  });
  const copies = await Promise.all(
    Array.from({ length: options.copies ?? 1 }, () =>
      startQuota({
        bus: crashingBus(bus, () => options.crash?.('bus')),
        budgets,
        requests,
        prices: listPrices,
        clock,
        log,
        sweepMs: 3_600_000,
      }),
    ),
  );
  const close = async (): Promise<void> => {
    await Promise.all(copies.map((copy) => copy.stop()));
    await bus.close();
  };
  const factsOf = (name: string) => bus.published().filter(({ type }) => type.startsWith(`vox.${name}.v`));
  const sweepAll = () => Promise.all(copies.map((copy) => copy.sweep()));
  return { bus, budgets, requests, clock, warned, close, sweepAll, factsOf, caps: capsOf(policy.limits.widget) };
}

describe('quota', () => {
  let fixture: Awaited<ReturnType<typeof openFixture>>;
  afterEach(() => fixture.close());

  it('tells who asked as the request says, and keeps nobody', async () => {
    fixture = await openFixture();
    const denied = { ...identity, visitorId: `v_${'D'.repeat(22)}` };
    await fixture.bus.publish(SessionRequested, asked(randomUUID(), { identity: denied, agentId: 'nobody' }));
    await fixture.bus.publish(SessionRequested, asked(randomUUID()));
    await settled(fixture.bus);
    expect(fixture.factsOf('session.denied')).toMatchObject([{ data: { identity: denied } }]);
    expect(fixture.factsOf('session.admitted')).toMatchObject([{ data: { identity } }]);
    const kept = JSON.stringify([await fixture.requests.all(9), await fixture.budgets.all(9)]);
    expect(kept).toContain(someWidgetKey);
    expect(kept).not.toMatch(/v_A|v_D/);
  });
  it('refuses a model from the day that the provider shuts it down, and warns of it once a day before', async () => {
    fixture = await openFixture({ models: ['gpt-realtime'] });
    const wish = async () => {
      const deadlineAt = new Date(fixture.clock.now().getTime() + 5_000).toISOString();
      await fixture.bus.publish(SessionRequested, asked(randomUUID(), { deadlineAt }));
      await settled(fixture.bus);
    };
    await wish();
    expect(fixture.warned).toEqual([]);
    fixture.clock.advanceMs(Date.parse('2027-01-19T12:00:00Z') - Date.parse(at));
    await wish();
    await wish();
    const warning = { tenantId: 'acme', model: 'gpt-realtime', endsAt: '2027-01-20T00:00:00.000Z' };
    expect(fixture.warned).toEqual([warning]);
    expect(fixture.factsOf('session.admitted')).toHaveLength(3);
    fixture.clock.advanceMs(12 * 3_600_000);
    await wish();
    expect(fixture.factsOf('session.denied')).toMatchObject([{ data: { denial: { reason: 'model-ended' } } }]);
  });
  it('holds no personal datum of a call, at any step of it: every text it keeps is the tenant’s, the provider’s or of the request', async () => {
    fixture = await openFixture({ limits: { microsPerDay: 2_000_000 } });
    const sessionId = randomUUID();
    const texts = async (): Promise<string[]> => {
      const kept = [...(await fixture.requests.all(99)), ...(await fixture.budgets.all(99))];
      return [...new Set(kept.flatMap(({ state }) => textsIn(state)))].sort();
    };
    const seen = new Set<string>();
    const step = async (publish: () => Promise<unknown>): Promise<void> => {
      await publish();
      await settled(fixture.bus);
      for (const text of await texts()) seen.add(text);
    };
    await step(() => fixture.bus.publish(SessionRequested, asked(sessionId)));
    await step(() => fixture.bus.publish(SessionRequested, asked(randomUUID(), { agentId: 'nobody' })));
    await step(() => fixture.bus.publish(UsageReported, reported(sessionId, 'resp_1', 9_000)));
    await step(() => fixture.bus.publish(SessionEnded, ended(sessionId, 60)));
    await step(() => fixture.bus.publish(UsageReported, reported(sessionId, 'resp_2', 9_000)));
    await step(() => fixture.sweepAll());
    const nobody = 'v_0000000000000000000000';
    const allowed = new RegExp(
      [
        'agentId: guide|model: gpt-realtime-2\\.1|voice: marin|tenantId: acme|kind: (admitted|denied)|budgetKey: acme:widget:2026-05',
        `(pending.)?identity.(kind: widget|widgetKey: ${someWidgetKey}|visitorId: ${nobody})`,
        'denial.reason: unknown-agent|(reservation.|pending.)?day(s..)?: 2026-05-05',
        '(reservation.|pending.)settlement.crossed.(measure: dollars|period: (day|month))|told: [a-z0-9: -]*',
        'doubted\\.why: impossible|responseIds: resp_[12]|pending\\{\\}: id',
      ].join('|'),
    );
    const odd = [...seen].filter((text) => allowed.exec(text)?.[0] !== text);
    expect(odd).toEqual([]);
    expect([...seen].some((text) => text.endsWith(nobody))).toBe(true);
  });
  it('admits what the budget holds, settles what was used, and gives the rest back', async () => {
    fixture = await openFixture();
    const id = randomUUID();
    await fixture.bus.publish(SessionRequested, asked(id));
    await settled(fixture.bus);
    expect(fixture.factsOf('session.admitted')).toMatchObject([
      { data: { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin', maxSeconds: 900 } },
    ]);
    await fixture.bus.publish(UsageReported, reported(id, 'r1', 100));
    await settled(fixture.bus);
    await fixture.bus.publish(UsageReported, reported(id, 'r1', 999));
    await settled(fixture.bus);
    expect(await fixture.bus.ask(AskSessionUsage, { tenantId: 'acme', sessionId: id })).toMatchObject({
      kind: 'known',
      used: { tokens: 100, micros: 6_400 },
    });
    expect(await fixture.bus.ask(AskSessionUsage, { tenantId: 'other', sessionId: id })).toEqual({
      kind: 'unknown',
      sessionId: id,
    });
    await fixture.bus.publish(SessionEnded, ended(id, 60));
    await settled(fixture.bus);
    // A minute of open microphone is 600 tokens at 32 dollars a million, more than was reported.
    expect(fixture.factsOf('quota.settled')).toMatchObject([
      { data: { settled: { tokens: 600, micros: 19_200, seconds: 60 }, uncovered: { micros: 0 } } },
    ]);
    expect((await fixture.budgets.read('acme:widget:2026-05'))?.month.reserved).toEqual({
      tokens: 0,
      micros: 0,
      seconds: 0,
    });
  });
  it.each([
    [{ agentId: 'nobody' }, { reason: 'unknown-agent' }],
    [{ model: 'gpt-9' }, { reason: 'model-not-allowed' }],
    [{ voice: 'nobody' }, { reason: 'voice-not-allowed' }],
    [{ deadlineAt: '2026-05-05T11:59:59.000Z' }, { reason: 'expired' }],
    [{ identity: { ...identity, widgetKey: 'w_acme_site_ffffffffffffffff' } }, { reason: 'key-revoked' }],
    [{ tenantId: 'nobody' }, { reason: 'unavailable' }],
  ])('answers %j with a denial, told to whoever waits and as a fact', async (over, denial) => {
    fixture = await openFixture();
    const waiting = fixture.bus.expect(SessionDecision, { timeoutMs: 2_000 });
    await fixture.bus.publish(SessionRequested, asked(randomUUID(), over), { replyTo: waiting.replyTo });
    expect(await waiting.answer).toMatchObject({ kind: 'denied', denial });
    await settled(fixture.bus);
    expect(fixture.factsOf('session.denied')).toMatchObject([{ data: { by: 'quota', denial } }]);
  });
  it('books what is reported after the end, once, and never past a cap', async () => {
    fixture = await openFixture({ limits: { microsPerDay: 1_500_000 } });
    const id = randomUUID();
    await fixture.bus.publish(SessionRequested, asked(id));
    await settled(fixture.bus);
    await fixture.bus.publish(SessionEnded, ended(id, 60));
    await settled(fixture.bus);
    // 1,000 audio tokens out are 64,000 micro-dollars; the clock had booked 19,200.
    for (const fact of [reported(id, 'r1', 1_000), { ...reported(id, 'r1', 1_000), id: 'again' }])
      await fixture.bus.publish(UsageReported, fact);
    await settled(fixture.bus);
    const day = async () => (await fixture.budgets.read('acme:widget:2026-05'))?.days['2026-05-05']?.settled.micros;
    const used = fixture.factsOf('quota.adjusted').at(-1)?.data as { settled: { micros: number } };
    expect(used.settled.micros).toBe(await day());
    expect(await day()).toBeGreaterThan(19_200);
    await fixture.bus.documents(PolicyDocument).put('acme', somePolicy({}, { microsPerDay: 1_000_000 }));
    await fixture.bus.publish(UsageReported, reported(id, 'r2', 90_000));
    await settled(fixture.bus);
    expect(await day()).toBe(1_000_000);
    const uncovered = fixture.factsOf('quota.adjusted').at(-1)?.data as { uncovered: { micros: number } };
    expect(uncovered.uncovered.micros).toBeGreaterThan(0);
  });
  it('gives back at once what was held for a request that is heard again too late', async () => {
    let crash: () => undefined = () => undefined;
    fixture = await openFixture({ crash: () => crash() });
    let steps = 0;
    // The hold is written; the decision is not.
    crash = () => {
      steps += 1;
      if (steps >= 4) throw new Error('crash');
      return undefined;
    };
    const id = randomUUID();
    await fixture.bus.publish(SessionRequested, asked(id));
    await expect.poll(() => steps).toBeGreaterThan(4);
    fixture.clock.advanceMs(6_000);
    crash = () => undefined;
    await settled(fixture.bus);
    await expect.poll(() => fixture.factsOf('session.denied').length).toBe(1);
    const held = async () => (await fixture?.budgets.read('acme:widget:2026-05'))?.month.reserved.micros;
    expect(await held()).toBe(0);
  });
  it('ends a call that outgrows its reservation when the budget has no more', async () => {
    fixture = await openFixture({ limits: { microsPerDay: 1_000_000, sessionSeconds: 60 } });
    // A minute holds 96,000 micro-dollars, and nine other calls hold all but a little of the rest.
    const ids = Array.from({ length: 10 }, () => randomUUID());
    for (const id of ids) await fixture.bus.publish(SessionRequested, asked(id));
    await settled(fixture.bus);
    expect(fixture.factsOf('session.admitted')).toHaveLength(10);
    fixture.clock.advanceMs(60_000);
    await fixture.bus.publish(UsageReported, reported(ids[0] ?? '', 'r1', 3_500));
    await settled(fixture.bus);
    expect(fixture.factsOf('security.report-doubted')).toEqual([]);
    expect(fixture.factsOf('quota.exceeded')).toMatchObject([
      { data: { measure: 'dollars', period: 'day', resetsAt: '2026-05-06T00:00:00.000Z' } },
    ]);
  });
  const admittedSeconds = () =>
    fixture.factsOf('session.admitted').map(({ data }) => (data as { maxSeconds: number }).maxSeconds);
  const doubts = () => fixture.factsOf('security.report-doubted').map(({ data }) => data);

  it('counts of a report that cannot be no more than can, keeps the rest as a claim, and leaves the day to others', async () => {
    fixture = await openFixture();
    const id = randomUUID();
    await fixture.bus.publish(SessionRequested, asked(id));
    await settled(fixture.bus);
    fixture.clock.advanceMs(10_000);
    await fixture.bus.publish(UsageReported, reported(id, 'r1', 100_000_000));
    await fixture.bus.publish(UsageReported, reported(id, 'r2', 100_000_000));
    await settled(fixture.bus);
    const usage = await fixture.bus.ask(AskSessionUsage, { tenantId: 'acme', sessionId: id });
    const { used } = usage as { used: { tokens: number; micros: number } };
    expect(used.tokens).toBeLessThan(15_000);
    expect(used.micros).toBeLessThan(500_000);
    const { tokens: believed } = used;
    expect(doubts()[0]).toMatchObject({ sessionId: id, why: 'impossible', believed: { tokens: believed } });
    expect(doubts()[0]).toMatchObject({ claimed: { tokens: 100_000_000 - believed } });
    expect(JSON.stringify(doubts())).not.toMatch(/v_|w_acme/);
    expect(await fixture.requests.read(id)).toMatchObject({ claimed: { tokens: 200_000_000 - believed } });
    await fixture.bus.publish(SessionRequested, asked(randomUUID(), { deadlineAt: '2026-05-05T12:01:00.000Z' }));
    await settled(fixture.bus);
    expect(admittedSeconds()).toEqual([900, 900]);
  });
  it('books what a call can have used, also above its share of the day, and ends that call and no other by it', async () => {
    fixture = await openFixture({ limits: { sessionSeconds: 300 } });
    const id = randomUUID();
    await fixture.bus.publish(SessionRequested, asked(id));
    await settled(fixture.bus);
    fixture.clock.advanceMs(290_000);
    const report = async (n: number) => {
      await fixture.bus.publish(UsageReported, reported(id, `r${n}`, 20_000));
      await settled(fixture.bus);
    };
    for (let n = 0; n < 3; n += 1) await report(n);
    expect(fixture.factsOf('quota.exceeded')).toEqual([]);
    for (let n = 3; n < 8; n += 1) await report(n);
    const usage = await fixture.bus.ask(AskSessionUsage, { tenantId: 'acme', sessionId: id });
    expect(usage).toMatchObject({ used: { tokens: 160_000 }, day: { used: { tokens: 160_000 } } });
    expect(doubts()).toEqual([]);
    expect(fixture.factsOf('quota.exceeded')).toMatchObject([{ data: { sessionId: id, period: 'day' } }]);
    await fixture.bus.publish(SessionEnded, ended(id, 290));
    await settled(fixture.bus);
    expect(fixture.factsOf('quota.settled')).toMatchObject([{ data: { settled: { tokens: 160_000 } } }]);
    await fixture.bus.publish(SessionRequested, asked(randomUUID(), { deadlineAt: '2026-05-05T12:05:00.000Z' }));
    await settled(fixture.bus);
    expect(admittedSeconds()).toEqual([300, 300]);
  });
  it('lets a direct call go on whose instructions are heard again with an answer each ten seconds, mostly from the cache', async () => {
    fixture = await openFixture({ limits: { sessionSeconds: 900 } });
    const id = randomUUID();
    await fixture.bus.publish(SessionRequested, asked(id));
    await settled(fixture.bus);
    for (let n = 1; n <= 35; n += 1) {
      fixture.clock.advanceMs(10_000);
      // Five seconds of each side a turn.
      const said = (n - 1) * 150 + 50;
      const usage = {
        textIn: 500,
        textOut: 20,
        audioIn: said,
        audioOut: 100,
        cachedIn: Math.floor(0.9 * (500 + said)),
      };
      const data = { tenantId: 'acme', sessionId: id, responseId: `r${n}`, usage };
      await fixture.bus.publish(UsageReported, makeFact(UsageReported, head(`usage:${id}:${n}`), data));
      await settled(fixture.bus);
    }
    expect([fixture.factsOf('quota.exceeded'), doubts()]).toEqual([[], []]);
  });
  it('keeps no more ids of responses than a call can have, however long they are', async () => {
    fixture = await openFixture();
    const id = randomUUID();
    await fixture.bus.publish(SessionRequested, asked(id));
    await settled(fixture.bus);
    for (let n = 0; n < 140; n += 1)
      await fixture.bus.publish(UsageReported, reported(id, `${n}-${'x'.repeat(120)}`, 0));
    await settled(fixture.bus);
    const record = await fixture.requests.read(id);
    const ids = record?.kind === 'admitted' ? record.responseIds : [];
    expect(ids).toHaveLength(125);
    expect(Math.max(...ids.map(({ length }) => length))).toBe(44);
    expect(doubts()[0]).toMatchObject({ why: 'impossible' });
  });
  it('tells each threshold once in its period, and again when the limit was raised', async () => {
    fixture = await openFixture({ limits: { microsPerDay: 100_000 } });
    const spend = async (audioOut: number) => {
      const id = randomUUID();
      await fixture.bus.publish(SessionRequested, asked(id));
      await settled(fixture.bus);
      await fixture.bus.publish(UsageReported, reported(id, 'r1', audioOut));
      await settled(fixture.bus);
      await fixture.bus.publish(SessionEnded, ended(id, 0));
      await settled(fixture.bus);
    };
    const told = () =>
      fixture.factsOf('quota.threshold').map(({ data }) => {
        const { period, measure, percent, limit } = data as Record<string, unknown>;
        return [period, measure, percent, limit];
      });
    await spend(800);
    expect(told()).toEqual([['day', 'dollars', 50, 100_000]]);
    await spend(100);
    expect(told()).toHaveLength(1);
    await fixture.bus.documents(PolicyDocument).put('acme', somePolicy({}, { microsPerDay: 110_000 }));
    await spend(10);
    expect(told().slice(1)).toEqual([['day', 'dollars', 50, 110_000]]);
  });
  it('gives the last dollar to exactly as many calls as it pays for, over two copies at once', async () => {
    fixture = await openFixture({ copies: 2, limits: { microsPerDay: 1_440_000 * 3 } });
    await Promise.all(Array.from({ length: 100 }, () => fixture.bus.publish(SessionRequested, asked(randomUUID()))));
    await settled(fixture.bus);
    expect(fixture.factsOf('session.admitted')).toHaveLength(3);
    expect(fixture.factsOf('session.denied')).toHaveLength(97);
  });
  it('books a call once, though a copy sleeps between asking its record and writing, while others book it and go on', async () => {
    fixture = await openFixture();
    const [id, other] = [randomUUID(), randomUUID()];
    await fixture.bus.publish(SessionRequested, asked(id));
    await settled(fixture.bus);
    const { bus, budgets, requests, clock } = fixture;
    const asleep = Promise.withResolvers<void>();
    let reads = 0;
    const read = async (key: string) => {
      const record = await requests.read(key);
      reads += 1;
      // The first tells which budget it is; what the second says is decided on.
      if (reads === 2) await asleep.promise;
      return record;
    };
    const needs = {
      bus,
      clock,
      prices: listPrices,
      log: silentLog,
      policies: { get: () => somePolicy() },
      warnOfEnd: () => undefined,
      bounds: defaultBounds,
    };
    const sleeper = onSessionEnded({
      ...needs,
      budgets: countersIn(budgets, newBudget),
      requests: { ...requests, read },
    });
    const sleeping = sleeper(ended(id, 60));
    await expect.poll(() => reads).toBe(2);
    await bus.publish(SessionEnded, ended(id, 60));
    await settled(bus);
    await bus.publish(SessionRequested, asked(other));
    await settled(bus);
    expect(Object.keys((await budgets.read('acme:widget:2026-05'))?.pending ?? {})).toEqual([other]);
    asleep.resolve();
    await sleeping;
    expect((await budgets.read('acme:widget:2026-05'))?.month.settled).toEqual({
      tokens: 600,
      micros: 19_200,
      seconds: 60,
    });
  });
  it('keeps every cap and decides once, whatever is repeated, reordered or crashes at any step (I1, I3)', async () => {
    const step = fc.record({
      what: fc.constantFrom('ask', 'ask', 'ask', 'end', 'use', 'lie', 'sweep', 'wait'),
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
        const own = await openFixture({
          copies: 2,
          crash: crash.step,
          turn: turns(lengths),
          limits: { microsPerDay: 2_000_000, microsPerMonth: 3_000_000 },
        });
        const ids = Array.from({ length: 8 }, () => randomUUID());
        const capsHold = async (): Promise<void> => {
          const budget = await own.budgets.read('acme:widget:2026-05').catch(() => undefined);
          for (const [held, cap] of [
            [budget?.month, own.caps.month],
            [budget?.days['2026-05-05'], own.caps.day],
          ] as const)
            if (held !== undefined) expect(exceeding(plus(held.settled, held.reserved), cap)).toBeUndefined();
        };
        for (const { what, who, amount } of steps) {
          const id = ids[who] ?? '';
          if (what === 'ask') await own.bus.publish(SessionRequested, { ...asked(id), id: randomUUID() });
          if (what === 'end') await own.bus.publish(SessionEnded, { ...ended(id, amount % 900), id: randomUUID() });
          if (what === 'use')
            await own.bus.publish(UsageReported, { ...reported(id, `r${amount % 5}`, amount), id: randomUUID() });
          if (what === 'lie')
            await own.bus.publish(UsageReported, { ...reported(id, `l${amount}`, 100_000_000), id: randomUUID() });
          if (what === 'sweep') await own.sweepAll().catch(() => undefined);
          if (what === 'wait') own.clock.advanceMs(amount % 7_000);
          await capsHold();
        }
        await settled(own.bus);
        crash.over();
        await settled(own.bus);
        await capsHold();
        own.clock.advanceMs(20_000);
        await own.sweepAll();
        // At rest a budget counts exactly what the records hold and have booked, and nothing is under way.
        const balances = async () => {
          const { month, pending } = (await own.budgets.read('acme:widget:2026-05')) ?? newBudget;
          const records = (await own.requests.all(100)).flatMap(({ state }) => heldBy(state) ?? []);
          const open = records.filter(({ settlement }) => settlement === undefined);
          expect(pending).toEqual({});
          expect(month.reserved).toEqual(open.reduce((total, { amount }) => plus(total, amount), nothing));
          expect(month.settled).toEqual(
            records.reduce((total, { settlement }) => plus(total, settlement?.settled ?? nothing), nothing),
          );
          return open.length;
        };
        await balances();
        await capsHold();
        // Whatever was said and lied, no call took more than its longest can have used.
        for (const { state } of await own.requests.all(100)) {
          if (state.kind !== 'admitted') continue;
          const { price, maxSeconds, openingTokens = defaultBounds.openingTokens } = state;
          const most = possibleIn(price, maxSeconds, openingTokens, defaultBounds);
          expect(exceeding(state.reported, most)).toBeUndefined();
        }
        own.clock.advanceMs(3_600_000);
        await own.sweepAll();
        own.clock.advanceMs(20_000);
        await own.sweepAll();
        expect(await balances()).toBe(0);
        const decided = [...own.factsOf('session.admitted'), ...own.factsOf('session.denied')].map(
          ({ subject }) => subject,
        );
        const wanted = new Set(steps.filter(({ what }) => what === 'ask').map(({ who }) => `acme/${ids[who]}`));
        expect([...decided].sort()).toEqual([...wanted].sort());
        await own.close();
      }),
      { numRuns: 40 },
    );
  });
});
