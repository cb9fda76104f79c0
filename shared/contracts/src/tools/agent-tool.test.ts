import { describe, expect, it } from 'vitest';
import { Agent, publicAgent } from '../tenants/policy.ts';
import { AgentTool } from './agent-tool.ts';
import { toldTool } from './told-tool.ts';

const parameters = { type: 'object', properties: { number: { type: 'string' } } };
const page = { type: 'function', name: 'show_map', description: 'Shows a map.', parameters };
const http = {
  ...{ kind: 'http_tool', name: 'find', description: 'Finds.', parameters },
  http: { method: 'GET', urlTemplate: 'https://a.com/' },
};
const builtIn = (over: object): object => ({ kind: 'built_in', ...over });

describe('an agent that was kept before tools had kinds', () => {
  it('is read as it was, byte for byte', () => {
    const kept = {
      ...{ agentId: 'guide', displayName: 'Guide', models: ['gpt-realtime-2.1'], voices: ['marin'] },
      ...{ instructions: 'Help.', tools: [page, { ...page, name: 'end_call', parameters: {} }] },
    };
    expect(JSON.stringify(Agent.parse(kept))).toBe(JSON.stringify(kept));
    expect(Object.keys(Agent.parse(kept).tools[0] ?? {})).toEqual(Object.keys(page));
  });
  it('has functions that are told as they stand there', () => {
    expect(JSON.stringify(toldTool(AgentTool.parse(page)))).toBe(JSON.stringify(page));
  });
});

describe('a tool of an agent', () => {
  it.each([
    [{ ...page, kind: 'http' }, 'kind'],
    [{ ...page, type: 'tool' }, 'type'],
    [{ ...page, kind: 'http_tool' }, ''],
    [{ ...http, type: 'function' }, ''],
    [{ ...http, http: { ...http.http, url: 'x' } }, 'http'],
    [{ ...http, costMicros: -1 }, 'costMicros'],
    [builtIn({ name: 'shell' }), 'name'],
    [builtIn({ name: 'transfer_to_link' }), 'link'],
    [builtIn({ name: 'collect_consent', purpose: 'anything' }), 'purpose'],
    [builtIn({ name: 'end_call', link: { urlTemplate: 'https://a.com', label: 'Pay' } }), ''],
  ])('of the form %j is refused at one place, %s', (tool, place) => {
    const read = AgentTool.safeParse(tool);
    expect(read.error?.issues.map(({ path }) => path.join('.'))).toContain(place);
  });
  it('that VOX has itself is told in VOX’s words and takes nothing, where the tenant says nothing else', () => {
    const nothing = { type: 'object', properties: {}, additionalProperties: false };
    const link = { urlTemplate: 'https://a.com/', label: 'Pay' };
    for (const over of [
      { name: 'end_call' },
      { name: 'transfer_to_link', link },
      { name: 'collect_consent', purpose: 'transcripts' },
    ])
      expect(toldTool(AgentTool.parse(builtIn(over)))).toEqual({
        ...{ type: 'function', name: over.name, description: expect.stringMatching(/\w{4}/), parameters: nothing },
      });
    const parametersOf = () => toldTool(AgentTool.parse(builtIn({ name: 'end_call' }))).parameters;
    // One and the same schema, so that whoever compiles it does so once; and nobody can change it for others.
    expect(parametersOf()).toBe(parametersOf());
    expect([parametersOf(), parametersOf().properties].every(Object.isFrozen)).toBe(true);
    const own = { name: 'transfer_to_link', link, description: 'Pays.', parameters };
    expect(toldTool(AgentTool.parse(builtIn(own)))).toMatchObject({ description: 'Pays.', parameters });
  });
  it('is known by the time that the longest of its agent takes, and by nothing where VOX runs none', () => {
    const agent = { agentId: 'guide', displayName: 'Guide', models: ['m'], voices: ['v'], instructions: 'Help.' };
    const toolMsOf = (...tools: object[]) =>
      publicAgent(Agent.parse({ ...agent, tools: tools.map((tool) => AgentTool.parse(tool)) })).toolMs;
    expect(toolMsOf(page)).toBeUndefined();
    const named = (name: string, timeoutMs: number) => ({ ...http, name, http: { ...http.http, timeoutMs } });
    expect(toolMsOf(page, named('a', 900), named('b', 30_000), builtIn({ name: 'end_call' }))).toBe(30_000);
    expect(toolMsOf(builtIn({ name: 'collect_consent', purpose: 'transcripts' }))).toBe(60_000);
  });
});
