import { type Role, type Scope, scopesOfRole } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { addKey, revokeKey, rotateKey } from './change.ts';
import { comesFrom } from './network.ts';
import { type ApiKeyRing, type KeptApiKey, listedMax } from './ring.ts';

const nowMs = Date.parse('2026-05-05T12:00:00.000Z');
const stamp = { id: 'change', by: { actor: 'member:m' }, atMs: nowMs };
const key = (keyId: string, over: Partial<KeptApiKey> = {}): KeptApiKey => ({
  ...{ keyId, label: 'a', env: 'dev', scopes: ['usage:read'], networks: [], hash: 'hash' },
  ...{ signing: { method: 'ed25519', x: 'x' }, createdAtMs: nowMs, expiresAtMs: null, revokedAtMs: null },
  ...{ lastUsedAtMs: null, successor: null },
  ...over,
});
const ringOf = (...keys: KeptApiKey[]): ApiKeyRing => ({ tenantId: 'acme', keys, unpublished: [] });
const half = { keyId: 'next', hash: 'h', signing: key('x').signing, createdAtMs: nowMs, expiresAtMs: null };
const endOf = (old: KeptApiKey, graceEndsAtMs: number) => {
  const rotated = rotateKey(ringOf(old), { keyId: old.keyId, graceEndsAtMs, half }, stamp);
  return rotated.kind === 'change' ? rotated.ring.keys[0]?.expiresAtMs : rotated;
};

describe('the API keys of a tenant', () => {
  it('end with their grace when they are rotated, and never later than they would have without', () => {
    expect(endOf(key('old'), nowMs + 60)).toBe(nowMs + 60);
    expect(endOf(key('old', { expiresAtMs: nowMs + 30 }), nowMs + 60)).toBe(nowMs + 30);
    expect(endOf(key('old', { expiresAtMs: nowMs }), nowMs + 60)).toEqual({ kind: 'refused', why: 'no-key' });
    expect(endOf(key('old', { successor: 'other' }), nowMs + 60)).toEqual({ kind: 'refused', why: 'rotated' });
  });
  it('stay listed when they are dead, and the first of the dead goes where there are too many to list', () => {
    const dead = (keyId: string) => key(keyId, { revokedAtMs: nowMs - 1 });
    const full = ringOf(key('living'), ...Array.from({ length: listedMax - 1 }, (_, n) => dead(`d${n}`)));
    const added = addKey(full, key('new'), stamp);
    const ids = added.kind === 'change' ? added.ring.keys.map(({ keyId }) => keyId) : [];
    expect([ids.length, ids[0], ids[1], ids.at(-1)]).toEqual([listedMax, 'living', 'd1', 'new']);
  });
  it('are revoked once: a second time changes nothing', () => {
    const first = revokeKey(ringOf(key('one')), 'one', stamp);
    if (first.kind !== 'change') throw new Error(first.kind);
    expect(first.key).toMatchObject({ revokedAtMs: nowMs, hash: '' });
    expect(revokeKey(first.ring, 'one', { ...stamp, atMs: nowMs + 1 })).toMatchObject({ kind: 'unchanged' });
  });
  it('get from a member no scope that allows more than the member’s own role', () => {
    const given = (role: Role, scopes: Scope[]) => addKey(ringOf(), key('new', { scopes }), { ...stamp, role }).kind;
    expect(given('owner', ['transcripts:read', 'legal-holds:write'])).toBe('change');
    expect(given('admin', ['usage:read', 'policy:write', 'api-keys:write'])).toBe('change');
    for (const scope of ['transcripts:read', 'legal-holds:write', 'privacy-requests:write'] as const)
      expect([scope, given('admin', ['usage:read', scope])]).toEqual([scope, 'refused']);
    const strong = ringOf(key('old', { scopes: ['transcripts:read'] }));
    const rotation = { keyId: 'old', graceEndsAtMs: nowMs + 60, half };
    expect(rotateKey(strong, rotation, { ...stamp, role: 'admin' })).toEqual({ kind: 'refused', why: 'more-than-own' });
    expect(scopesOfRole('viewer')).not.toContain('members:read');
  });
});

describe('the networks of an API key', () => {
  it.each([
    [[], '203.0.113.9', true],
    [['203.0.113.0/24'], '203.0.113.9', true],
    [['203.0.113.0/24'], '203.0.114.9', false],
    [['0.0.0.0/0'], '2001:db8::1', false],
    [['2001:db8::/32'], '2001:db8:ffff::1', true],
    [['::/0'], '203.0.113.9', false],
    [['2001:db8::1', '203.0.113.9'], '203.0.113.9', true],
    [['::ffff:203.0.113.0/120'], '203.0.113.9', false],
  ] as const)('%j and the address %s: %s', (networks, address, isWithin) => {
    expect(comesFrom(networks, address)).toBe(isWithin);
  });
});
