import { setTimeout as pause } from 'node:timers/promises';
import { PutTenant, RotateSigningKey, ShowTenant } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { nameOfCopy } from '@vox/platform/status';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { voxOn } from '../stack/operator.ts';
import { type Watch, watchFacts } from '../stack/watch.ts';
import { balancer } from './balancer.ts';
import {
  type Answer,
  balance,
  refused,
  type Shop,
  seldom,
  serviceNamed,
  serviceOf,
  shopOn,
  testStack,
  times,
  traffic,
  wide,
} from './harness.ts';

const { isOpen, stack } = await testStack({ copies: { 'edge-guard': 2 }, env: seldom });
const doors = (isOpen ? stack.urls : []).map((url, n) => ({
  url,
  readyUrl: () => `${serviceNamed(stack, `edge-guard-${n + 1}`).privateUrl}/readyz`,
}));
const front = await balancer(doors);
afterAll(() => front.close());
let watch: Watch;
beforeAll(async () => {
  if (isOpen) watch = await watchFacts(stack);
});
afterAll(() => watch?.close());

const stopMostMs = 10_000;
/** The pause between heartbeats: a thirtieth of a widget's. */
const beatMs = 1_500;
const callsThatStay = 6;
/** The pause of each visitor between two calls: copies that start ask the store for much besides. */
const betweenCallsMs = 500;
const endsOf = (shop: Shop) => watch.of('vox.session.ended.v1', shop.tenantId).map((data) => data.reason);

/** Keeps long calls alive while short ones come and go. The returned function stops all and answers every result. */
async function load() {
  const url = front.url;
  const shop = await shopOn({ ...stack, url }, wide);
  const living = await times(callsThatStay, () => shop.start());
  let stopped = false;
  const beats: Answer[] = [];
  const beating = times(callsThatStay, async (n) => {
    while (!stopped) {
      beats.push(await shop.say('/api/heartbeat', living[n] as Answer));
      await pause(beatMs);
    }
  });
  const visitors = await shopOn({ ...stack, url }, wide);
  const stop = traffic(visitors, 2, betweenCallsMs);
  return {
    shop,
    visitors,
    async over() {
      stopped = true;
      await beating;
      const answers = [...living, ...beats, ...(await stop())];
      expect(refused(answers)).toEqual([]);
      expect(answers.length).toBeGreaterThan(50);
      // No long call ended, and the short ones ended because their visitors hung up.
      expect(endsOf(shop)).toEqual([]);
      expect(new Set(endsOf(visitors))).toEqual(new Set(['client']));
      await balance(stack);
    },
  };
}

/** Drains a copy as an operator does, so that the others of its service have its work before it is stopped. */
async function drain(name: string): Promise<void> {
  const copy = nameOfCopy(Number(serviceNamed(stack, name).pid));
  const drained = await voxOn(stack)('drain', serviceOf(name), '--copy', copy, '--reason', 'another configuration');
  expect([name, drained.code, drained.code === 0 ? '' : drained.notes]).toEqual([name, 0, '']);
}

describe.skipIf(!isOpen)('under load no request fails and no call ends wrongly while', () => {
  it('every copy of every service is drained if it is not the only one, stopped within ten seconds and restarted with another configuration', async () => {
    const { over } = await load();
    for (const { name } of [...stack.services]) {
      if (stack.services.filter((each) => serviceOf(each.name) === serviceOf(name)).length > 1) await drain(name);
      const started = performance.now();
      expect([name, await serviceNamed(stack, name).stop()]).toEqual([name, 0]);
      expect(performance.now() - started, name).toBeLessThan(stopMostMs);
      const stopped = new Date().toISOString();
      await stack.restart(name, { RATE_BURST: '30', LOG_LEVEL: 'debug' });
      process.stdout.write(`${name} was stopped at ${stopped} and is ready at ${new Date().toISOString()}\n`);
    }
    await over();
  }, 240_000);

  it('a policy changes again and again', async () => {
    const { over, visitors } = await load();
    const { policy } = await stack.operator.ask(ShowTenant, { tenantId: visitors.tenantId });
    const { tenantId, branding, disclosure, bot, calls } = policy;
    for (let n = 0; n < 20; n += 1) {
      const draft = {
        tenantId,
        displayName: 'Shop',
        branding,
        disclosure,
        agents: demoDraft.agents.map((agent) => ({ ...agent, displayName: `Guide ${n}` })),
        ...{ bot, calls },
        limits: { widget: { ...wide, openSessions: 500 + n, openSessionsPerPerson: 100 }, console: {} },
      };
      await stack.operator.ask(PutTenant, { draft, actor: 'test' });
      await pause(100);
    }
    await over();
    expect((await visitors.bootstrap()).body.displayName).toBe('Guide 19');
  }, 120_000);

  it('signing keys rotate, and old and new tokens are valid at every door', async () => {
    const { over, shop } = await load();
    const kidOf = (token: unknown): string =>
      JSON.parse(Buffer.from(String(token).split('.')[0] ?? '', 'base64url').toString()).kid;
    const before = await shop.start();
    const kids = new Map<string, string>();
    for (const use of ['widget', 'session'] as const)
      kids.set(use, (await stack.operator.ask(RotateSigningKey, { use, actor: 'test' })).kid);
    // Copies that start now use the old key until the new one, which every door knows by then, signs.
    for (const name of ['session-broker-1', 'edge-guard-1']) await stack.restart(name);
    const seen = (tokens: readonly unknown[], use: string) => tokens.map(kidOf).includes(kids.get(use) ?? '');
    const widgetTokens = async () =>
      (await times(4, () => shop.bootstrap())).map(({ body }) => body.widgetSessionToken);
    const sessionTokens = async () => (await times(4, () => shop.start())).map(({ body }) => body.session_token);
    await expect.poll(async () => seen(await widgetTokens(), 'widget'), { timeout: 20_000 }).toBe(true);
    await expect.poll(async () => seen(await sessionTokens(), 'session'), { timeout: 20_000 }).toBe(true);
    for (const url of stack.urls) expect((await shop.at(url).say('/api/heartbeat', before)).status).toBe(200);
    await over();
  }, 120_000);
});
