import { SessionEnded } from '@vox/contracts';
import { settled } from '@vox/testing';
import { expect, it } from 'vitest';
import { openFixture } from '../../broker.fixture.ts';
import { endByVisitor } from './end-by-visitor.ts';

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
