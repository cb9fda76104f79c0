import { type Fact, type FactKind, factKinds, KeyRevoked, makeFact, SessionEnded } from '@vox/contracts';
import type { Told } from '@vox/platform/bus';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainOf, hasCauses, shortName } from './causes.ts';
import { told } from './told.fixture.ts';

const sessionId = '6f9619ff-8b86-4d11-b42d-00c04fc964ff';
const widgetKey = 'w_acme_site_0123456789abcdef';
const names = (chain: readonly Told[]) => chain.map(({ name }) => shortName(name));
const inCall = (...all: string[]): Told[] =>
  all.map((name, second) => told({ name: `vox.${name}`, second, sessionId }));
const ended = (reason: string, second: number): Told => {
  const identity = { kind: 'widget', widgetKey, visitorId: 'v_CanaryCanaryCanary0001' };
  const times = { grantedAt: '2026-05-05T12:00:00.000Z', endedAt: '2026-05-05T12:00:09.000Z' };
  const data = { tenantId: 'acme', sessionId, identity, reason, ...times, connectedSeconds: 9 };
  const fact = makeFact(SessionEnded, { id: 'e', source: 'session-broker', at: new Date(0) }, data as never);
  return told({ name: SessionEnded.name, second, sessionId, fact });
};
const act = (kind: FactKind, second: number, data: object): Told => {
  const fact = { source: 'auth', data: { tenantId: 'acme', ...data } } as unknown as Fact;
  return told({ name: kind.name, second, sessionId: null, fact });
};

describe('the causes of a fact', () => {
  it('are known for every kind of fact of a call', () => {
    const unknown = factKinds.filter(({ scope, name }) => scope === 'session' && !hasCauses(name));
    expect(unknown.map(({ name }) => name)).toEqual([]);
  });
  it('lead from the bill of a call back to the request', () => {
    const call = inCall(
      'session.requested',
      'quota.reserved',
      'session.admitted',
      'session.granted',
      'session.ended',
      'quota.settled',
    );
    expect(names(chainOf(call[5] as Told, call, []))).toEqual([
      ...['session.ended', 'session.granted', 'session.admitted', 'session.requested'],
    ]);
  });
  it('of a denial are the request where quota denied it, and the admission where the broker did', () => {
    const [quota, broker] = [
      inCall('session.requested', 'session.denied'),
      inCall('session.requested', 'session.admitted', 'session.denied'),
    ];
    expect(names(chainOf(quota[1] as Told, quota, []))).toEqual(['session.requested']);
    expect(names(chainOf(broker[2] as Told, broker, []))).toEqual(['session.admitted', 'session.requested']);
  });
  it('of an end are what its reason names: a budget, an act on its key, and no act on another key', () => {
    const call = [...inCall('session.requested', 'session.admitted', 'session.granted', 'quota.exceeded')];
    expect(names(chainOf(ended('quota', 8), call, []))[0]).toBe('quota.exceeded');
    expect(names(chainOf(ended('client', 8), call, []))[0]).toBe('session.granted');
    const [own, other] = [widgetKey, 'w_acme_shop_0123456789abcdef'].map((key, n) =>
      act(KeyRevoked, 5 + n, { widgetKey: key }),
    );
    const acts = [own, other] as Told[];
    expect(chainOf(ended('key_revoked', 8), call, acts)).toEqual([own]);
    expect(names(chainOf(ended('key_revoked', 8), call, [other as Told]))[0]).toBe('session.granted');
  });
  it('are always earlier, whatever facts there are in whatever order, so that a chain ends', () => {
    const any = fc.record({
      name: fc.constantFrom(...factKinds.map(({ name }) => name as string)),
      second: fc.nat(20),
      place: fc.nat(50),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (all) => {
        const facts = all
          .map((each) => told({ ...each, sessionId }))
          .sort((a, b) => a.at.localeCompare(b.at) || a.place - b.place);
        for (const each of facts) {
          const chain = [each, ...chainOf(each, facts, facts)];
          for (const [n, { at, place }] of chain.slice(1).entries()) {
            const before = chain[n] as Told;
            expect(at < before.at || (at === before.at && place < before.place)).toBe(true);
          }
        }
      }),
    );
  });
});
