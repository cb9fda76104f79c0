import { consumers, KeyRevoked, makeFact, ShowStatus } from '@vox/contracts';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { asService, memoryBus } from '../bus/mod.ts';
import { breakerOpen, dependencyUp, storeBreakerOpen } from '../telemetry/mod.ts';
import { answerStatus, version } from './mod.ts';

const startedAt = new Date('2026-05-05T12:00:00.000Z');
const copy = { name: 'host:7', startedAt, state: () => 'working' as const };

describe('a copy that is asked how it is', () => {
  it('tells what its metrics show: its dependencies, its own breakers, and how far its own consumers are', async () => {
    const bus = memoryBus();
    const own = asService(bus, 'session-broker');
    let isOpen = 0;
    for (const unwatch of [
      dependencyUp.watch({ dependency: 'nats' }, () => 1),
      dependencyUp.watch({ dependency: 'mongodb' }, () => 0),
      breakerOpen.watch({ provider: 'openai' }, () => isOpen),
      storeBreakerOpen.watch({}, () => 1),
    ])
      onTestFinished(unwatch);
    await own.consume(consumers.brokerRevocations, () => new Promise(() => undefined));
    await bus.consume(consumers.quotaEnds, async () => 'ack');
    await answerStatus(bus, { service: 'session-broker', bus: own, copy });
    const head = { id: 'r1', source: 'auth', at: startedAt };
    const data = { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', actor: 'operator:ada' };
    await bus.publish(KeyRevoked, makeFact(KeyRevoked, head, data));
    const shown = () => bus.ask(ShowStatus['session-broker'], {});
    await vi.waitFor(async () =>
      expect(await shown()).toEqual({
        ...{ copy: 'host:7', version, startedAt: startedAt.toISOString(), state: 'working' },
        dependencies: [
          { dependency: 'nats', isUp: true },
          { dependency: 'mongodb', isUp: false },
        ],
        breakers: [{ breaker: 'openai', isOpen: false }],
        consumers: [
          {
            ...{ consumer: consumers.brokerRevocations.name, waiting: 0, inWork: 1 },
            ...{ redelivered: expect.any(Number), oldestSeconds: expect.any(Number) },
          },
        ],
      }),
    );
    isOpen = 1;
    expect((await shown()).breakers).toEqual([{ breaker: 'openai', isOpen: true }]);
  });
  it('tells of a dependency that cannot be read that it is not up', async () => {
    const bus = memoryBus();
    onTestFinished(
      dependencyUp.watch({ dependency: 'kms' }, () => {
        throw new Error('no answer');
      }),
    );
    await answerStatus(bus, { service: 'auth', bus, copy });
    expect((await bus.ask(ShowStatus.auth, {})).dependencies).toEqual([{ dependency: 'kms', isUp: false }]);
  });
});
