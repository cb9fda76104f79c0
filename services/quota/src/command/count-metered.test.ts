import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Fact, type ProviderCount, readUsage, SessionUsage, UsageMetered, UsageReported } from '@vox/contracts';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { budgetOfMay, countOf, type Fixture, noTokens, openFixture, reportOf, responseOf } from '../quota.fixture.ts';

type Case = { name: string; model: string; usage?: unknown; events?: { usage: { seconds: number } }[] } & Used;
type Used = { tokens?: number; seconds?: number; micros: number };
const file = new URL('../decide/usage-cases.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };

let fixture: Fixture;
let id: string;
beforeEach(() => {
  id = randomUUID();
});
afterEach(() => fixture.close());

const models = ['gpt-realtime-2.1', 'gpt-realtime-2.1-mini', 'gpt-live-1'];
const brokered = { mode: 'brokered' };
async function call(over: object = {}, limits: object = {}): Promise<void> {
  fixture = await openFixture({ models, limits });
  await fixture.request(id, { ...brokered, ...over });
}
const usage = async () => {
  const known = await fixture.usageOf(id);
  if (known.kind !== 'known') throw new RangeError('unknown');
  return known;
};
const utteranceOf = (itemId: string, model: string, used: object): ProviderCount => ({
  kind: 'transcription',
  itemId,
  model,
  usage: { ...noTokens, ...used },
});
const exceeded = () => fixture.factsOf('quota.exceeded').map(({ data }) => data);

/** What a watch publishes of a case, and the model of the call that it is of. */
function countsOf({ model, usage: payload, events }: Case): Readonly<{ model: string; counts: ProviderCount[] }> {
  if (events !== undefined) return { model, counts: events.map((each) => ({ kind: 'seconds', ...each.usage })) };
  const { usage } = readUsage(payload);
  if (usage.seconds !== undefined) return { model: 'gpt-realtime-2.1', counts: [utteranceOf('item_1', model, usage)] };
  return { model, counts: [{ kind: 'response', responseId: 'resp_1', usage }] };
}

describe('what a provider counts of a brokered call', () => {
  it.each(cases.map((each) => [each.name, each] as const))('is settled as the case says: %s', async (_name, each) => {
    const { model, counts } = countsOf(each);
    await call({ model });
    for (const counted of counts) await fixture.count(id, counted, 2);
    await fixture.end(id, 2);
    const right = { tokens: each.tokens ?? 0, micros: each.micros, seconds: each.seconds ?? 2 };
    expect(fixture.factsOf('quota.settled')).toMatchObject([{ data: { settled: right, uncovered: { micros: 0 } } }]);
    expect((await usage()).used).toEqual(right);
  });

  it('counts each response once, whatever else a repeat says, and no open microphone beside it', async () => {
    await call();
    // 0.4 micro-dollars each, and a micro-dollar as each is rounded up by itself.
    for (const name of ['r1', 'r2', 'r3']) await fixture.count(id, responseOf(name, { textIn: 1, cachedIn: 1 }));
    const again = { ...countOf(id, responseOf('r1', { audioOut: 900 })), id: 'another fact' };
    await fixture.bus.publish(UsageMetered, again);
    await settled(fixture.bus);
    await fixture.end(id, 60);
    expect((await usage()).used).toEqual({ tokens: 3, micros: 3, seconds: 60 });
  });

  it('is counted whole, however much it is, and doubted in nothing', async () => {
    await call({}, { tokensPerDay: 10_000_000, microsPerDay: 1_000_000_000 });
    await fixture.count(id, responseOf('r1', { audioOut: 1_000_000 }));
    expect((await usage()).used).toEqual({ tokens: 1_000_000, micros: 64_000_000, seconds: 1 });
    expect(fixture.factsOf('security.report-doubted')).toEqual([]);
  });

  it('counts an utterance at the price of the model that wrote it down, and never as free', async () => {
    await call();
    await fixture.count(id, utteranceOf('item_1', 'gpt-live-transcribe', { seconds: 60 }));
    expect((await usage()).used).toEqual({ tokens: 0, micros: 17_000, seconds: 1 });
    // Nobody knows a price of this one: ten tokens are a second of the dearest.
    await fixture.count(id, utteranceOf('item_2', 'gpt-transcribe', { audioIn: 500, textOut: 100 }));
    await fixture.count(id, utteranceOf('item_2', 'gpt-transcribe', { audioIn: 500, textOut: 100 }));
    expect((await usage()).used).toEqual({ tokens: 600, micros: 34_000, seconds: 1 });
  });

  it('of a call that is billed by time is its largest total, and the least of a session once it has begun', async () => {
    await call({ model: 'gpt-live-1' });
    expect((await usage()).used).toEqual({ tokens: 0, micros: 0, seconds: 0 });
    await fixture.count(id, { kind: 'seconds', seconds: 0 }, 0);
    expect((await usage()).used).toEqual({ tokens: 0, micros: 12_500, seconds: 15 });
    for (const seconds of [61.25, 30, 61.25]) await fixture.count(id, { kind: 'seconds', seconds }, 90);
    expect((await usage()).used).toEqual({ tokens: 0, micros: 51_042, seconds: 62 });
  });

  it('charges the least of a session that is connected, though no total of it was heard', async () => {
    await call({ model: 'gpt-live-1' });
    await fixture.end(id, 4);
    expect(fixture.factsOf('quota.settled')).toMatchObject([{ data: { settled: { micros: 12_500, seconds: 15 } } }]);
  });

  it('is nothing for a direct call, of which nobody hears the provider', async () => {
    await call({ mode: 'direct' });
    await fixture.count(id, responseOf('r1', { audioOut: 900 }), 0);
    await fixture.count(id, { kind: 'seconds', seconds: 60 }, 0);
    await fixture.count(id, utteranceOf('item_1', 'gpt-live-transcribe', { seconds: 60 }), 0);
    expect((await usage()).used).toEqual({ tokens: 0, micros: 0, seconds: 0 });
  });

  it('of another tenant’s call is not counted', async () => {
    await call();
    const { data, ...head } = countOf(id, responseOf('r1', { audioOut: 900 }));
    const others: Fact<typeof UsageMetered> = { ...head, data: { ...data, tenantId: 'other' } };
    await fixture.bus.publish(UsageMetered, others);
    await settled(fixture.bus);
    expect((await usage()).used).toEqual({ tokens: 0, micros: 0, seconds: 0 });
  });

  it('is booked also when it is heard after the call was settled, once', async () => {
    await call();
    await fixture.end(id, 30);
    await fixture.count(id, responseOf('r1', { audioOut: 1_000 }), 30);
    await fixture.bus.publish(UsageMetered, { ...countOf(id, responseOf('r1', { audioOut: 1_000 }), 30), id: 'again' });
    await settled(fixture.bus);
    const booked = { tokens: 1_000, micros: 64_000, seconds: 30 };
    expect(fixture.factsOf('quota.adjusted').at(-1)).toMatchObject({ data: { settled: booked } });
    expect((await fixture.budget())?.month.settled).toEqual(booked);
    expect((await fixture.usage()).totals).toEqual({ sessions: 1, ...booked });
  });
});

describe('a brokered call', () => {
  it('is admitted as brokered, and a direct one as direct', async () => {
    await call();
    await fixture.request(randomUUID());
    const modes = fixture.factsOf('session.admitted').map(({ data }) => (data as { mode?: string }).mode);
    expect(modes).toEqual(['brokered', undefined]);
    expect(await fixture.requests.read(id)).toMatchObject({ kind: 'admitted', mode: 'brokered' });
  });

  it('is changed by no report of its browser, whose report is answered with what is left', async () => {
    await call();
    await fixture.count(id, responseOf('r1', { audioOut: 100 }), 9);
    const before = await fixture.requests.read(id);
    const waiting = fixture.bus.expect(SessionUsage, { timeoutMs: 2_000 });
    const lie = reportOf(id, 'r2', { audioOut: 100_000_000 });
    await fixture.bus.publish(UsageReported, lie, { replyTo: waiting.replyTo });
    expect(await waiting.answer).toEqual(await fixture.usageOf(id));
    const used = { tokens: 100, micros: 6_400, seconds: 9 };
    const answer = await usage();
    expect(answer).toMatchObject({ used, day: { used, tokensLimit: 300_000, microsLimit: 20_000_000 } });
    expect(answer.remaining).toMatchObject({ tokens: 299_900, micros: 19_993_600 });
    await settled(fixture.bus);
    expect(await fixture.requests.read(id)).toEqual(before);
    expect([exceeded(), fixture.factsOf('security.report-doubted')]).toEqual([[], []]);
  });

  it('has more held for it as it is counted, and ends when the budget has no more', async () => {
    await call({}, { sessionSeconds: 60, microsPerDay: 1_000_000, tokensPerDay: 100_000 });
    await fixture.count(id, responseOf('r1', { audioOut: 3_000 }));
    expect((await fixture.budget())?.month.reserved.micros).toBeGreaterThan(192_000);
    expect(exceeded()).toEqual([]);
    await fixture.count(id, responseOf('r2', { audioOut: 30_000 }));
    expect(exceeded()).toMatchObject([{ sessionId: id, period: 'day', measure: 'dollars' }]);
    await fixture.end(id, 60);
    const [{ data } = { data: {} }] = fixture.factsOf('quota.settled');
    expect(data).toMatchObject({ settled: { micros: 1_000_000 }, uncovered: { micros: 33_000 * 64 - 1_000_000 } });
  });

  it('ends also below its share of the day, when others hold the rest of it', async () => {
    await call({}, { sessionSeconds: 60, microsPerDay: 1_000_000 });
    for (let n = 0; n < 9; n += 1) await fixture.request(randomUUID(), brokered);
    await fixture.count(id, responseOf('r1', { audioOut: 2_000 }));
    expect(exceeded()).toEqual([]);
    await fixture.count(id, responseOf('r2', { audioOut: 500 }));
    expect(exceeded()).toMatchObject([{ sessionId: id, period: 'day', measure: 'dollars' }]);
    await fixture.end(id, 60);
    const [{ data } = { data: {} }] = fixture.factsOf('quota.settled');
    expect(data).toMatchObject({ settled: { micros: 136_000 }, uncovered: { micros: 24_000 } });
  });

  it('ends when it takes its share of a day, and leaves the rest to others', async () => {
    await call({}, { sessionSeconds: 60 });
    await fixture.count(id, responseOf('r1', { audioOut: 78_000 }));
    expect(exceeded()).toEqual([]);
    await fixture.count(id, responseOf('r2', { audioOut: 200 }));
    expect(exceeded()).toMatchObject([{ sessionId: id, period: 'day', measure: 'dollars' }]);
    await fixture.request(randomUUID(), brokered);
    expect(fixture.factsOf('session.admitted')).toHaveLength(2);
  });

  it('ends at its share while it waits for the budget', async () => {
    let isDown = false;
    const crash = (_point: string, key?: string): void => {
      if (isDown && key === budgetOfMay) throw new Error('the budget gives no answer');
    };
    fixture = await openFixture({ models, limits: { sessionSeconds: 60 }, crash });
    await fixture.request(id, brokered);
    isDown = true;
    await fixture.bus.publish(UsageMetered, countOf(id, responseOf('r1', { audioOut: 78_200 })));
    await expect.poll(exceeded).toMatchObject([{ sessionId: id, period: 'day', measure: 'dollars' }]);
    isDown = false;
    await settled(fixture.bus);
    expect((await usage()).used.micros).toBe(78_200 * 64);
  });

  it('that is billed by time ends at its share too', async () => {
    await call({ model: 'gpt-live-1' }, { sessionSeconds: 60, microsPerDay: 400_000 });
    await fixture.count(id, { kind: 'seconds', seconds: 119 });
    expect(exceeded()).toEqual([]);
    await fixture.count(id, { kind: 'seconds', seconds: 121 });
    expect(exceeded()).toMatchObject([{ sessionId: id, period: 'day', measure: 'dollars' }]);
  });
});
