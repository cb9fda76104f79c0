import { originOf } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { storedTenants } from './keep.ts';

const agent = { agentId: 'guide', displayName: 'Gu\u200fide', models: ['gpt-realtime-2.1'], voices: ['marin'] };
const key = (origins: string[]) => ({
  ...{ key: 'w_acme_site_0123456789abcdef', label: 'site', origins },
  ...{ agentIds: null, revokedAt: null, expiresAt: null },
});
const row = {
  draft: {
    ...{ tenantId: 'acme', displayName: 'Acme\u200f', branding: { primaryColor: '#123456' } },
    ...{ disclosure: 'You talk\u0000\nto a machine.', bot: { mode: 'off', whenUnavailable: 'deny' } },
    agents: [{ ...agent, openingBytes: 1 }],
    privacy: { recipients: ['the \u0007bank'] },
  },
  ...{ agentSetId: '00000000-0000-4000-8000-000000000009', formerAgents: null },
  ...{ status: 'active', version: 1, untold: [] },
  keys: [key(['https://shop.example;x', 'https://shop.example'])],
};

describe('a tenant that was kept under looser rules', () => {
  it('is read without its invisible characters, and its lines stay lines', () => {
    expect(storedTenants.schema.parse(row).draft).toMatchObject({
      displayName: 'Acme',
      disclosure: 'You talk\nto a machine.',
      agents: [{ displayName: 'Guide' }],
      privacy: { recipients: ['the bank'] },
    });
  });
  it('admits no page by an origin that is refused today, and the same pages by its other origins', () => {
    const [read] = storedTenants.schema.parse(row).keys;
    expect(originOf('https://shop.example;x')).toBeUndefined();
    expect(read?.origins).toEqual(['https://refused.invalid', 'https://shop.example']);
  });
  it('is refused where more than that is wrong with it', () => {
    expect(storedTenants.schema.safeParse({ ...row, status: 'odd' }).success).toBe(false);
    expect(storedTenants.schema.safeParse({ ...row, draft: { ...row.draft, displayName: '\u200f' } }).success).toBe(
      false,
    );
  });
});
