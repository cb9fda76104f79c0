import type { CallEvent, CallSignal } from '@vox/contracts';
import { type Log, silentLog } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { WatchedCall } from '../decide/call.ts';
import type { ProviderEvent } from '../decide/event.ts';
import type { NamedTool } from '../decide/tool-calls.ts';
import { goneOutput, noSuchOutput, tooManyOutput } from '../decide/tool-output.ts';
import { type ToolAnswer, toolAnswers, type UseTool } from './answer-tools.ts';

const call: WatchedCall = {
  ...{ tenantId: 'acme', sessionId: 's1', provider: 'openai', callId: 'rtc_1' },
  ...{ identity: { kind: 'console', userId: 'ada' }, sinceMs: 0, isWhole: true },
};
const asksFor = (n: number): ProviderEvent => ({
  type: 'response.output_item.done',
  item: {
    ...{ id: `item_${n}`, type: 'function_call', status: 'completed' },
    ...{ call_id: `call_${n}`, name: 'find_order', arguments: `{"n":${n}}` },
  },
});
const outputOf = (n: number): ProviderEvent => ({
  type: 'conversation.item.added',
  item: { id: `output_${n}`, type: 'function_call_output', call_id: `call_${n}`, output: '{}' },
});
const answer = (over: Partial<ToolAnswer> = {}): ToolAnswer => ({
  ...{ output: '{"ok":true}', shows: [], endsCall: false, ...over },
});
const turn = () => new Promise((resolve) => setImmediate(resolve));
const isOutput = (event: { type?: string }) => event.type === 'conversation.item.create';

type Opening = { isStandby?: boolean; use?: UseTool; log?: Log };
function opened({ isStandby = false, use = async () => answer(), log = silentLog }: Opening = {}) {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const sent: { type?: string; item?: { call_id: string; output: string } }[] = [];
  const shown: CallEvent[] = [];
  const used: NamedTool[] = [];
  const signals: AbortSignal[] = [];
  const line = { isOpen: true };
  const onEnd = vi.fn();
  const sideband = { send: (event: object) => void sent.push(event), isOpen: () => line.isOpen };
  const bus = { signal: (_kind: typeof CallSignal, _scope: object, event: CallEvent) => void shown.push(event) };
  const useTool: UseTool = (whose, asked, signal) => {
    used.push(asked);
    signals.push(signal);
    return use(whose, asked, signal);
  };
  const tools = toolAnswers({ bus: bus as never, useTool, clock, log }, call, { isStandby, onEnd });
  const hear = (...events: ProviderEvent[]) => {
    for (const event of events) tools.hear(event, sideband);
    return turn();
  };
  const outputs = () => sent.filter(isOutput).map(({ item }) => item?.call_id);
  return { clock, sent, shown, used, signals, line, onEnd, sideband, tools, hear, outputs };
}

describe('what an agent asks its tools', () => {
  it('is answered on the sideband, and then the agent is asked to speak', async () => {
    const { hear, sent, used } = opened();
    await hear(asksFor(1));
    expect(used).toEqual([{ useId: 'call_1', name: 'find_order', args: { n: 1 } }]);
    expect(sent).toEqual([
      {
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: 'call_1', output: '{"ok":true}' },
      },
      { type: 'response.create' },
    ]);
  });
  it('is run and answered once each, whatever is said twice and in whatever order', async () => {
    const events = [1, 2, 3].flatMap((n) => [asksFor(n), { type: 'response.done', response: { id: `r${n}` } }]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...events, ...events], { minLength: 12 }), async (told) => {
        const { hear, used, outputs } = opened();
        for (const event of told) await hear(event);
        expect(used.map(({ useId }) => useId).toSorted()).toEqual(['call_1', 'call_2', 'call_3']);
        expect(outputs().toSorted()).toEqual(['call_1', 'call_2', 'call_3']);
      }),
      { numRuns: 50 },
    );
  });
  it('shows the page what belongs there, and nothing of it goes to the provider', async () => {
    const link: CallEvent = { kind: 'link', useId: 'call_1', url: 'https://pay.example/1', label: 'Pay' };
    const { hear, shown, sent } = opened({ use: async () => answer({ shows: [link] }) });
    await hear(asksFor(1));
    expect(shown).toEqual([link]);
    expect(JSON.stringify(sent)).not.toContain('pay.example');
  });
  it('is left alone where the visitor’s page runs it', async () => {
    const { hear, sent } = opened({ use: async () => undefined });
    await hear(asksFor(1));
    expect(sent).toEqual([]);
  });
  it('is not run where the page puts it into the conversation, though the agent’s own use is', async () => {
    const { hear, used, outputs } = opened();
    const made = { ...(asksFor(1).item as object), arguments: '{"n":666}' };
    await hear(...['added', 'created', 'done'].map((stage) => ({ type: `conversation.item.${stage}`, item: made })));
    expect([used, outputs()]).toEqual([[], []]);
    await hear(asksFor(1));
    expect(used).toEqual([{ useId: 'call_1', name: 'find_order', args: { n: 1 } }]);
  });
  it('is answered with “no such tool” where it has no tool’s name, and those words go nowhere', async () => {
    const { hear, used, sent, shown } = opened();
    await hear({ ...asksFor(1), item: { ...(asksFor(1).item as object), name: 'canary 4111 1111 1111 1111' } });
    expect([used, shown]).toEqual([[], []]);
    expect(sent[0]?.item).toMatchObject({ call_id: 'call_1', output: noSuchOutput });
    expect(sent.at(-1)).toEqual({ type: 'response.create' });
    expect(JSON.stringify(sent)).not.toContain('canary');
  });
  it('leaves no name in the log where it breaks', async () => {
    const warned: unknown[] = [];
    const log = { ...silentLog, warn: (...told: unknown[]) => void warned.push(told) };
    const { hear } = opened({ use: () => Promise.reject(new Error('down')), log });
    await hear(asksFor(1));
    expect(warned).toHaveLength(1);
    expect(JSON.stringify(warned)).not.toContain('find_order');
  });
  it('is politely refused beyond four at once, and what breaks says nothing of why', async () => {
    const waiting = Promise.withResolvers<ToolAnswer>();
    const { hear, sent, used } = opened({ use: () => waiting.promise });
    await hear(...[1, 2, 3, 4, 5].map(asksFor));
    expect(used).toHaveLength(4);
    expect(sent[0]?.item).toMatchObject({ call_id: 'call_5', output: tooManyOutput });
    waiting.reject(new Error('the private words of a driver'));
    await turn();
    expect(sent.filter(({ item }) => item?.output === goneOutput)).toHaveLength(4);
    expect(JSON.stringify(sent)).not.toContain('private');
  });
  it('waits with its answer while the sideband is broken, and while the agent speaks', async () => {
    const { hear, sent, line, outputs } = opened();
    line.isOpen = false;
    await hear(asksFor(1));
    expect(sent).toEqual([]);
    line.isOpen = true;
    await hear({ type: 'session.created' });
    expect(outputs()).toEqual(['call_1']);
    await hear({ type: 'response.created', response: { id: 'r1' } }, asksFor(2));
    expect(sent.at(-1)).toMatchObject({ item: { call_id: 'call_2' } });
    await hear({ type: 'response.done', response: { id: 'r1' } });
    expect(sent.at(-1)).toEqual({ type: 'response.create' });
  });
  it('is given up when the call ends: what runs is aborted, and its answer goes nowhere', async () => {
    const waiting = Promise.withResolvers<ToolAnswer>();
    const { hear, tools, sent, shown, signals } = opened({ use: () => waiting.promise });
    await hear(asksFor(1));
    tools.stop();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    waiting.resolve(answer({ shows: [{ kind: 'link', useId: 'x', url: 'https://pay.example/', label: 'Pay' }] }));
    await turn();
    expect([sent, shown]).toEqual([[], []]);
  });
});

describe('a copy that stands by', () => {
  it('runs nothing, and on taking over runs what nobody has answered', async () => {
    const { hear, tools, sideband, used, sent, outputs } = opened({ isStandby: true });
    await hear(asksFor(1), asksFor(2), outputOf(1), outputOf(3), asksFor(3));
    expect([used, sent]).toEqual([[], []]);
    tools.goOn(sideband);
    await turn();
    expect(outputs()).toEqual(['call_2']);
    await hear(asksFor(2), asksFor(4));
    expect(outputs()).toEqual(['call_2', 'call_4']);
  });
  it('holds what was asked for half a minute and no longer', async () => {
    const { hear, tools, sideband, clock, outputs } = opened({ isStandby: true });
    await hear(asksFor(1));
    clock.advanceMs(31_000);
    await hear(asksFor(2));
    tools.goOn(sideband);
    await turn();
    expect(outputs()).toEqual(['call_2']);
  });
});

describe('an agent that ends its call', () => {
  const ends = { use: async () => answer({ endsCall: true }) };
  it('is heard to its last word', async () => {
    const { hear, onEnd, sent } = opened(ends);
    await hear({ type: 'output_audio_buffer.started' }, asksFor(1), { type: 'response.done', response: { id: 'r1' } });
    expect(onEnd).not.toHaveBeenCalled();
    await hear({ type: 'output_audio_buffer.stopped' });
    expect(onEnd).toHaveBeenCalledOnce();
    expect(sent.filter(({ type }) => type === 'response.create')).toEqual([]);
  });
  it('is asked to say goodbye where it says nothing, and asks its tools for nothing more', async () => {
    const { hear, onEnd, sent, used } = opened(ends);
    await hear(asksFor(1));
    expect(sent.at(-1)).toEqual({ type: 'response.create' });
    await hear({ type: 'response.created', response: { id: 'r1' } }, asksFor(2));
    expect(onEnd).not.toHaveBeenCalled();
    await hear({ type: 'response.done', response: { id: 'r1' } });
    expect(onEnd).toHaveBeenCalledOnce();
    expect(used).toHaveLength(1);
  });
  it('ends it within ten seconds, however long it speaks', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { hear, onEnd } = opened(ends);
      await hear({ type: 'output_audio_buffer.started' }, asksFor(1));
      vi.advanceTimersByTime(9_999);
      expect(onEnd).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1);
      expect(onEnd).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });
});
