import { describe, expect, it } from 'vitest';
import type { PolicyKey } from '../tenants/policy.ts';
import { isBehind, isEndNear, policyFindings, type RuledPolicy } from './findings.ts';
import { compareVersions, nextToUpgrade, sortedVersions } from './versions.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 10, 30);
const key = (over: Partial<PolicyKey> = {}): PolicyKey => ({
  ...{ key: 'w_acme_site_0123456789abcdef', label: 'site', origins: ['https://shop.example'], agentIds: null },
  ...{ revokedAt: null, expiresAt: null, halted: false, environment: 'production', createdAt: null },
  ...over,
});
const tenant = (tenantId: string, over: Partial<RuledPolicy> = {}): RuledPolicy => ({
  ...{ tenantId, status: 'active', agents: [], keys: [key()] },
  bot: { mode: 'proof-of-work', whenUnavailable: 'deny' },
  ...over,
});
const off = { mode: 'off', whenUnavailable: 'deny' } as const;

describe('what policies in force allow', () => {
  it('stands out once for each model that ends, with all tenants that may call with it, and graver two weeks before', () => {
    const agents = [{ models: ['old', 'new'] }, { models: ['old'] }];
    const ends = new Map([
      ['old', nowMs + 60 * dayMs],
      ['older', nowMs + 14 * dayMs],
      ['new', nowMs + 61 * dayMs],
      ['unused', nowMs],
    ]);
    const policies = [tenant('acme', { agents }), tenant('blue', { agents: [{ models: ['older', 'old'] }] })];
    expect(policyFindings(policies, ends, nowMs)).toEqual([
      {
        ...{ rule: 'model-ending', severity: 'medium', named: ['acme', 'blue'], tenants: 2 },
        ending: { model: 'old', endsAtMs: nowMs + 60 * dayMs },
      },
      {
        ...{ rule: 'model-ending', severity: 'high', named: ['blue'], tenants: 1 },
        ending: { model: 'older', endsAtMs: nowMs + 14 * dayMs },
      },
    ]);
  });
  it('stands out where production keys work without TLS, where nothing keeps bots out, and where keys are old', () => {
    const old = new Date(nowMs - 91 * dayMs).toISOString();
    const policies = [
      tenant('acme', { keys: [key({ origins: ['http://shop.example', 'http://localhost:3000'], createdAt: old })] }),
      tenant('blue', { bot: off, keys: [key({ origins: ['http://shop.example'], environment: 'dev' })] }),
      tenant('cyan', { bot: off }),
    ];
    expect(policyFindings(policies, new Map(), nowMs)).toEqual([
      { rule: 'http-origins', severity: 'high', named: ['acme: http://shop.example'], tenants: 1 },
      { rule: 'loopback-origins', severity: 'low', named: ['acme: http://localhost:3000'], tenants: 1 },
      { rule: 'bot-off', severity: 'high', named: ['cyan'], tenants: 1 },
      { rule: 'old-keys', severity: 'low', named: ['acme/site'], tenants: 1 },
    ]);
  });
  it('is nothing for a tenant that is suspended, and for keys that are dead', () => {
    const dead = key({ origins: ['http://shop.example'], revokedAt: new Date(nowMs).toISOString() });
    const policies = [
      tenant('acme', { status: 'suspended', bot: off, keys: [key({ origins: ['http://shop.example'] })] }),
      tenant('blue', { bot: off, keys: [dead] }),
    ];
    expect(policyFindings(policies, new Map(), nowMs)).toEqual([]);
  });
  it('warns of the end of a model from 60 days before it, and still once it has passed', () => {
    expect(isEndNear(nowMs + 60 * dayMs + 1, nowMs)).toBe(false);
    expect(isEndNear(nowMs + 60 * dayMs, nowMs)).toBe(true);
    expect(isEndNear(nowMs - 900 * dayMs, nowMs)).toBe(true);
  });
  it('is behind with a thousand messages', () => {
    expect([isBehind(999), isBehind(1_000)]).toEqual([false, true]);
  });
});

describe('versions that run', () => {
  it('are sorted number by number, each once', () => {
    expect(sortedVersions(['0.10.0', '0.9.0', '0.10.0', '0.9.1'])).toEqual(['0.9.0', '0.9.1', '0.10.0']);
    expect(compareVersions('1.2', '1.2.0')).toBe(0);
  });
  it('name the service to upgrade next in the order in which facts are heard, and none when all are the newest', () => {
    const copies = [
      { service: 'edge-guard', version: '0.9.0' },
      { service: 'quota', version: '0.9.0' },
      { service: 'quota', version: '0.10.0' },
      { service: 'compliance', version: '0.10.0' },
      { service: undefined, version: '0.1.0' },
      { service: 'auth', version: undefined },
    ];
    expect(nextToUpgrade(copies, '0.10.0')).toBe('quota');
    expect(nextToUpgrade(copies.slice(2), '0.10.0')).toBeUndefined();
  });
});
