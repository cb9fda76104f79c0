import { setTimeout as pause } from 'node:timers/promises';
import { CreateWidgetKey, ListSessions, RevokeWidgetKey, SetKillSwitch, SetTenantStatus } from '@vox/contracts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Answer, type Shop, shopOn } from '../../stack/visitor.ts';
import { hostileStack, seldom, soon, statuses, times, traffic, wide } from './harness.ts';

const { isOpen, stack, factsOf } = await hostileStack(seldom);
/** Of each way; together two hundred. */
const tries = 50;
const mostMs = 1_000;
/** The pause of the visitors beside it: what is measured is the withdrawal, not how long a full store keeps it waiting. */
const betweenCallsMs = 500;
/** An operator waits for an answer under load. */
const patient = { timeoutMs: 10_000 };
const origin = 'https://shop.example';
/**
 * With it a request for a call is refused behind all that a withdrawal closes, and before anything waits for a store: it
 * is asked often, and waits for nothing but the door.
 */
const unfit = { 'idempotency-key': 'x'.repeat(1_000) };

/** The time within which 99 of 100 were over. */
const p99 = (delaysMs: readonly number[]): number =>
  [...delaysMs].sort((a, b) => a - b)[Math.ceil(delaysMs.length * 0.99) - 1] ?? Number.POSITIVE_INFINITY;

/**
 * Asks both copies again and again until both agree. It pauses between two questions, or the asking would be the load
 * under which it measures. Answers when that was.
 */
async function untilBoth(ask: () => Promise<boolean>): Promise<number> {
  const since = performance.now();
  for (let inRow = 0; ; ) {
    inRow = (await ask()) ? inRow + 1 : 0;
    if (inRow >= stack.urls.length) return performance.now();
    if (performance.now() - since > 10_000) return Number.POSITIVE_INFINITY;
    await pause(20);
  }
}

/** One way to withdraw what allows calls, and to restore it before the next try. */
type Way = Readonly<{
  code: string;
  reason: string;
  key: (shop: Shop, n: number) => Promise<string>;
  take: (shop: Shop, widgetKey: string) => Promise<unknown>;
  give: (shop: Shop, widgetKey: string) => Promise<unknown>;
}>;
const ownKey = async ({ widgetKey }: Shop): Promise<string> => widgetKey;
const setStatus =
  (status: 'active' | 'suspended') =>
  ({ tenantId }: Shop) =>
    stack.operator.ask(SetTenantStatus, { tenantId, status, actor: 'test' }, patient);
const turn =
  (engaged: boolean, ofKey: boolean) =>
  ({ tenantId }: Shop, widgetKey: string) =>
    stack.operator.ask(SetKillSwitch, { tenantId, ...(ofKey && { widgetKey }), engaged, actor: 'test' }, patient);
const ways: Readonly<Record<string, Way>> = {
  'a revoked key': {
    code: 'INVALID_WIDGET_KEY',
    reason: 'key_revoked',
    key: async ({ tenantId }, n) => {
      const asked = { tenantId, label: `k${n}`, origins: [origin], actor: 'test' };
      return (await stack.operator.ask(CreateWidgetKey, asked, patient)).widgetKey;
    },
    take: ({ tenantId }, widgetKey) =>
      stack.operator.ask(RevokeWidgetKey, { tenantId, widgetKey, actor: 'test' }, patient),
    give: async () => undefined,
  },
  'a suspended tenant': {
    code: 'TENANT_SUSPENDED',
    reason: 'admin',
    key: ownKey,
    take: setStatus('suspended'),
    give: setStatus('active'),
  },
  'the kill switch of a tenant': {
    code: 'TENANT_SUSPENDED',
    reason: 'admin',
    key: ownKey,
    take: turn(true, false),
    give: turn(false, false),
  },
  'the kill switch of a key': {
    code: 'TENANT_SUSPENDED',
    reason: 'admin',
    key: ownKey,
    take: turn(true, true),
    give: turn(false, true),
  },
};

/**
 * One try: a call lives, and others are requested at the moment of the withdrawal. Answers how long it took to be
 * ordered, which is how long its store takes, and how long after its answer calls were still begun or went on.
 */
async function tried(shop: Shop, n: number, { code, key, take, give }: Way) {
  const widgetKey = await key(shop, n);
  const start = () => shop.post('/api/session', { widgetKey });
  const isOver = async (call: Answer) => (await shop.say('/api/heartbeat', call)).status === 403;
  let call = await start();
  for (let tries = 0; call.status !== 200 && tries < 100; tries += 1) call = await start();
  await expect.poll(async () => (await shop.say('/api/heartbeat', call)).status, soon).toBe(200);
  const probe = () => shop.post('/api/session', { widgetKey }, unfit);
  expect(await untilBoth(async () => (await probe()).body.code === 'INVALID_REQUEST')).toBeLessThan(
    Number.POSITIVE_INFINITY,
  );
  const since = performance.now();
  // A call that is just being granted can be used from its answer on, so from then on its time counts.
  const asking = times(3, async () => {
    const each = await start();
    const grantedAt = performance.now();
    return { grantedAt, overAt: each.status === 200 ? await untilBoth(() => isOver(each)) : grantedAt };
  });
  const refusing = untilBoth(async () => (await probe()).body.code === code);
  const ending = untilBoth(() => isOver(call));
  await take(shop, widgetKey);
  const answeredAt = performance.now();
  const late = (at: number, from = answeredAt) => Math.max(0, at - Math.max(from, answeredAt));
  const [refusedAt, endedAt, others] = await Promise.all([refusing, ending, asking]);
  for (const _door of stack.urls) expect((await start()).body.code).toBe(code);
  await give(shop, widgetKey);
  const ends = others.map(({ grantedAt, overAt }) => late(overAt, grantedAt));
  return { orderMs: answeredAt - since, refusedMs: late(refusedAt), endedMs: Math.max(late(endedAt), ...ends) };
}

type Measured = Awaited<ReturnType<typeof tried>>;
const measured: Measured[] = [];
function shown(name: string, all: readonly Measured[]) {
  const of = (what: keyof Measured): number => p99(all.map((each) => each[what]));
  const [orderMs, refusedMs, endedMs] = [of('orderMs'), of('refusedMs'), of('endedMs')];
  process.stdout.write(
    `${name}, ${all.length} times: p99 of the order ${orderMs.toFixed(0)} ms; from its answer until refused ` +
      `${refusedMs.toFixed(0)} ms, until ended ${endedMs.toFixed(0)} ms\n`,
  );
  return { refusedMs, endedMs };
}

describe.skipIf(!isOpen)('a withdrawal under load', () => {
  it.each(Object.entries(ways))(
    'by %s ends calls and refuses new ones at every copy, and touches no other',
    async (name, way) => {
      const shop = await shopOn(stack, wide);
      const stop = traffic(await shopOn(stack, wide), 1, betweenCallsMs);
      onTestFinished(() => void stop());
      const mine: Measured[] = [];
      while (mine.length < tries) mine.push(await tried(shop, mine.length, way));
      measured.push(...mine);
      const others = statuses(await stop());
      expect(others[200]).toBeGreaterThan(100);
      expect(others[500]).toBeUndefined();
      shown(name, mine);
      const { tenantId } = shop;
      const open = async () => (await stack.operator.ask(ListSessions, { tenantId, actor: 'test' })).sessions;
      await expect.poll(open, soon).toEqual([]);
      const reasons = factsOf('vox.session.ended.v1', tenantId).map(({ reason }) => reason);
      expect(new Set(reasons)).toEqual(new Set([way.reason]));
    },
    400_000,
  );
  it('is over within a second of its answer, p99 of two hundred', () => {
    expect(measured.length).toBeGreaterThanOrEqual(200);
    const { refusedMs, endedMs } = shown('by each way', measured);
    expect(refusedMs).toBeLessThan(mostMs);
    expect(endedMs).toBeLessThan(mostMs);
  });
});
