import { EndSessionByAdmin, EndSessions, ListSessions } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { openFixture } from '../../broker.fixture.ts';
import { orderEndOfScope } from './order-end.ts';

const atOnce = { patience: async () => undefined, pauseBefore: async () => undefined };

describe('the order to end calls', () => {
  it('is published with the operator who gave it before a call ends, as is who listed the calls', async () => {
    const { grant, bus } = await openFixture();
    const { sessionId } = await grant();
    const by = { actor: 'operator:ada', reason: 'abuse', requestId: 'request-1' };
    await bus.ask(ListSessions, { tenantId: 'acme', ...by });
    await bus.ask(EndSessionByAdmin, { tenantId: 'acme', sessionId, ...by });
    const ofNobody = bus.ask(EndSessions, { tenantId: 'nobody', ...by });
    await expect(ofNobody).rejects.toMatchObject({ code: 'NOT_FOUND', answer: { issues: [{ path: 'tenantId' }] } });
    const published = bus.published().slice(-4);
    expect(published.map(({ type, data }) => [type, data])).toMatchObject([
      ['vox.security.acted.v1', { tenantId: 'acme', action: 'session.list', target: 'tenant:acme', ...by }],
      ['vox.security.acted.v1', { tenantId: 'acme', action: 'session.order-end', target: `session:${sessionId}` }],
      ['vox.session.ended.v1', { reason: 'admin' }],
      ['vox.security.acted.v1', { tenantId: '_platform', action: 'session.order-end', target: 'tenant:nobody' }],
    ]);
  });

  it('is answered before its calls have ended where that takes long, and goes on', async () => {
    const { promise: failure, reject } = Promise.withResolvers<never>();
    const warned: unknown[] = [];
    const dependencies = {
      ...{ policies: { get: () => ({ keys: [] }) }, bus: { publish: async () => undefined } },
      ...{ clock: { now: () => new Date() }, sessions: { tagged: () => failure } },
      log: { warn: (said: unknown) => warned.push(said) },
    } as never;
    const ordered = orderEndOfScope(dependencies, { tenantId: 'acme' }, { actor: 'test' }, atOnce);
    expect(await ordered).toEqual({ ended: 0, isDone: false });
    reject(new Error('the store is gone'));
    await expect.poll(() => warned).toHaveLength(1);
  });

  it('ends every call though the store fails at some of them, and though many fail at first', async () => {
    const { grant, dependencies, live, reasons } = await openFixture({ limits: { openSessions: 20 } });
    for (let n = 1; n <= 9; n += 1) await grant(undefined, n);
    let updates = 0;
    const sessions = {
      ...dependencies.sessions,
      update: ((...given) => {
        updates += 1;
        if (updates % 3 === 0 && updates < 12) throw new Error('the store does not answer');
        return dependencies.sessions.update(...given);
      }) as typeof dependencies.sessions.update,
    };
    await orderEndOfScope(
      { ...dependencies, sessions },
      { tenantId: 'acme' },
      { actor: 'test' },
      {
        ...atOnce,
        patience: () => new Promise(() => undefined),
      },
    );
    await expect.poll(live).toEqual([]);
    await expect.poll(reasons).toEqual(Array(9).fill('admin'));
    expect(updates).toBeGreaterThan(12);
  });
});
