import { describe, expect, it } from 'vitest';
import type { Event } from '../calls/protocol.ts';
import { realtimeProtocol } from './conversation.ts';
import { someUsage } from './usage.ts';

const calls = [{ on: 'my order', name: 'find_order', arguments: { number: 'AB123456' }, says: 'It is on its way.' }];
const script = { heard: ['Hello', 'Where is my order?'], said: ['Hi', 'One moment.'], calls };
const conversation = { turnMs: 0, turnUsages: [someUsage], transcriptionUsages: undefined, script };
const tool = { type: 'function', name: 'find_order', description: '', parameters: {} };
const begun = (tools: object[] = [tool]) => {
  const session = { type: 'realtime' as const, model: 'gpt-realtime-2.1', tools };
  return realtimeProtocol({ session, conversation, expiresAt: 0 });
};
const types = (events: readonly Event[]) => events.map(({ type }) => type);
const words = (events: readonly Event[]) =>
  events.flatMap(({ transcript }) => (typeof transcript === 'string' ? [transcript] : []));
const item = (given: object) => ({ type: 'conversation.item.create', item: given });

describe('the simulated agent', () => {
  it('calls a function when the visitor says so, and speaks of what it is given', () => {
    const agent = begun();
    expect(words(agent.turn(0))).toEqual(['Hi']);
    const asked = agent.turn(1);
    expect(types(asked)).toEqual(expect.arrayContaining(['response.function_call_arguments.done', 'response.done']));
    const done = asked.find(({ type }) => type === 'response.output_item.done')?.item as { call_id: string };
    expect(done).toMatchObject({ type: 'function_call', name: 'find_order', arguments: '{"number":"AB123456"}' });
    const output = { type: 'function_call_output', call_id: done.call_id, output: '{"ok":true}' };
    agent.hear(item(output), 'sideband');
    expect(agent.outputs?.()).toEqual([{ callId: done.call_id, output: '{"ok":true}' }]);
    expect(words(agent.turn(2))).toEqual(['It is on its way.']);
    expect(words(agent.turn(3))).toEqual(['Hi']);
  });
  it('calls one when the visitor writes it, and says why it was refused', () => {
    const agent = begun();
    const content = [{ type: 'input_text', text: 'Where is MY ORDER?' }];
    agent.hear(item({ type: 'message', role: 'user', content }), 'channel');
    expect(types(agent.turn(0))).toContain('response.function_call_arguments.done');
    agent.hear(item({ type: 'function_call_output', output: '{"ok":false,"reason":"Not now."}' }), 'sideband');
    expect(words(agent.turn(1))).toEqual(['Not now.']);
  });
  it('is silent until its function has an output, as the visitor is, but not for ever', () => {
    const agent = begun();
    agent.turn(0);
    agent.turn(1);
    for (let turn = 2; turn < 22; turn += 1) expect(agent.turn(turn)).toEqual([]);
    expect(words(agent.turn(22))).toEqual(['Hi']);
  });
  it('calls no function that its session does not have', () => {
    expect(words(begun([]).turn(1))).toEqual(['One moment.']);
  });
});
