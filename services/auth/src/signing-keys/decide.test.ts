import { describe, expect, it } from 'vitest';
import { type KeyRing, leaseEndMs, lifeOfKey, mustRotate, rotated, type SigningKey, signerOf } from './decide.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const key = (kid: string, isFirst: boolean, nowMs: number): SigningKey => ({
  ...{ kid, x: 'public', sealed: 'private', by: { actor: 'test' } },
  ...lifeOfKey(isFirst, nowMs),
});
const first = key('first', true, 0);
const ring: KeyRing = { use: 'widget', keys: [first] };

describe('a ring of signing keys', () => {
  it('rotates when its newest key has signed for 30 days', () => {
    expect(mustRotate({ use: 'widget', keys: [] }, 0)).toBe(true);
    expect(mustRotate(ring, 30 * dayMs - 1)).toBe(false);
    expect(mustRotate(ring, 30 * dayMs)).toBe(true);
  });
  it('signs with its first key at once, and with a successor five seconds after the rotation', () => {
    const next = rotated(ring, key('next', false, dayMs), dayMs);
    expect(signerOf(ring, 0)?.kid).toBe('first');
    expect(signerOf(next, dayMs + 4_999)?.kid).toBe('first');
    expect(signerOf(next, dayMs + 5_000)?.kid).toBe('next');
  });
  it('lends a key for an hour, or until a moment after its successor signs', () => {
    expect(leaseEndMs(ring, first, 0)).toBe(hourMs);
    const next = rotated(ring, key('next', false, dayMs), dayMs);
    expect(leaseEndMs(next, first, dayMs)).toBe(dayMs + 6_000);
    expect(leaseEndMs(next, first, dayMs + 10_000)).toBe(dayMs + 11_000);
  });
  it('forgets a key 26 hours after its rotation', () => {
    const next = rotated(ring, key('next', false, 0), 0);
    const kids = (atMs: number) => rotated(next, key('newest', false, atMs), atMs).keys.map(({ kid }) => kid);
    expect(kids(26 * hourMs - 1)).toEqual(['first', 'next', 'newest']);
    expect(kids(26 * hourMs)).toEqual(['next', 'newest']);
  });
});
