import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Answer, type Shop, shopOn } from '../../stack/visitor.ts';
import { balance } from '../harness.ts';
import { codes, hostileStack, soon, statuses, times, usage } from './harness.ts';

const { isOpen, stack, factsOf } = await hostileStack({ PROVE_CALL_SEC: '8' });
/** The platform's defaults: ten lines of a tenant, five of an address, two of a visitor. */
const defaults = {
  ...{ openSessions: 10, openSessionsPerPerson: 2, openSessionsPerAddress: 5, sessionStartsPerMinute: 600 },
  ...{ startsPerAddress: 30, startsPerPerson: 10, requestsPerMinute: 6_000, burst: 1_000, idleSeconds: 8 },
};
const home = '203.0.113.77';
const invented = () => ({ callId: `rtc_${randomUUID().replaceAll('-', '')}` });

describe.skipIf(!isOpen)('a squatter who takes the lines of a tenant with invented calls', () => {
  const endsOf = (shop: Shop) => factsOf('vox.session.ended.v1', shop.tenantId).map(({ reason }) => reason);
  const squat = async (shop: Shop, from: (n: number) => string): Promise<Answer[]> => {
    const answers = await times(10, (n) => shop.start({}, from(n)));
    const granted = answers.filter(({ status }) => status === 200);
    await Promise.all(granted.map((each) => shop.say('/api/heartbeat', each, invented())));
    return answers;
  };

  it.each([
    ['one address', () => home],
    ['one /64', (n: number) => `2001:db8:7:7:${n.toString(16)}::${n.toString(16)}`],
  ])(
    'from %s gets half of them at most, and a visitor from another address still gets a call',
    async (_where, from) => {
      const shop = await shopOn(stack, defaults);
      const answers = await squat(shop, from);
      expect(statuses(answers)).toEqual({ 200: 5, 429: 5 });
      expect(codes(answers).MAX_CONCURRENT_SESSIONS).toBe(5);
      expect(answers.find(({ status }) => status === 429)?.body).toMatchObject({ scope: 'address' });
      expect((await shop.start()).status).toBe(200);
      await balance(stack);
    },
  );

  it('from many addresses soon loses each line: a heartbeat with an invented call proves nothing', async () => {
    const shop = await shopOn(stack, defaults);
    const granted = await squat(shop, (n) => `203.0.113.${n + 100}`);
    expect(statuses(granted)).toEqual({ 200: 10 });
    expect((await shop.start()).status).toBe(429);
    const used = await shop.say('/api/usage/report', granted[0] as Answer, usage('r1', { audio_in: 20 }));
    expect(used.status).toBe(200);
    const beating = (async () => {
      for (let n = 0; n < 8; n += 1) {
        await pause(1_500);
        await Promise.all(granted.map((each) => shop.say('/api/heartbeat', each, { active: true, ...invented() })));
      }
    })();
    await expect
      .poll(() => endsOf(shop), { timeout: 30_000, interval: 250 })
      .toEqual(Array.from({ length: 9 }, () => 'never_connected'));
    await beating;
    expect((await shop.say('/api/heartbeat', granted[0] as Answer)).status).toBe(200);
    expect((await shop.start()).status).toBe(200);
    await balance(stack);
  });

  it('who tries again and again meets the limit of one address in ten minutes', async () => {
    const shop = await shopOn(stack, { ...defaults, startsPerAddress: 6 });
    let begun = 0;
    for (let n = 0; n < 9; n += 1) {
      const answer = await shop.start({}, home);
      if (answer.status !== 200) {
        expect(answer).toMatchObject({ status: 429, body: { code: 'RATE_LIMIT_EXCEEDED', scope: 'address' } });
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(500);
        continue;
      }
      begun += 1;
      await shop.say('/api/session/end', answer);
    }
    expect(begun).toBe(6);
    await expect.poll(() => endsOf(shop).length, soon).toBe(6);
    expect((await shop.start()).status).toBe(200);
  });

  it('leaves no address in a fact, only a keyed hash that differs between tenants', async () => {
    const shops = [await shopOn(stack, defaults), await shopOn(stack, defaults)];
    for (const shop of shops) expect((await shop.start({}, home)).status).toBe(200);
    const hashes = () =>
      shops.flatMap(({ tenantId }) =>
        factsOf('vox.session.requested.v1', tenantId).map(({ addressMark }) => String(addressMark)),
      );
    await expect.poll(() => hashes().length, soon).toBe(2);
    expect(new Set(hashes()).size).toBe(2);
    for (const hash of hashes()) expect(hash).toMatch(/^a_[A-Za-z0-9_-]{22}$/);
    for (const { tenantId } of shops)
      for (const type of ['requested', 'admitted', 'granted'])
        expect(JSON.stringify(factsOf(`vox.session.${type}.v1`, tenantId))).not.toContain(home);
  });
});
