import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { openFixture, visitor } from '../../broker.fixture.ts';

describe('the end of a session', () => {
  it('is published also when the key that sealed its person is gone', async () => {
    const { grant, end, sessions, reasons, factsOf } = await openFixture();
    const { sessionId } = await grant();
    await sessions.update(sessionId, (now) =>
      now?.kind === 'live' ? { result: 0, state: { ...now, sealedIdentity: 'x' } } : { result: 0 },
    );
    await end(sessionId);
    expect(reasons()).toEqual(['client']);
    expect(JSON.stringify(factsOf('session.ended'))).not.toContain(visitor(1).visitorId);
  });
  it('is published once, however many ask for it at once', async () => {
    const { grant, end, bus } = await openFixture({ copies: 2 });
    const { sessionId } = await grant();
    const ends = await Promise.all(Array.from({ length: 50 }, () => end(sessionId)));
    expect(new Set(ends.map(({ kind }) => kind))).toEqual(new Set(['ended']));
    await settled(bus);
    expect(bus.published().filter(({ type }) => type === 'vox.session.ended.v1')).toHaveLength(1);
  });
});
