import { describe, expect, it } from 'vitest';
import { type GrantTerms, granted } from './grant.ts';
import { someSession } from './session.fixture.ts';

const { tenantId, identity, traceparent, ...like } = someSession();
const terms = (over: Partial<GrantTerms> = {}): GrantTerms => ({
  owner: { tenantId, identity, traceparent },
  address: 'a_1',
  claim: 1,
  wanted: like,
  agentSetId: '00000000-0000-4000-8000-00000000000a',
  provider: 'openai',
  idleSeconds: 300,
  proveSeconds: undefined,
  sealedIdentity: 'sealed',
  begun: { mode: 'direct', sealedSecret: 'secret', secretExpiresAtMs: 30_000 },
  ...over,
});

describe('a granted session', () => {
  it('ends its longest time after the moment of the grant, and has not been warned', () => {
    expect(granted(terms(), 0)).toEqual({ ...someSession(), mode: 'direct', proveSeconds: undefined });
    expect(granted(terms(), 5_000)).toMatchObject({ grantedAtMs: 5_000, endsAtMs: 905_000, warned: false });
  });
  it.each([
    ['need never show that it is real where no time is set', undefined, 300, undefined],
    ['must show that it is real in the time that is set', 400, 300, 400],
    ['must not show that it is real sooner than silence would end it', 120, 300, 300],
  ])('%s', (_what, proveSeconds, idleSeconds, expected) => {
    expect(granted(terms({ proveSeconds, idleSeconds }), 0).proveSeconds).toBe(expected);
  });
});
