import { Agent, originOf } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { tenantCells } from '../../tenants/keep.ts';
import { agentCells } from './agents.ts';

const agentSetId = '00000000-0000-4000-8000-000000000009';
const shown = { agentId: 'guide', displayName: 'Gu\u200fide', models: ['gpt-realtime-2.1'], voices: ['marin'] };
const key = (origins: string[]) => ({
  ...{ key: 'w_acme_site_0123456789abcdef', label: 'site', origins },
  ...{ agentIds: null, revokedAt: null, expiresAt: null },
});
const row = {
  draft: {
    ...{ tenantId: 'acme', displayName: 'Acme\u200f', branding: { primaryColor: '#123456' } },
    ...{ disclosure: 'You talk\u0000\nto a machine.', bot: { mode: 'off', whenUnavailable: 'deny' } },
    agents: [{ ...shown, openingBytes: 1 }],
    privacy: { recipients: ['the \u0007bank'] },
  },
  ...{ agentSetId, formerAgents: null, status: 'active', version: 1, untold: [] },
  keys: [key(['https://shop.example;x', 'https://shop.example'])],
};

describe('what was kept under looser rules', () => {
  it('is read without the signs that nobody sees, and its lines stay lines', () => {
    expect(tenantCells.schema.parse(row).draft).toMatchObject({
      displayName: 'Acme',
      disclosure: 'You talk\nto a machine.',
      agents: [{ displayName: 'Guide' }],
      privacy: { recipients: ['the bank'] },
    });
    const agent = { ...shown, instructions: 'Help\u001b.\nAlways.', tools: [] };
    const kept = { tenantId: 'acme', agentSetId, agent, lookAtMs: 1 };
    expect(agentCells.schema.parse(kept).agent).toMatchObject({ instructions: 'Help.\nAlways.' });
    expect(Agent.safeParse(agent).success).toBe(false);
  });
  it('admits no page by an origin that is refused today, and the same pages by the others', () => {
    const [read] = tenantCells.schema.parse(row).keys;
    expect(originOf('https://shop.example;x')).toBeUndefined();
    expect(read?.origins).toEqual(['https://refused.invalid', 'https://shop.example']);
  });
  it('is refused where more than that is wrong with it', () => {
    expect(tenantCells.schema.safeParse({ ...row, status: 'odd' }).success).toBe(false);
    expect(tenantCells.schema.safeParse({ ...row, draft: { ...row.draft, displayName: '\u200f' } }).success).toBe(
      false,
    );
  });
});
