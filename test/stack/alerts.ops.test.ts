import { demoDraft } from '@vox/local/demo-tenant';
import { eventually, opsTool } from '@vox/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { alertNames, type Prometheus, startPrometheus } from './prometheus.ts';
import { queriesOf } from './runbook.ts';
import { testStack } from './test-stack.ts';
import { sayUnreadable } from './unreadable.ts';
import { shopOn } from './visitor.ts';

const binary = opsTool('prometheus', ['--version'], process.env);
const alerts = alertNames();

/** What takes longer than a test, a state of the world that no visitor makes, or a day that was before. */
const byRulesAlone = {
  VoxConsumerLagging: 'a consumer is behind for two minutes',
  VoxStreamNearLimit: 'a stream of gigabytes is full',
  VoxBotVerifierSilent: 'a verifier of another company is down',
  VoxRevocationsLate: 'a copy hears of a revocation late',
  VoxRetentionOverdue: 'data is an hour too old',
  VoxPrivacyRequestOverdue: 'a request is a month old',
  VoxMailsWaiting: 'a server of mails is down, and many sign in',
  VoxWebhooksWaiting: 'servers of tenants are down for long',
  VoxServiceGone: 'names lead to no copy, which is seen by discovery alone',
  VoxClockOffset: 'a machine has a wrong clock',
  VoxEventLoopHeld: 'a copy has more work than it does',
  VoxSessionStartsSurge: 'the day before had fewer calls',
};
/** Each cause, and the alerts that it fires here. */
const byCause = {
  'a message that no handler can take': ['VoxDeadLetters'],
  'a copy that is killed': ['VoxScrapeFailing'],
  'a Redis that hangs': ['VoxDependencyDown', 'VoxRedisAlone'],
  'an address that asks too often': ['VoxEdgeHits'],
  'a tenant that has used most of its day': ['VoxQuotaAbove80'],
  'a tenant whose lines are all taken': ['VoxConcurrencyAtLimit'],
  'an agent with a model that ends': ['VoxModelsEnding'],
  'a proof against bots that nobody can verify': ['VoxBotBlocks'],
  'a provider that is slow': ['VoxSlowGrantsBurn', 'VoxSlowGrantsSlowBurn'],
  'a provider that fails': [
    ...['VoxProviderBreakerOpen', 'VoxProviderFailing'],
    ...['VoxSessionErrorsBurn', 'VoxSessionErrorsSlowBurn'],
  ],
  'a store that hangs while visitors ask': ['VoxRequestsWaiting'],
};
type Cause = keyof typeof byCause;

it('each alert is fired by its cause, or it is said why only its rule is tried', () => {
  expect([...Object.values(byCause).flat(), ...Object.keys(byRulesAlone)].sort()).toEqual(alerts.sort());
});

const { isOpen, stack } =
  binary === undefined ? { isOpen: false as const, stack: undefined as never } : await testStack();
/** Quota looks through the policies once a minute. */
const soon = { timeout: 90_000, interval: 500 };
const wide = { openSessions: 1_000, sessionStartsPerMinute: 1_000, tokensPerDay: 1e8, microsPerDay: 1e9 };
const times = <T>(count: number, act: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => act(n)));

describe.skipIf(!isOpen)(
  'in a Prometheus with our rules, of which only the waiting times are left out,',
  { timeout: 120_000 },
  () => {
    let prometheus: Prometheus;
    beforeAll(async () => {
      prometheus = await startPrometheus(binary ?? '', stack);
      // What was counted before Prometheus first saw a copy is no increase.
      await eventually(async () => {
        const { series } = await prometheus.query('count_over_time((up == 1)[4s:1s]) >= 4');
        if (series < stack.services.length) throw new Error(`Prometheus sees ${series} copies`);
      });
    }, 60_000);
    afterAll(() => prometheus?.stop());

    /** What the page of an alert has its reader ask, and gets no answer of. */
    async function silent(alert: string): Promise<readonly string[]> {
      const answers = await Promise.all(queriesOf(alert, 'How to see').map(prometheus.query));
      return answers.some(({ series }) => series > 0) || answers.length === 0 ? [] : [alert];
    }
    /** Expects that none of the alerts of a cause fires before it, and each after it. `again` goes on with the cause. */
    async function fires(
      cause: Cause,
      act: () => Promise<unknown>,
      again: () => Promise<unknown> = async () => undefined,
    ) {
      const expected = byCause[cause];
      expect((await prometheus.firing()).filter((name) => expected.includes(name))).toEqual([]);
      await act();
      await expect
        .poll(async () => {
          await again();
          const now = await prometheus.firing();
          return expected.filter((name) => !now.includes(name));
        }, soon)
        .toEqual([]);
      expect((await Promise.all(expected.map(silent))).flat()).toEqual([]);
    }
    const simulated = (path: string, method: string, body?: object) =>
      fetch(`${stack.simulatorUrl}/simulator/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
    const fault = (kind: object) => simulated('faults', 'POST', { fault: kind, route: 'client_secrets', times: 1_000 });
    const undo: (() => unknown)[] = [];
    afterEach(async () => {
      for (const each of undo.splice(0)) await each();
    });

    it('a message that no handler can take', async () => {
      await fires('a message that no handler can take', () => sayUnreadable(stack));
    });
    it('a copy that is killed', async () => {
      const [copy] = stack.services.filter(({ name }) => name === 'quota-2');
      undo.push(() => stack.restart('quota-2'));
      await fires('a copy that is killed', async () => copy?.kill('SIGKILL'));
    });
    it('a Redis that hangs', async () => {
      const shop = await shopOn(stack, wide);
      undo.push(() => stack.servers.redis.kill('SIGCONT'));
      await fires('a Redis that hangs', async () => stack.servers.redis.kill('SIGSTOP'), shop.bootstrap);
    });
    it('an address that asks too often', async () => {
      const shop = await shopOn(stack, wide);
      await fires(
        'an address that asks too often',
        () => times(150, () => shop.bootstrap('198.18.200.1')),
        () => times(30, () => shop.bootstrap('198.18.200.1')),
      );
    });
    it('a tenant that has used most of its day', async () => {
      const shop = await shopOn(stack, { ...wide, tokensPerDay: 20_000 });
      const granted = await shop.start();
      await shop.say('/api/heartbeat', granted);
      const used = { text_in: 8_000, text_out: 0, audio_in: 9_000, audio_out: 0 };
      await fires(
        'a tenant that has used most of its day',
        () => shop.say('/api/usage/report', granted, { responseId: 'r1', ...used }),
        () => shop.start(),
      );
    });
    it('a tenant whose lines are all taken', async () => {
      const shop = await shopOn(stack, { ...wide, openSessions: 1 });
      expect((await shop.start()).status).toBe(200);
      await fires('a tenant whose lines are all taken', shop.start, () => shop.start());
    });
    it('an agent with a model that ends', async () => {
      const agents = demoDraft.agents.map((agent) => ({ ...agent, models: ['gpt-realtime'] }));
      await fires('an agent with a model that ends', () => shopOn(stack, wide, undefined, { agents }));
    });
    it('a proof against bots that nobody can verify', async () => {
      const shop = await shopOn(stack, wide, { mode: 'turnstile', whenUnavailable: 'deny' });
      const ask = () =>
        times(5, () => shop.post('/api/session', { widgetKey: shop.widgetKey, botToken: 'x'.repeat(40) }));
      await fires('a proof against bots that nobody can verify', ask, ask);
    });
    it('a provider that is slow', async () => {
      const shop = await shopOn(stack, wide);
      undo.push(() => simulated('faults', 'DELETE'));
      await fault({ kind: 'delay', ms: 2_700 });
      const ask = () => times(3, () => shop.start());
      await fires('a provider that is slow', ask, ask);
    });
    it('a provider that fails', async () => {
      const shop = await shopOn(stack, wide);
      undo.push(() => simulated('faults', 'DELETE'));
      await fault({ kind: 'status', status: 500 });
      const ask = () => times(4, () => shop.start());
      await fires('a provider that fails', ask, ask);
    });
    it('every question of every runbook is understood', async () => {
      const asked = alerts.flatMap((alert) => queriesOf(alert));
      expect(asked.length).toBeGreaterThan(50);
      const answers = await Promise.all(asked.map(prometheus.query));
      expect(answers.flatMap(({ error }) => error ?? [])).toEqual([]);
    });
    it('a store that hangs while visitors ask', async () => {
      const shop = await shopOn(stack, wide);
      undo.push(() => stack.servers.mongo.kill('SIGCONT'));
      await fires(
        'a store that hangs while visitors ask',
        async () => stack.servers.mongo.kill('SIGSTOP'),
        () => times(3, () => shop.start()),
      );
    });
  },
);
