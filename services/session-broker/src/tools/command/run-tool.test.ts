import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { answerOf, findOrder, openTools, s1, secretText } from '../tools.fixture.ts';

let open: Awaited<ReturnType<typeof openTools>>;
const withTools = async (...options: Parameters<typeof openTools>) => {
  open = await openTools(...options);
  return open;
};
afterEach(() => open.close());

describe('a tool', () => {
  it('is asked with its secrets at its own host, and its answer comes back without headers', async () => {
    const { use, asked, lent } = await withTools();
    expect(await use()).toEqual({ kind: 'done', ok: true, result: { status: 'sent' } });
    expect(asked).toMatchObject([
      { url: 'https://api.shop.com/orders/AB1', headers: { Authorization: `Bearer ${secretText}` }, owner: 'acme' },
    ]);
    expect(lent).toEqual([{ tenantId: 'acme', names: ['SHOP_KEY'], host: 'api.shop.com' }]);
  });
  it('shows the page the fields that its descriptor names, and no others', async () => {
    const tools = [findOrder({ ui: { kind: 'card', title: 'Your order', fields: ['order.status', 'order.none'] } })];
    const { use } = await withTools({ tools, host: () => answerOf({ order: { status: 'sent', margin: 12 } }) });
    expect(await use()).toMatchObject({
      ui: { kind: 'card', title: 'Your order', fields: [{ path: 'order.status', value: 'sent' }] },
    });
  });
  it('tells nobody a card that stands in its answer, nor a secret that its host says back', async () => {
    const { use } = await withTools({
      tools: [findOrder({ ui: { kind: 'card', fields: ['note'] } })],
      host: ({ headers }) =>
        answerOf({ note: 'paid with 4111 1111 1111 1111', echo: { [`${headers.Authorization}`]: 1 } }),
    });
    const said = JSON.stringify(await use());
    expect(said).not.toMatch(/4111 1111/);
    expect(said).not.toContain(secretText);
    expect(said).toContain('[secret]');
  });
  it.each<[string, object, unknown, object, object]>([
    ['a field that is true', { okField: 'order.found' }, { order: { found: true } }, {}, { kind: 'done', ok: true }],
    ['a field that is not', { okField: 'order.found' }, { order: { found: 1 } }, {}, { kind: 'done', ok: false }],
    ['a status of failure', {}, { error: 'x' }, { status: 404 }, { kind: 'done', ok: false, result: { error: 'x' } }],
    ['a page of failure', {}, '<html>', { status: 500 }, { kind: 'done', ok: false, result: { status: 500 } }],
    ['an empty body', {}, '', { status: 204 }, { kind: 'done', ok: true, result: null }],
    ['a page in the place of JSON', {}, '<html>', {}, { code: 'TOOL_FAILED', reason: 'not-json' }],
    ['a redirection', {}, '', { status: 302 }, { code: 'TOOL_FAILED', reason: 'redirect' }],
    ['more than is read', {}, '[', { isCut: true }, { code: 'TOOL_FAILED', reason: 'answer-too-large' }],
  ])('is read by %s', async (_what, http, body, over, expected) => {
    const { use } = await withTools({ tools: [findOrder({}, http)], host: () => answerOf(body, over) });
    expect(await use()).toMatchObject(expected);
  });
  it.each([
    ['of another tenant', { session: { tenantId: 'other', sessionId: s1 } }, 'SESSION_NOT_FOUND'],
    ['that never was', { session: { tenantId: 'acme', sessionId: s1.replace(/1$/, '2') } }, 'SESSION_NOT_FOUND'],
  ])('is not run for a call %s', async (_what, over, code) => {
    const { use, asked } = await withTools();
    expect(await use(over)).toMatchObject({ kind: 'refused', code });
    expect(asked).toEqual([]);
  });
  it('is not run once its call is over, its tenant suspended, or the kill switch engaged', async () => {
    const { use, sessions, asked } = await withTools();
    await sessions.update(s1, (known) => ({
      result: undefined,
      state: { ...known, kind: 'ended', reason: 'client', endedAtMs: 0, connectedSeconds: 0, told: true } as never,
    }));
    expect(await use()).toMatchObject({ code: 'SESSION_ENDED' });
    expect(asked).toEqual([]);
    await open.close();
    expect(await (await withTools({ policy: { status: 'suspended' } })).use()).toMatchObject({
      code: 'TENANT_SUSPENDED',
    });
    await open.close();
    expect(await (await withTools({ policy: { halted: true } })).use()).toMatchObject({ code: 'TENANT_SUSPENDED' });
  });
  it('is not run past the longest time of its call, though nobody has ended it yet', async () => {
    const { use, clock, asked } = await withTools();
    clock.advanceMs(900_000);
    expect(await use()).toMatchObject({ code: 'SESSION_ENDED' });
    expect(asked).toEqual([]);
  });
  it('is not run for the page of a brokered call, whose arguments nobody but the provider may choose', async () => {
    const { use, sessions } = await withTools();
    await sessions.update(s1, (known) => ({ result: undefined, state: { ...known, mode: 'brokered' } as never }));
    expect(await use()).toMatchObject({ code: 'HEARD_BY_SERVER' });
    expect(await use({ via: 'provider' })).toMatchObject({ kind: 'done' });
  });
  it('that the page runs itself is refused by name, and one that the agent has not is not found', async () => {
    const own = { type: 'function' as const, name: 'scroll', description: 'x', parameters: {} };
    const { use } = await withTools({ tools: [own] });
    expect(await use({ name: 'scroll' })).toMatchObject({ code: 'TOOL_REFUSED', reason: 'page-function' });
    expect(await use({ name: 'other' })).toMatchObject({ code: 'TOOL_NOT_FOUND' });
  });
  it('whose secret is not there sends nothing', async () => {
    const { use, asked, facts } = await withTools({ auth: 'unknown' });
    expect(await use()).toMatchObject({ code: 'TOOL_REFUSED', reason: 'secret-unknown', field: 'secrets.SHOP_KEY' });
    expect(asked).toEqual([]);
    expect(facts()).toMatchObject([{ outcome: 'refused', reason: 'secret-unknown', bytesOut: 0 }]);
  });
  it('may be asked for again under the same id once auth is back: nothing had left', async () => {
    const { use, asked } = await withTools({ auth: 'down' });
    for (let times = 0; times < 2; times += 1) expect(await use()).toMatchObject({ code: 'UNAVAILABLE' });
    expect(asked).toEqual([]);
  });
  it.each([
    ['refused', 'address', 'TOOL_REFUSED'],
    ['failed', 'timeout', 'TOOL_FAILED'],
    ['failed', 'a reason of tomorrow', 'TOOL_FAILED'],
  ])('that egress has %s for %s is refused by name', async (kind, reason, code) => {
    const { use, facts } = await withTools({ host: () => ({ kind, reason }) as never });
    const named = reason.includes(' ') ? 'other' : reason;
    expect(await use()).toMatchObject({ code, reason: named });
    expect(facts()).toMatchObject([{ outcome: kind, reason: named, host: 'api.shop.com', ok: false }]);
  });
  it('that costs money is not run where the budget has no more', async () => {
    let answer: 'held' | 'exceeded' = 'exceeded';
    const { use, asked, held } = await withTools({ tools: [findOrder({ costMicros: 9 })], quota: () => answer });
    expect(await use()).toMatchObject({ code: 'QUOTA_EXCEEDED', reason: 'budget', resetsAt: expect.any(String) });
    expect(asked).toEqual([]);
    answer = 'held';
    expect(await use()).toMatchObject({ kind: 'done' });
    expect(new Set(held).size).toBe(1);
  });
  it('that costs money is not run while quota does not answer', async () => {
    const { use, asked } = await withTools({ tools: [findOrder({ costMicros: 9 })] });
    expect(await use()).toMatchObject({ code: 'UNAVAILABLE', reason: 'unavailable' });
    expect(asked).toEqual([]);
  });
  it('is refused at once while the store is down, and nothing is sent', async () => {
    const down = () => {
      throw new Error('down');
    };
    const { use, asked } = await withTools({ crash: down });
    expect(await Promise.race([use(), pause(2_000, 'late')])).toMatchObject({ code: 'UNAVAILABLE' });
    expect(asked).toEqual([]);
  });
});
