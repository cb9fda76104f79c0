import { describe, expect, it } from 'vitest';
import type { ToolCall, ToolOutcome } from '../../tools/mod.ts';
import type { WatchedCall } from '../../watch/mod.ts';
import { toolUser } from './use-tool.ts';

const call: WatchedCall = {
  ...{ tenantId: 'acme', sessionId: 's1', provider: 'openai', callId: 'rtc_1', agentId: 'guide' },
  ...{ identity: { kind: 'console', userId: 'ada' }, sinceMs: 0, isWhole: true },
};
const asked = { useId: 'call_1', name: 'find_order', args: { number: '7' } };
const { signal } = new AbortController();
const used = (outcome: ToolOutcome) => toolUser({ runTool: async () => outcome })(call, asked, signal);
const done = (over: object): ToolOutcome => ({ kind: 'done', ok: true, result: {}, ...over });

describe('a tool that the provider asks for', () => {
  it('is run for this call, once by the provider’s id, and until the call is over', async () => {
    const calls: ToolCall[] = [];
    const use = toolUser({
      async runTool(one) {
        calls.push(one);
        return done({});
      },
    });
    await use(call, asked, signal);
    expect(calls).toEqual([
      {
        ...{ session: { tenantId: 'acme', sessionId: 's1' }, name: 'find_order', args: { number: '7' } },
        ...{ callId: 'call_1', via: 'provider', signal },
      },
    ]);
  });
  it('is left to the page where it is a function of the page', async () => {
    expect(await used({ kind: 'refused', code: 'TOOL_REFUSED', reason: 'page-function' })).toBeUndefined();
  });
  it('that was refused shows the page nothing', async () => {
    const answer = await used({ kind: 'refused', code: 'TOOL_REFUSED', reason: 'address' });
    expect(answer).toMatchObject({ shows: [], endsCall: false });
    expect(answer?.output).not.toContain('address');
  });
  it('shows the page what the descriptor names, and a link that is one', async () => {
    const ui = { kind: 'card' as const, fields: [{ path: 'order.status', value: 'sent' }] };
    expect(await used(done({ ui }))).toMatchObject({ shows: [{ kind: 'tool', useId: 'call_1', view: ui }] });
    const link = (url: string) => used(done({ effect: { kind: 'link', url, label: 'Pay' } }));
    expect((await link('https://pay.shop.com/1'))?.shows).toMatchObject([{ kind: 'link', label: 'Pay' }]);
    expect((await link('javascript:alert(1)'))?.shows).toEqual([]);
  });
  it('may end the call', async () => {
    expect(await used(done({ effect: { kind: 'end-call' } }))).toMatchObject({ endsCall: true, shows: [] });
  });
});
