import { randomUUID } from 'node:crypto';
import {
  CreateWidgetKey,
  type Fact,
  type KeyAging,
  ListWidgetKeys,
  makeFact,
  ReadWidgetKeyUsage,
  RevokeWidgetKey,
  RotateWidgetKey,
  SessionGranted,
} from '@vox/contracts';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuthOnTwins, authOnTwins, origin } from '../auth.fixture.ts';

const dayMs = 86_400_000;
const of = { tenantId: 'acme', actor: 'test' };
let fixture: AuthOnTwins;
beforeEach(async () => {
  fixture = await authOnTwins({ copies: 2 });
  await fixture.putTenant();
});
afterEach(() => fixture.close());

const call = { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin', maxSeconds: 9, idleSeconds: 9 };
function granted(widgetKey: string, sessionId: string = randomUUID()) {
  const at = fixture.clock.now();
  const identity = { kind: 'widget', widgetKey, visitorId: `v_${'x'.repeat(22)}` } as const;
  const times = { grantedAt: at.toISOString(), endsAt: at.toISOString() };
  const head = { id: `granted:${sessionId}`, source: 'session-broker', at };
  return makeFact(SessionGranted, head, { tenantId: 'acme', sessionId, identity, ...call, ...times });
}
const use = async (widgetKey: string, times = 1): Promise<void> => {
  for (let n = 0; n < times; n += 1) await fixture.bus.publish(SessionGranted, granted(widgetKey));
  await settled(fixture.bus);
};
const usageOf = (widgetKey: string, days = 3) =>
  fixture.bus.ask(ReadWidgetKeyUsage, { tenantId: 'acme', widgetKey, days });
const aging = () =>
  fixture.bus.published().flatMap(({ type, data }) => {
    const { kind, keyId, cause } = data as KeyAgingData;
    return type.includes('key-aging') ? [`${kind} ${keyId} ${cause}`] : [];
  });
type KeyAgingData = Fact<typeof KeyAging>['data'];
/** The survey runs once an hour: each day brings one. */
async function pass(days: number): Promise<void> {
  for (let n = 0; n < days; n += 1) {
    fixture.clock.advanceMs(dayMs);
    const nowMs = fixture.clock.now().getTime();
    await expect
      .poll(async () => (await fixture.keyAges.all(9)).some(({ state }) => nowMs - state.seenMs < dayMs), {
        interval: 2,
      })
      .toBe(true);
  }
}

describe('a widget key', () => {
  it('that turns 90 days old is told once, by however many copies, and a used one is not called unused', async () => {
    const { widgetKey } = await fixture.createKey();
    await pass(89);
    await use(widgetKey);
    expect(aging()).toEqual([]);
    await pass(2);
    await expect.poll(aging).toEqual([`widget-key ${widgetKey} old`]);
    await pass(3);
    expect(aging()).toEqual([`widget-key ${widgetKey} old`]);
  });
  it('that nobody used for 90 days is told once, and one that is revoked not at all', async () => {
    const [{ widgetKey }, dead] = [await fixture.createKey(), await fixture.createKey()];
    await use(widgetKey);
    await fixture.bus.ask(RevokeWidgetKey, { ...of, widgetKey: dead.widgetKey });
    await pass(91);
    await expect.poll(() => aging().sort()).toEqual([`widget-key ${widgetKey} old`, `widget-key ${widgetKey} unused`]);
  });
  it('from before its making was kept counts from the day on which it was first seen', async () => {
    const { widgetKey } = await fixture.createKey();
    await fixture.tenants.update('acme', (known) => {
      if (known === undefined) throw new Error('no tenant');
      const keys = known.keys.map(({ createdAt: _, environment: __, ...older }) => older);
      return { result: undefined, state: { ...known, keys } as never };
    });
    const [key] = (await fixture.bus.ask(ListWidgetKeys, { tenantId: 'acme' })).widgetKeys;
    expect(key).toMatchObject({ createdAt: null, environment: 'production', ageDays: 0 });
    await pass(91);
    await expect.poll(() => aging().sort()).toEqual([`widget-key ${widgetKey} old`, `widget-key ${widgetKey} unused`]);
  });
});

describe('the use of a widget key', () => {
  it('is counted by day, each call once however often it is told, and not for another key', async () => {
    const [{ widgetKey }, other] = [await fixture.createKey(), await fixture.createKey()];
    const again = granted(widgetKey);
    await fixture.bus.publish(SessionGranted, again);
    await use(widgetKey, 4);
    fixture.clock.advanceMs(dayMs);
    // The dedupe window of the bus is long over.
    await fixture.bus.publish(SessionGranted, again);
    await use(widgetKey, 2);
    expect((await usageOf(widgetKey)).days.map(({ granted }) => granted)).toEqual([0, 5, 2]);
    expect((await usageOf(other.widgetKey)).days.map(({ granted }) => granted)).toEqual([0, 0, 0]);
    const { lastUsedAt } = await usageOf(widgetKey);
    expect(lastUsedAt).toBe(fixture.clock.now().toISOString());
  });
  it('stands for 90 days, with the calls themselves forgotten once no fact of them can come again', async () => {
    const { widgetKey } = await fixture.createKey();
    await use(widgetKey, 3);
    await pass(10);
    await expect.poll(async () => (await fixture.keyDays.all(20)).flatMap(({ state }) => state.calls)).toEqual([]);
    expect((await usageOf(widgetKey, 11)).days[0]?.granted).toBe(3);
    await pass(82);
    await expect.poll(() => fixture.keyDays.all(1)).toEqual([]);
  });
  it('is shown of the tenant’s own keys alone', async () => {
    await fixture.putTenant({ tenantId: 'other' });
    const { widgetKey } = await fixture.createKey();
    const asked = fixture.bus.ask(ReadWidgetKeyUsage, { tenantId: 'other', widgetKey });
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the list of widget keys', () => {
  it('says of each its environment, age, end and state, and is filtered and paged', async () => {
    const expiresAt = new Date(fixture.clock.now().getTime() + 2 * dayMs).toISOString();
    const make = (over: object) =>
      fixture.bus.ask(CreateWidgetKey, { ...of, label: 'site', origins: [origin], ...over });
    const { widgetKey: dev } = await make({ environment: 'dev', expiresAt });
    const { widgetKey: dead } = await make({});
    const { widgetKey: rotated } = await make({ environment: 'staging' });
    await fixture.bus.ask(RevokeWidgetKey, { ...of, widgetKey: dead });
    await fixture.bus.ask(RotateWidgetKey, { ...of, widgetKey: rotated, graceSeconds: 60, expiresAt });
    fixture.clock.advanceMs(dayMs);
    const all = (await fixture.bus.ask(ListWidgetKeys, { tenantId: 'acme' })).widgetKeys;
    const stateOf = (key: string) => all.find(({ widgetKey }) => widgetKey === key);
    expect(stateOf(dev)).toMatchObject({ environment: 'dev', state: 'expiring', expiresAt, ageDays: 1 });
    expect(stateOf(dead)).toMatchObject({ environment: 'production', state: 'revoked' });
    expect(stateOf(rotated)).toMatchObject({ environment: 'staging', state: 'expired' });
    expect(all.map(({ state }) => state).sort()).toEqual(['expired', 'expiring', 'expiring', 'revoked']);
    const staged = await fixture.bus.ask(ListWidgetKeys, {
      tenantId: 'acme',
      environment: 'staging',
      state: 'expiring',
    });
    expect(staged.widgetKeys).toHaveLength(1);
    const first = await fixture.bus.ask(ListWidgetKeys, { tenantId: 'acme', limit: 3 });
    const rest = await fixture.bus.ask(ListWidgetKeys, { tenantId: 'acme', after: first.next ?? undefined });
    expect([...first.widgetKeys, ...rest.widgetKeys]).toEqual(all);
    expect(rest.next).toBeNull();
  });
});

it('a widget key is not made or rotated with an end that is past', async () => {
  const expiresAt = fixture.clock.now().toISOString();
  const { widgetKey } = await fixture.createKey();
  for (const asked of [
    fixture.bus.ask(CreateWidgetKey, { ...of, label: 'site', origins: [origin], expiresAt }),
    fixture.bus.ask(RotateWidgetKey, { ...of, widgetKey, graceSeconds: 0, expiresAt }),
  ])
    await expect(asked).rejects.toMatchObject({ code: 'INVALID_REQUEST', answer: { issues: [{ path: 'expiresAt' }] } });
});
