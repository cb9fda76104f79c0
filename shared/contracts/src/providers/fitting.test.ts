import { describe, expect, it } from 'vitest';
import { unfitFor } from './fitting.ts';
import { profileOf, profilesOf } from './provider-rows.ts';

const far = { id: 'far', adapter: 'openai-realtime' as const, region: 'eu', lacks: ['serverEnd' as const] };
const profiles = [...profilesOf(), profileOf(far)];
const agent = (over: object = {}) => ({ models: ['gpt-realtime-2.1'], tools: [], ...over });

describe('an agent', () => {
  it('may ask for what its provider can do', () => {
    for (const calls of ['brokered', 'direct', 'both'] as const) expect(unfitFor(agent(), calls, profiles)).toEqual([]);
    const mixed = agent({ models: ['gpt-realtime-2.1', 'gpt-live-1'] });
    for (const calls of ['brokered', 'both'] as const) expect(unfitFor(mixed, calls, profiles)).toEqual([]);
  });
  it.each([
    ['a provider that is none', { provider: 'none' }, 'both', 'provider', 'is no provider of this installation'],
    [
      'a provider that does not serve its model',
      { provider: 'openai', models: ['gpt-realtime-2.1', 'gpt-live-1'] },
      'both',
      'models.1',
      'is not served by the provider openai',
    ],
    [
      'brokered calls of a provider that cannot end them',
      { provider: 'far' },
      'brokered',
      'provider',
      'leads to far, which cannot end a call when we say so: brokered calls need that',
    ],
    [
      'direct calls of a model that is served without client secrets',
      { models: ['gpt-live-1'] },
      'direct',
      'models.0',
      'leads to openai-live, which lets no browser begin a call by itself: direct calls need that',
    ],
    [
      'tools of a provider that calls none',
      { models: ['gpt-live-1'], tools: [{}] },
      'brokered',
      'tools',
      'must be empty: the provider openai-live calls no tools',
    ],
    [
      'another region than its provider works in',
      { region: 'eu' },
      'brokered',
      'models.0',
      'leads to openai, which works in global: this agent asks for eu',
    ],
  ] as const)('that asks for %s is refused with the field and a sentence', (_what, over, calls, path, message) => {
    expect(unfitFor(agent(over), calls, profiles)).toContainEqual({ path, message });
  });
  it('is refused once for each reason, however many models lead to it', () => {
    const models = ['gpt-realtime-2.1', 'gpt-realtime-2.1-mini'];
    expect(unfitFor(agent({ provider: 'none', models }), 'both', profiles)).toHaveLength(1);
  });
});
