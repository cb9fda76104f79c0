import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  answeredMs,
  balance,
  comesBack,
  commandsComeBack,
  provider,
  refusedMs,
  type Shop,
  type Stack,
  serviceNamed,
  shopOn,
  slowest,
  statuses,
  testStack,
  times,
  traffic,
  wholeCall,
  wide,
} from './harness.ts';

/** The limit of an address is 60 a minute and a burst of 20, over both doors together. */
const mostOfAnAddress = 80;
const { isOpen, stack } = await testStack({ copies: { 'edge-guard': 2 }, env: { EXPECTED_COPIES: '2' } });
const [, otherDoor = ''] = isOpen ? stack.urls : [];
// Each begins on a whole stack, whatever the one before left.
beforeEach(async () => {
  if (!isOpen) return;
  for (const server of Object.values(stack.servers)) server.kill('SIGCONT');
  await commandsComeBack(stack, 30_000);
});

/** An outage: its name, how it begins, and how it ends. */
type Outage = readonly [string, () => void, () => Promise<unknown>];

/** Bootstraps from one address, at both doors in turn, more often than the limit allows. */
async function fromOneAddress(shop: Shop, from: string): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let n = 0; n < 70; n += 1) answers.push(await shop.bootstrap(from), await shop.at(otherDoor).bootstrap(from));
  return answers;
}
const admitted = (answers: readonly Answer[]): number => answers.filter(({ status }) => status === 200).length;
const middle = (answers: readonly Answer[]): number =>
  answers.map(({ sentMs }) => sentMs).sort((a, b) => a - b)[Math.floor(answers.length / 2)] ?? 0;

/** Expects a refusal with a time to wait. */
function areRefused(answers: readonly Answer[], withinMs: number): void {
  expect(statuses(answers)).toEqual({ 503: answers.length });
  for (const { body, headers, sentMs } of answers) {
    expect(body.code).toBe('UNAVAILABLE');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(sentMs).toBeLessThan(withinMs);
  }
}
/** The first heartbeat after an outage counts as a sign of life. */
const lives = async (shop: Shop, granted: Answer): Promise<void> =>
  expect.poll(async () => (await shop.say('/api/heartbeat', granted)).status, { timeout: 15_000 }).toBe(200);

describe.skipIf(!isOpen)('without Redis,', () => {
  const down: readonly Outage[] = [
    ['hangs', () => stack.servers.redis.kill('SIGSTOP'), async () => stack.servers.redis.kill('SIGCONT')],
    [
      'is killed and comes back empty',
      () => stack.servers.redis.kill('SIGKILL'),
      () => stack.servers.redis.restart('lost'),
    ],
  ];
  it.each(down)(
    'when it %s, each door counts its share at once, calls go on, and both count together afterwards',
    async (what, stop, goOn) => {
      const shop = await shopOn(stack, wide);
      const place = what === 'hangs' ? 1 : 2;
      const usual = middle(await fromOneAddress(shop, `203.0.113.${place}`));
      stop();
      await pause(100);
      const alone = await fromOneAddress(shop, `203.0.113.${10 + place}`);
      expect(statuses(alone)).toEqual({ 200: mostOfAnAddress, 429: 140 - mostOfAnAddress });
      // No request waits longer than 50 ms for Redis, and once it is known to be down hardly any waits.
      expect(middle(alone)).toBeLessThan(usual + 50);
      expect(slowest(alone)).toBeLessThan(refusedMs);
      expect((await wholeCall(shop)).status).toBe(200);
      await goOn();
      await pause(3_000);
      expect(admitted(await fromOneAddress(shop, `203.0.113.${20 + place}`))).toBe(mostOfAnAddress);
      await balance(stack);
    },
  );
});

/** A NATS server without its data: services only say what they wait for, and `vox bus apply` makes it. */
async function nobodyButBootstrapRepairs(): Promise<void> {
  const { privateUrl } = serviceNamed(stack, 'quota-1');
  const readiness = async () => {
    const answer = await fetch(`${privateUrl}/readyz`);
    return { status: answer.status, ...((await answer.json()) as object) };
  };
  const lacking = expect.stringContaining('stream VOX_CALLS is not there');
  await expect.poll(readiness, { timeout: 15_000 }).toMatchObject({ status: 503, nats: true, bus: lacking });
  await stack.applyBus();
  await expect.poll(readiness, { timeout: 15_000 }).toMatchObject({ status: 200, bus: true });
}

describe.skipIf(!isOpen)('without NATS,', () => {
  const { nats } = isOpen ? stack.servers : ({} as Stack['servers']);
  it('when it hangs, new calls are refused within a second, and live calls go on without a restart', async () => {
    const shop = await shopOn(stack, wide);
    const live = await shop.start();
    const other = await shop.start();
    await lives(shop, live);
    nats.kill('SIGSTOP');
    // Requests about this call may be processed once the server goes on.
    const used = { responseId: 'r1', text_in: 1, text_out: 1, audio_in: 1, audio_out: 1 };
    const answers = await times(12, (n) => {
      if (n % 4 === 0) return shop.say('/api/heartbeat', live);
      if (n % 4 === 1) return shop.say('/api/usage/report', other, used);
      return n % 4 === 2 ? shop.say('/api/session/end', other) : shop.start();
    });
    // From here on the doors know that the link is gone, and do not wait for it.
    await pause(7_000);
    const later = await times(10, () => shop.start());
    nats.kill('SIGCONT');
    areRefused(answers, refusedMs);
    areRefused(later, 500);
    await comesBack(shop);
    await commandsComeBack(stack);
    await lives(shop, live);
    expect((await shop.say('/api/session/end', live)).status).toBe(200);
    await balance(stack, 60_000);
  });
  it.each(['kept', 'lost'] as const)(
    'when it is killed under load and its data are %s, every answer comes in time, and calls go on',
    async (data) => {
      const shop = await shopOn(stack, wide);
      const live = await shop.start();
      await lives(shop, live);
      const stop = traffic(shop);
      await pause(1_000);
      nats.kill('SIGKILL');
      await pause(500);
      areRefused(await times(5, () => shop.start()), refusedMs);
      expect((await shop.say('/api/heartbeat', live)).status).toBe(503);
      await nats.restart(data);
      if (data === 'lost') await nobodyButBootstrapRepairs();
      await comesBack(shop);
      const answers = await stop();
      expect(Object.keys(statuses(answers)).every((status) => ['200', '503'].includes(status))).toBe(true);
      expect(slowest(answers)).toBeLessThan(answeredMs);
      await lives(shop, live);
      expect((await shop.say('/api/session/end', live)).status).toBe(200);
      await commandsComeBack(stack);
      await comesBack(await shopOn(stack, wide));
      await balance(stack, 60_000);
    },
  );
});

describe.skipIf(!isOpen)('without MongoDB,', () => {
  const { mongo } = isOpen ? stack.servers : ({} as Stack['servers']);
  const down: readonly Outage[] = [
    ['hangs', () => mongo.kill('SIGSTOP'), async () => mongo.kill('SIGCONT')],
    ['is killed and comes back with its data', () => mongo.kill('SIGKILL'), () => mongo.restart('kept')],
  ];
  it.each(down)(
    'when it %s under load, requests are refused by their deadline, nothing is half-done, and calls go on',
    async (_what, stop, goOn) => {
      const shop = await shopOn(stack, { ...wide, openSessions: 12 });
      const live = await shop.start();
      await lives(shop, live);
      const before = times(6, () => wholeCall(shop));
      stop();
      const during = await times(10, () => shop.start());
      expect(Object.keys(statuses(during)).every((status) => ['200', '503'].includes(status))).toBe(true);
      expect(slowest([...during, ...(await before)])).toBeLessThan(answeredMs);
      expect(slowest(await times(3, () => shop.say('/api/heartbeat', live)))).toBeLessThan(refusedMs + 500);
      await goOn();
      await comesBack(shop);
      await lives(shop, live);
      await balance(stack, 60_000);
      // Refused calls hold no slot once lost grants are over: as many calls can be open as before.
      await shop.say('/api/session/end', live);
      const most = async () => (await times(12, () => shop.start())).filter(({ status }) => status === 200).length;
      let opened = 0;
      const granted = during.filter(({ status }) => status === 200).length + 1;
      await expect
        .poll(async () => (opened += await most()), { timeout: 45_000, interval: 2_000 })
        .toBeGreaterThanOrEqual(12 - granted);
      await balance(stack);
    },
  );
});

describe.skipIf(!isOpen)('a provider that', () => {
  const down: readonly Outage[] = [
    ['hangs', () => stack.simulator()?.kill('SIGSTOP'), async () => stack.simulator()?.kill('SIGCONT')],
    ['is gone and comes back', () => stack.simulator()?.kill('SIGKILL'), () => stack.restart('simulator')],
  ];
  it.each(down)(
    '%s has its calls refused in time and their lines freed, and the breaker spares the next ones the wait',
    async (_what, stop, goOn) => {
      const shop = await shopOn(stack, { ...wide, openSessions: 4 });
      stop();
      const first = await times(4, () => shop.start());
      expect(first.every(({ status }) => [502, 503].includes(status))).toBe(true);
      expect(slowest(first)).toBeLessThan(answeredMs);
      // Both brokers need five failures in a row each.
      for (let n = 0; n < 4; n += 1) await times(4, () => shop.start());
      const spared = await times(4, () => shop.start());
      expect(statuses(spared)).toEqual({ 502: 4 });
      expect(slowest(spared)).toBeLessThan(refusedMs);
      await goOn();
      await comesBack(shop);
      expect(statuses(await times(3, () => shop.start()))).toEqual({ 200: 3 });
      await balance(stack);
    },
  );
  it('answers with half an answer, nonsense or an error is refused, and its words are not passed on', async () => {
    const shop = await shopOn(stack, wide);
    for (const fault of [{ kind: 'half' }, { kind: 'malformed' }, { kind: 'reset' }, { kind: 'status', status: 503 }]) {
      await provider(stack).arm(fault, 1);
      const refused = await shop.start();
      expect(refused).toMatchObject({ status: 502, body: { code: 'UPSTREAM_UNAVAILABLE' } });
      expect(JSON.stringify(refused.body)).not.toContain('private words');
      expect((await shop.start()).status).toBe(200);
    }
    await provider(stack).clear();
    await balance(stack);
  });
});
