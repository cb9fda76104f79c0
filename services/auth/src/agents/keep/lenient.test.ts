import { Agent } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { storedAgents } from './agents.ts';

describe('an agent that was kept under looser rules', () => {
  const agent = {
    ...{ agentId: 'guide', displayName: 'Gu\u200fide', models: ['gpt-realtime-2.1'], voices: ['marin'] },
    ...{ instructions: 'Help\u001b.\nAlways.', tools: [] },
  };
  const kept = (over: object = {}) => ({
    ...{ tenantId: 'acme', agentSetId: '00000000-0000-4000-8000-000000000009', lookAtMs: 1 },
    agent: { ...agent, ...over },
  });

  it('is read without its invisible characters, and its lines stay lines', () => {
    expect(Agent.safeParse(agent).success).toBe(false);
    expect(storedAgents.schema.parse(kept()).agent).toMatchObject({
      displayName: 'Guide',
      instructions: 'Help.\nAlways.',
    });
  });
  it('is refused where more than that is wrong with it', () => {
    expect(storedAgents.schema.safeParse(kept({ displayName: '\u200f' })).success).toBe(false);
    expect(storedAgents.schema.safeParse(kept({ tools: 'none' })).success).toBe(false);
  });
});
