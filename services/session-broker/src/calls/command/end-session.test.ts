import { SessionEnded } from '@vox/contracts';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { openFixture, visitor } from '../../broker.fixture.ts';
import { endByVisitor } from './end-session.ts';

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

it('the end that a page asks for is answered once it is stored, and published when the bus takes it again', async () => {
  const { grant, dependencies, live, bus, reasons } = await openFixture();
  const { sessionId } = await grant();
  const { promise: isBack, resolve: comesBack } = Promise.withResolvers<void>();
  const slowBus: typeof bus = {
    ...bus,
    async publish(kind, ...rest) {
      if (kind.name === SessionEnded.name) await isBack;
      return bus.publish(kind, ...rest);
    },
  };
  const asked = endByVisitor({ ...dependencies, bus: slowBus }, { tenantId: 'acme', sessionId }, async () => undefined);
  expect(await asked).toMatchObject({ kind: 'ended', reason: 'client' });
  expect(await live()).toEqual([]);
  expect(reasons()).toEqual([]);
  comesBack();
  await expect.poll(reasons).toEqual(['client']);
  await settled(bus);
});

it('the end that a page of another tenant asks for ends nothing', async () => {
  const { grant, dependencies, live } = await openFixture();
  const { sessionId } = await grant();
  await endByVisitor(dependencies, { tenantId: 'other', sessionId });
  expect(await live()).toHaveLength(1);
});
