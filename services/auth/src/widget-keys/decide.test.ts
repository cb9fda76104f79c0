import type { PolicyKey } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { labelOf, revokeKey, rotateKey, widgetKeyOf } from './decide.ts';

const nowMs = Date.parse('2026-05-05T12:00:00.000Z');
const at = (minutes: number): string => new Date(nowMs + minutes * 60_000).toISOString();
const key = (over: Partial<PolicyKey> = {}): PolicyKey => ({
  ...{ key: 'w_acme_site_0123456789abcdef', label: 'site', origins: ['https://acme.example'], agentIds: null },
  ...{ revokedAt: null, expiresAt: null, halted: false, environment: 'production', createdAt: null },
  ...over,
});
const rotation = { widgetKey: key().key, successor: 'w_acme_site_fedcba9876543210', graceEndsAt: at(10) };

describe('a widget key', () => {
  it('is made of its tenant, its label and random bytes', () => {
    const made = widgetKeyOf('acme', 'site', Uint8Array.of(1, 35, 69, 103, 137, 171, 205, 239));
    expect(made).toBe(key().key);
    expect(labelOf(made)).toBe('site');
  });
  it('that is rotated dies when its grace ends, and no later than it would have without', () => {
    const endOf = (old: PolicyKey) => rotateKey({ keys: [old] }, rotation, nowMs);
    expect(endOf(key())).toMatchObject({ over: { keys: [{ expiresAt: at(10) }, { expiresAt: null }] } });
    expect(endOf(key({ expiresAt: at(5) }))).toMatchObject({
      over: { keys: [{ expiresAt: at(5) }, { key: rotation.successor, expiresAt: null }] },
      event: { kind: 'key-rotated', graceEndsAt: at(5) },
    });
  });
  it('that is dead has no successor', () => {
    for (const dead of [key({ revokedAt: at(-1) }), key({ expiresAt: at(-1) })])
      expect(rotateKey({ keys: [dead] }, rotation, nowMs)).toEqual({ kind: 'no key' });
  });
  it('that is revoked stays listed, and a second time changes nothing', () => {
    const revoked = { ...key(), revokedAt: at(0) };
    expect(revokeKey({ keys: [key()] }, key().key, nowMs)).toMatchObject({ over: { keys: [revoked] } });
    expect(revokeKey({ keys: [revoked] }, key().key, nowMs + 1)).toEqual({ kind: 'unchanged' });
  });
});
