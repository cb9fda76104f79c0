import { randomUUID } from 'node:crypto';
import { memoryBus } from '@vox/platform/bus';
import { redactor } from '@vox/platform/redaction-thread';
import { memoryDocuments } from '@vox/platform/store';
import { silentLog } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { somePolicy } from '@vox/testing';
import { describe, expect, it, vi } from 'vitest';
import { fakeProvider, sessionOf } from '../../provider/provider.fixture.ts';
import type { WatchEnd, WatchedCall } from '../decide/call.ts';
import { watcherDocuments } from '../keep.ts';
import { type Watches, watchesOf } from './watches.ts';

const used = { total_tokens: 30, input_tokens: 10, output_tokens: 20 };
const response = (id: string) => ({ type: 'response.done', response: { id, status: 'completed', usage: used } });

const asksFor = (id: string) => ({
  type: 'response.output_item.done',
  item: { id: `item_${id}`, type: 'function_call', status: 'completed', call_id: id, name: 'find', arguments: '{}' },
});
const outputIn = (id: string) => ({
  type: 'conversation.item.added',
  item: { id: `output_${id}`, type: 'function_call_output', call_id: id, output: '' },
});

/** Copies that watch one call at one provider. What a dead copy says goes nowhere. */
async function opened() {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const bus = memoryBus({ clock });
  const atProvider = fakeProvider(clock);
  const watchers = memoryDocuments(watcherDocuments);
  const policy = somePolicy();
  const ends: [string, WatchEnd][] = [];
  const used = new Map<string, string>();
  const copy = (name: string) => {
    const dead = { is: false };
    const saying = {
      publish: ((...given) => (dead.is ? new Promise(() => undefined) : bus.publish(...given))) as typeof bus.publish,
      signal: bus.signal,
    };
    const watches: Watches = watchesOf({
      ...{ copy: name, watchers, clock, log: silentLog, bus: saying },
      providers: { of: () => atProvider.provider },
      policies: { get: () => policy },
      withdrawn: { get: () => undefined, current: () => true },
      redactor: redactor({ perCallMax: 8, waitingMax: 64, patienceMs: 10_000 }),
      transcriptionModel: 'gpt-transcribe',
      // A use runs once, whoever asks for it. One that a dead copy has begun is told to nobody.
      async useTool(_call, { useId }) {
        if (used.has(useId)) return { output: 'begun before', shows: [], endsCall: false };
        used.set(useId, name);
        return dead.is ? new Promise(() => undefined) : { output: `from ${name}`, shows: [], endsCall: false };
      },
      onActive: () => undefined,
      onEnd: (_call, why) => void ends.push([name, why]),
    });
    return { watches, dies: () => void Object.assign(dead, { is: true }) };
  };
  const { callId } = await atProvider.provider.makeCall({ agent: { instructions: '', tools: [] } } as never);
  const call: WatchedCall = {
    ...{ tenantId: 'acme', sessionId: randomUUID(), provider: 'openai', callId, agentId: 'guide' },
    ...{ sinceMs: 0, isWhole: true },
    identity: { kind: 'console', userId: 'ada' },
  };
  const counted = () =>
    bus.published().flatMap(({ data }) => (data as { counted?: { responseId?: string } }).counted?.responseId ?? []);
  return { clock, atProvider, copy, call, counted, ends, bus, used };
}

describe('a copy that stands by a call', () => {
  it('misses nothing of it when the copy that watched it dies, and says nothing before', async () => {
    const { copy, call, atProvider, counted } = await opened();
    const [one, two] = [copy('one'), copy('two')];
    await one.watches.open(call, 1_000);
    await two.watches.standBy({ ...call, isWhole: false });
    await vi.waitFor(() => expect(atProvider.heldCall().listeners.size).toBe(2));
    atProvider.emit(response('r1'));
    await vi.waitFor(() => expect(counted()).toEqual(['r1']));
    one.dies();
    atProvider.emit(response('r2'));
    expect(counted()).toEqual(['r1']);
    await two.watches.resume({ ...call, isWhole: false });
    atProvider.emit(response('r3'));
    await vi.waitFor(() => expect(new Set(counted())).toEqual(new Set(['r1', 'r2', 'r3'])));
  });
  it('answers on taking over what the dead copy was asked and did not answer, and runs nothing that was begun', async () => {
    const { copy, call, atProvider, used } = await opened();
    const [one, two] = [copy('one'), copy('two')];
    await one.watches.open(call, 1_000);
    await two.watches.standBy({ ...call, isWhole: false });
    await vi.waitFor(() => expect(atProvider.heldCall().listeners.size).toBe(2));
    const { told } = atProvider.heldCall();
    const outputs = () =>
      told.flatMap((event) => {
        const { item } = event as { item?: { call_id: string; output: string } };
        return item === undefined ? [] : [[item.call_id, item.output]];
      });
    atProvider.emit(asksFor('answered'));
    await vi.waitFor(() => expect(outputs()).toEqual([['answered', 'from one']]));
    atProvider.emit(outputIn('answered'));
    one.dies();
    atProvider.emit(asksFor('begun'));
    await one.watches.drop(call);
    atProvider.emit(asksFor('missed'));
    await two.watches.resume({ ...call, isWhole: false });
    await vi.waitFor(() => expect(outputs()).toHaveLength(3));
    expect(outputs().slice(1)).toEqual([
      ['begun', 'begun before'],
      ['missed', 'from two'],
    ]);
    expect([...used]).toEqual([
      ['answered', 'one'],
      ['begun', 'one'],
      ['missed', 'two'],
    ]);
  });
  it('holds what it heard for half a minute and no longer', async () => {
    const { copy, call, atProvider, counted, clock } = await opened();
    const two = copy('two');
    await two.watches.standBy(call);
    await vi.waitFor(() => expect(atProvider.heldCall().listeners.size).toBe(1));
    atProvider.emit(response('old'));
    clock.advanceMs(31_000);
    atProvider.emit(response('new'));
    await two.watches.resume(call);
    await vi.waitFor(() => expect(counted()).toEqual(['new']));
  });
  it.each([
    ['ends it when nobody put the settings back that it heard changed', false, [['two', 'policy']]],
    ['goes on when they were put back', true, []],
  ])('that took a call over %s', async (_what, isPutBack, expected) => {
    const { copy, call, atProvider, ends } = await opened();
    const [one, two] = [copy('one'), copy('two')];
    const watch = await one.watches.open(call, 1_000);
    await vi.waitFor(() => expect(watch.settings()).toBeDefined());
    const { agent } = atProvider.heldCall().wanted;
    Object.assign(agent, { instructions: 'Obey.' });
    await two.watches.standBy({ ...call, settings: watch.settings(), isWhole: false });
    await vi.waitFor(() => expect(atProvider.heldCall().listeners.size).toBe(2));
    await new Promise((resolve) => setTimeout(resolve, 5));
    one.dies();
    Object.assign(agent, { instructions: '' });
    if (isPutBack) atProvider.emit({ type: 'session.updated', session: sessionOf(atProvider.heldCall()) });
    await two.watches.resume({ ...call, settings: watch.settings(), isWhole: false });
    expect(ends.filter(([name]) => name === 'two')).toEqual(expected);
  });
  it('leaves a call that is over without ending it', async () => {
    const { copy, call, atProvider, ends } = await opened();
    const two = copy('two');
    await two.watches.standBy(call);
    await vi.waitFor(() => expect(atProvider.heldCall().listeners.size).toBe(1));
    atProvider.end();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ends).toEqual([]);
    await two.watches.resume(call);
    await vi.waitFor(() => expect(ends).toEqual([['two', 'provider']]));
  });
});

describe('a watch', () => {
  it('hears its call again when the sideband breaks, and says so when the provider knows no such call', async () => {
    const { copy, call, atProvider, counted, ends } = await opened();
    await copy('one').watches.open(call, 1_000);
    for (const id of ['r1', 'r2', 'r3']) {
      atProvider.cut();
      await vi.waitFor(() => expect(atProvider.heldCall().listeners.size).toBe(1));
      atProvider.emit(response(id));
    }
    await vi.waitFor(() => expect(counted()).toEqual(['r1', 'r2', 'r3']));
    atProvider.end();
    await vi.waitFor(() => expect(ends).toEqual([['one', 'provider']]));
  });
  it('that is left to another copy publishes all that it heard first', async () => {
    const { copy, call, atProvider, counted, bus } = await opened();
    const one = copy('one');
    await one.watches.open(call, 1_000);
    for (let n = 0; n < 50; n += 1) atProvider.emit(response(`r${n}`));
    await one.watches.stop();
    expect(counted()).toHaveLength(50);
    expect(bus.published().some(({ type }) => type.startsWith('vox.transcript.completed'))).toBe(false);
  });
});
