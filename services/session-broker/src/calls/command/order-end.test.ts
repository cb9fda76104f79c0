import { EndSessionByAdmin, EndSessions, ListSessions } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { openFixture } from '../../broker.fixture.ts';
import { orderEndOfScope } from './order-end.ts';

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
    const ordered = orderEndOfScope(dependencies, { tenantId: 'acme' }, { actor: 'test' }, async () => undefined);
    expect(await ordered).toEqual({ ended: 0, isDone: false });
    reject(new Error('the store is gone'));
    await expect.poll(() => warned).toHaveLength(1);
  });
});
