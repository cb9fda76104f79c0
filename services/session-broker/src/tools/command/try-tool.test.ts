import { Fault } from '@vox/platform/fault';
import { afterEach, describe, expect, it } from 'vitest';
import { answerOf, findOrder, openTools, secretText } from '../tools.fixture.ts';

let open: Awaited<ReturnType<typeof openTools>>;
const withTools = async (...options: Parameters<typeof openTools>) => {
  open = await openTools(...options);
  return open;
};
afterEach(() => open.close());

const act = { tenantId: 'acme', actor: 'member:m_1', reason: 'a test', target: 'tool:guide/find_order' };
const uuid = /^[0-9a-f-]{36}$/;

describe('a tool that is tried', () => {
  it('is sent as a use is, and stands in the audit log before and after, without a value', async () => {
    const { tryIt, asked, acts, facts, toolUses } = await withTools({
      host: () => answerOf({ status: 'sent', note: 'canary-note 4111 1111 1111 1111', echo: secretText }),
    });
    const tried = await tryIt();
    expect(tried).toMatchObject({
      tryId: expect.stringMatching(uuid),
      outcome: { kind: 'done', ok: true, result: { status: 'sent', echo: '[secret]' } },
      figures: { outcome: 'answered', host: 'api.shop.com', method: 'GET', status: 200 },
    });
    expect(JSON.stringify(tried)).not.toMatch(/4111 1111/);
    expect(asked).toMatchObject([
      { url: 'https://api.shop.com/orders/AB1', headers: { Authorization: `Bearer ${secretText}` }, owner: 'acme' },
    ]);
    const { tryId } = tried;
    expect(acts()).toMatchObject([
      { ...act, action: 'tool.try', outcome: 'done', details: { tryId, kind: 'http_tool', host: 'api.shop.com' } },
      { ...act, action: 'tool.tried', outcome: 'done', details: { tryId, status: 200 } },
    ]);
    expect(JSON.stringify(acts())).not.toMatch(/AB1|canary|sent/);
    expect([facts(), await toolUses.all(10)]).toEqual([[], []]);
  });
  it('has an id of its own in the place of those of a call', async () => {
    const jsonBodyTemplate = {
      call: '{{session.callId}}',
      session: '{{session.sessionId}}',
      whose: '{{session.tenantId}}',
    };
    const { tryIt, asked } = await withTools({ tools: [findOrder({}, { method: 'POST', jsonBodyTemplate })] });
    const { tryId } = await tryIt();
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ call: tryId, session: tryId, whose: 'acme' });
  });
  it('costs the budget nothing, whatever a use costs', async () => {
    const { tryIt, held } = await withTools({ tools: [findOrder({ costMicros: 500 })], quota: () => 'exceeded' });
    expect((await tryIt()).outcome).toMatchObject({ kind: 'done' });
    expect(held).toEqual([]);
  });
  it('is told with its figures when its host gives no answer of use, and when the log takes no more', async () => {
    // Each thing that is published is two steps.
    let published = 0;
    const { tryIt, acts, warned } = await withTools({
      host: () => ({ kind: 'failed', reason: 'connect' }),
      crash: (point) => {
        if (point === 'bus' && ++published > 2) throw new Fault('UNAVAILABLE');
      },
    });
    expect(await tryIt()).toMatchObject({
      outcome: { kind: 'refused', code: 'TOOL_FAILED', reason: 'connect' },
      figures: { outcome: 'failed', host: 'api.shop.com' },
    });
    expect([acts().length, warned.length]).toEqual([1, 1]);
  });
  it('is not sent before the audit log has it, and counts nothing then', async () => {
    let isDown = true;
    const { tryIt, asked } = await withTools({
      bounds: { perSession: 9, perMinute: 1 },
      crash: (point) => {
        if (point === 'bus' && isDown) throw new Fault('UNAVAILABLE');
      },
    });
    expect(await tryIt()).toMatchObject({ outcome: { code: 'UNAVAILABLE' }, figures: undefined });
    expect(asked).toEqual([]);
    isDown = false;
    expect((await tryIt()).outcome).toMatchObject({ kind: 'done' });
  });

  const page = { type: 'function', name: 'scroll', description: 'Scrolls.', parameters: { type: 'object' } } as const;
  const link = { urlTemplate: 'https://shop.com/', label: 'Pay' };
  const builtIns = [
    { kind: 'built_in', name: 'end_call' },
    { kind: 'built_in', name: 'transfer_to_link', link },
    { kind: 'built_in', name: 'collect_consent', purpose: 'transcripts' },
  ] as const;
  const tools = [findOrder(), page, ...builtIns];
  it.each<[string, Parameters<typeof openTools>[0], object, object]>([
    ['the page runs it', {}, { name: 'scroll' }, { code: 'TOOL_REFUSED', reason: 'page-function' }],
    ...builtIns.map(({ name }) => {
      const refusal = { code: 'TOOL_REFUSED', reason: 'needs-call' };
      return [`it is ${name}, which does something to a call`, {}, { name }, refusal] as [
        string,
        object,
        object,
        object,
      ];
    }),
    ['no agent is called so', {}, { agentId: 'nobody' }, { code: 'TOOL_NOT_FOUND', field: 'agentId' }],
    ['its agent has no such tool', {}, { name: 'other' }, { code: 'TOOL_NOT_FOUND', field: 'name' }],
    ['an argument does not fit', {}, { args: { number: 7 } }, { code: 'INVALID_PARAMETERS', field: 'args.number' }],
    ['the tenant is suspended', { policy: { status: 'suspended' } }, {}, { code: 'TENANT_SUSPENDED' }],
    ['the kill switch is engaged', { policy: { halted: true } }, {}, { code: 'TENANT_SUSPENDED' }],
    ['a secret is unknown', { auth: 'unknown' }, {}, { reason: 'secret-unknown', field: 'secrets.SHOP_KEY' }],
    ['auth does not answer', { auth: 'down' }, {}, { code: 'UNAVAILABLE', reason: 'unavailable' }],
  ])('is refused, and nothing is sent, where %s', async (_why, options, over, refusal) => {
    const { tryIt, asked } = await withTools({ tools, ...options });
    const tried = await tryIt(over);
    expect(tried.outcome).toMatchObject({ kind: 'refused', ...refusal });
    expect([tried.figures, asked]).toEqual([undefined, []]);
  });
  it('is of no use for a tenant that is not there', async () => {
    const { tryIt } = await withTools();
    await expect(tryIt({ tenantId: 'other' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('counts under the bounds of its tenant’s minute beside the uses in calls, over all copies', async () => {
    const { tryIt, use, asked } = await withTools({ copies: 2, bounds: { perSession: 99, perMinute: 6 } });
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, nth) =>
        nth % 3 === 0 ? use({ callId: `call_${nth}` }, nth % 2) : tryIt({}, nth % 2).then(({ outcome }) => outcome),
      ),
    );
    expect(asked.length).toBe(6);
    const refused = outcomes.filter((each) => each.kind === 'refused');
    expect(refused).toEqual(
      Array(6).fill({ kind: 'refused', code: 'RATE_LIMITED', reason: 'tenant-limit', retryAfterSeconds: 60 }),
    );
  });
});
