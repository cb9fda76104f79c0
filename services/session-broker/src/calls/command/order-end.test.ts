import { EndSessionByAdmin, EndSessions, ListSessions } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { openFixture } from '../../broker.fixture.ts';

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
});
