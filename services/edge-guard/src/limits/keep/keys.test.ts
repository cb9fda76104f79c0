import { digest } from '@vox/platform/crypto';
import { hostileIds, hostileOrigins, hostileWords } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf } from './limits.ts';

const limit = { perMinute: 1, burst: 0 };
const word = fc.oneof(fc.constantFrom(...hostileWords, ...hostileOrigins, ...hostileIds), fc.string());
const tenant = fc.constantFrom('a', 'a-b', 'ab');

describe('a key of the store', () => {
  it('is of one tenant’s one person, whatever either is called', () => {
    const name = (tenantId: string, person: string) => keyOf({ scope: 'user', key: `${tenantId}:${person}`, limit });
    fc.assert(
      fc.property(tenant, word, tenant, word, (one, person, other, another) => {
        const isSame = one === other && person === another;
        expect(name(one, person) === name(other, another)).toBe(isSame);
        expect(keyOf({ scope: 'ip', key: person, limit })).not.toBe(name(other, another));
      }),
    );
  });
  it('of what is remembered for a request has one form, and is another for parts that are cut elsewhere', () => {
    fc.assert(
      fc.property(word, word, (scope, given) => {
        expect(`once:${digest('token', scope, given)}`).toMatch(/^once:[\w-]{43}$/);
        if (scope !== '') expect(digest('token', scope, given)).not.toBe(digest('token', '', scope + given));
      }),
    );
  });
});
