import { EndSessionByAdmin, ListSessions } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { type Answer, shopOn } from '../../stack/visitor.ts';
import { codes, hostileStack, soon, statuses, times, usage, wide } from './harness.ts';

const { isOpen, stack, factsOf } = await hostileStack();
const many = 500;
/** Other refusals that many requests at once may get: without an answer nobody is admitted. */
const busy = ['UNAVAILABLE'];

const onlyCodes = (answers: readonly Answer[], allowed: readonly string[]): void => {
  const refused = answers.filter(({ status }) => status !== 200);
  expect(Object.keys(codes(refused)).filter((code) => ![...allowed, ...busy].includes(code))).toEqual([]);
};

describe.skipIf(!isOpen)('five hundred requests at once, over two copies of everything', () => {
  const openSessions = async (tenantId: string) =>
    (await stack.operator.ask(ListSessions, { tenantId, actor: 'test' })).sessions;

  it.each([
    ['the last slot', { openSessions: 1 }, 'MAX_CONCURRENT_SESSIONS'],
    ['the last slot of a visitor', { openSessionsPerPerson: 1 }, 'MAX_CONCURRENT_SESSIONS'],
    ['the last start of a minute', { sessionStartsPerMinute: 1 }, 'RATE_LIMIT_EXCEEDED'],
    // Sixty seconds of worst case cost 0.096 dollars and 1,800 tokens: what is left pays for no second call.
    ['the last dollars', { sessionSeconds: 60, microsPerDay: 100_000 }, 'DAILY_QUOTA_EXCEEDED'],
    ['the last tokens', { sessionSeconds: 60, tokensPerDay: 2_000 }, 'DAILY_QUOTA_EXCEEDED'],
    ['the last minutes', { sessionSeconds: 60, secondsPerDay: 61 }, 'DAILY_QUOTA_EXCEEDED'],
  ])('for %s get it once', async (_what, limits, code) => {
    const shop = await shopOn(stack, { ...wide, ...limits });
    const visitor = shop.bearer((await shop.bootstrap()).body.widgetSessionToken);
    const answers = await times(many, () => shop.post('/api/session', {}, visitor));
    expect(statuses(answers)[200]).toBe(1);
    onlyCodes(answers, [code]);
    expect(await openSessions(shop.tenantId)).toHaveLength(1);
  });

  it('under one Idempotency-Key begin one call, and every grant is the same', async () => {
    const shop = await shopOn(stack, wide);
    const visitor = shop.bearer((await shop.bootstrap()).body.widgetSessionToken);
    const click = { ...visitor, 'idempotency-key': 'one-click' };
    const answers = await times(many, () => shop.post('/api/session', {}, click));
    const granted = answers.filter(({ status }) => status === 200);
    expect(new Set(granted.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    onlyCodes(answers, ['IDEMPOTENCY_CONFLICT']);
    expect(await openSessions(shop.tenantId)).toHaveLength(1);
  });

  it('to end one call end it once', async () => {
    const shop = await shopOn(stack, wide);
    const granted = await shop.start();
    const ends = await times(many, () => shop.say('/api/session/end', granted));
    expect(statuses(ends)[200]).toBeGreaterThan(0);
    onlyCodes(ends, ['RATE_LIMIT_EXCEEDED']);
    await expect.poll(() => factsOf('vox.session.ended.v1', shop.tenantId), soon).toHaveLength(1);
    await expect.poll(() => factsOf('vox.quota.settled.v1', shop.tenantId), soon).toHaveLength(1);
  });

  it('that are heartbeats of one call keep it alive, and only its own limit counts them', async () => {
    const shop = await shopOn(stack, wide);
    const [granted, other] = [await shop.start(), await shop.start()];
    const beats = await times(many, () => shop.say('/api/heartbeat', granted));
    expect(statuses(beats)[200]).toBeGreaterThan(0);
    expect(statuses(beats)[200]).toBeLessThanOrEqual(120);
    onlyCodes(beats, ['RATE_LIMIT_EXCEEDED']);
    expect((await shop.say('/api/heartbeat', other)).status).toBe(200);
    const sessions = await openSessions(shop.tenantId);
    expect(sessions.map(({ connected }) => connected)).toEqual([true, true]);
    expect(factsOf('vox.session.ended.v1', shop.tenantId)).toEqual([]);
  });

  it('that report the same use are counted once, and other reports once each', async () => {
    const shop = await shopOn(stack, wide);
    const [same, each] = [await shop.start(), await shop.start()];
    const reports = await times(many, () => shop.say('/api/usage/report', same, usage('r1', { audio_out: 100 })));
    onlyCodes(reports, ['RATE_LIMIT_EXCEEDED']);
    const different = await times(100, (n) => shop.say('/api/usage/report', each, usage(`r${n}`, { audio_out: 1 })));
    onlyCodes(different, []);
    // The limit refuses further requests of this visitor, so the operator ends the call.
    for (const { body } of [same, each]) {
      const whose = { tenantId: shop.tenantId, sessionId: String(body.id) };
      await stack.operator.ask(EndSessionByAdmin, { ...whose, actor: 'test' });
    }
    // A report that was answered with 503 may have been kept: then it is one fact, and counted once.
    const reported = () =>
      new Set(factsOf('vox.usage.reported.v1', shop.tenantId).map((fact) => JSON.stringify(fact))).size;
    const tokensOf = ({ body }: Answer) =>
      [...factsOf('vox.quota.settled.v1', shop.tenantId), ...factsOf('vox.quota.adjusted.v1', shop.tenantId)]
        .filter(({ sessionId }) => sessionId === body.id)
        .map(({ settled }) => (settled as unknown as { tokens: number }).tokens);
    await expect.poll(() => Math.max(...tokensOf(same)), soon).toBe(100);
    await expect.poll(() => Math.max(...tokensOf(each)), soon).toBe(reported() - 1);
  });
});

describe.skipIf(!isOpen)('a second request for a grant', () => {
  it('with the same key gets the same grant, and with another body none', async () => {
    const shop = await shopOn(stack, wide);
    const token = async () => shop.bearer((await shop.bootstrap()).body.widgetSessionToken);
    const [mine, theirs] = [await token(), await token()];
    const ask = (headers: Record<string, string>, body: object = {}, key = 'k') =>
      shop.post('/api/session', body, { ...headers, 'idempotency-key': key });
    const first = await ask(mine);
    expect((await ask(mine)).body).toEqual(first.body);
    expect(await ask(mine, { voice: 'cedar' })).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_CONFLICT' } });
    const byKey = { widgetKey: shop.widgetKey };
    const from = (address: string) => shop.post('/api/session', byKey, { 'idempotency-key': 'k' }, address);
    const [here, again, there] = [await from('203.0.113.1'), await from('203.0.113.1'), await from('203.0.113.2')];
    expect(again.body).toEqual(here.body);
    const others = [first, await ask(mine, {}, 'k2'), await ask(theirs), here, there];
    expect(statuses(others)).toEqual({ 200: 5 });
    expect(new Set(others.map(({ body }) => body.id)).size).toBe(5);
    expect(new Set(others.map(({ body }) => JSON.stringify(body.client_secret))).size).toBe(5);
  });

  it('after the end of the call begins nothing: the call stays ended, and no line is taken', async () => {
    const shop = await shopOn(stack, { ...wide, openSessions: 1 });
    const visitor = shop.bearer((await shop.bootstrap()).body.widgetSessionToken);
    const ask = (key: string) => shop.post('/api/session', {}, { ...visitor, 'idempotency-key': key });
    const first = await ask('k');
    await shop.say('/api/session/end', first);
    const again = await ask('k');
    expect(again.body.id).toBe(first.body.id);
    expect(await shop.say('/api/heartbeat', again)).toMatchObject({ status: 403, body: { code: 'SESSION_ENDED' } });
    expect((await ask('k2')).status).toBe(200);
    expect(factsOf('vox.session.granted.v1', shop.tenantId)).toHaveLength(2);
  });
});
