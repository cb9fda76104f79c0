import { type BuiltInTool, type CallEvent, CallSignal, consentWords, VisitorSignal } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { somePolicy } from '@vox/testing';
import { describe, expect, it, vi } from 'vitest';
import type { LiveSession } from '../../calls/mod.ts';
import { builtInRunner } from './run-built-in.ts';

const scope = { tenantId: 'acme', sessionId: '0b9ff1a4-5a53-4a63-9a59-bd5a0ef4cb52' };
const session = { tenantId: scope.tenantId, agentId: 'guide' } as LiveSession;
const call = { session, sessionId: scope.sessionId, args: {}, callId: 'call_1' };
const policy = somePolicy();

/** A visitor's page that hears what is asked. `pause` lets the time pass in which it may answer. */
async function opened(pause: (ms: number, signal: AbortSignal) => Promise<unknown> = async () => undefined) {
  const bus = memoryBus();
  const heard: CallEvent[] = [];
  await bus.listen(CallSignal, scope, (event) => void heard.push(event));
  const runner = builtInRunner({ bus, policies: { get: () => policy }, pause });
  const run = (tool: BuiltInTool, use: typeof call & { signal?: AbortSignal }) =>
    runner({ signal: new AbortController().signal, ...use, tool });
  return { bus, heard, run };
}
const asks = { kind: 'built_in', name: 'collect_consent', purpose: 'transcripts' } as const;
const onceAborted = (_ms: number, signal: AbortSignal) =>
  new Promise((resolve) => signal.addEventListener('abort', resolve));

describe('the tool end_call', () => {
  it('asks for the end of the call', async () => {
    const { run } = await opened();
    expect(await run({ kind: 'built_in', name: 'end_call' }, call)).toMatchObject({
      ...{ kind: 'done', ok: true, effect: { kind: 'end-call' } },
    });
  });
});

describe('the tool transfer_to_link', () => {
  const link = (urlTemplate: string) => ({
    ...{ kind: 'built_in' as const, name: 'transfer_to_link' as const, link: { urlTemplate, label: 'Pay' } },
  });
  it('makes a link of this call, of which the agent learns neither the address nor what is paid', async () => {
    const { run } = await opened();
    const url = 'https://pay.shop.com/{{session.sessionId}}?call={{session.callId}}';
    const outcome = await run(link(url), call);
    expect(outcome).toMatchObject({
      kind: 'done',
      effect: { kind: 'link', url: `https://pay.shop.com/${scope.sessionId}?call=call_1`, label: 'Pay' },
    });
    expect(JSON.stringify((outcome as { result: unknown }).result)).toBe('{"shown":true}');
  });
  it.each([
    ['a secret', 'https://pay.shop.com/{{secrets.KEY}}'],
    ['a user before its host', 'https://shop@pay.example/'],
    ['another scheme', 'http://pay.shop.com/'],
    ['no value at the end of its path', 'https://pay.shop.com/orders/{{args.order}}'],
  ])('gives no link with %s', async (_what, urlTemplate) => {
    const { run } = await opened();
    expect(await run(link(urlTemplate), call)).toEqual({ kind: 'refused', code: 'TOOL_REFUSED', reason: 'template' });
  });
});

describe('the tool collect_consent', () => {
  it('asks on the page in the words in force, with their hash', async () => {
    const { run, heard } = await opened();
    await run(asks, call);
    const { version, text } = consentWords(policy, 'transcripts');
    await vi.waitFor(() => expect(heard).toHaveLength(9));
    expect(heard[0]).toEqual({
      ...{ kind: 'consent-wanted', useId: 'call_1', purpose: 'transcripts', version, text, seconds: 45 },
      textHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
  it.each([
    [true, 'granted'],
    [false, 'declined'],
  ])('tells the agent what the visitor answered: %s', async (given, answer) => {
    const { run, heard, bus } = await opened(onceAborted);
    const outcome = run(asks, call);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    bus.signal(VisitorSignal, { ...scope, tenantId: 'other' }, { kind: 'consent', purpose: 'transcripts', given });
    bus.signal(VisitorSignal, scope, { kind: 'consent', purpose: 'ai-disclosure', given: !given });
    bus.signal(VisitorSignal, scope, { kind: 'consent', purpose: 'transcripts', given });
    expect(await outcome).toEqual({ kind: 'done', ok: true, result: { answer } });
  });
  it('tells the agent that nobody answered, when the time is over and when the call is', async () => {
    const none = { kind: 'done', ok: true, result: { answer: 'none' } };
    expect(await (await opened()).run(asks, call)).toEqual(none);
    const { run, heard } = await opened(onceAborted);
    const over = new AbortController();
    const outcome = run(asks, { ...call, signal: over.signal });
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    over.abort();
    expect(await outcome).toEqual(none);
  });
});
