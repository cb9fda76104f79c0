import { ListPrivacyRequests, OpenPrivacyRequest } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { by, email, openFixture, tenantId, uuid } from '../requests.fixture.ts';

describe('a tenant’s list of persons’ requests', () => {
  it('begins with what is due first, filters by state, kind and deadline, and pages without a gap', async () => {
    const fixture = await openFixture();
    const day = 86_400_000;
    const received = (days: number) => new Date(fixture.clock.now().getTime() - days * day).toISOString();
    const opened = [3, 40, 1, 25, 9];
    for (const [n, days] of opened.entries())
      await fixture.bus.ask(OpenPrivacyRequest, {
        ...{ tenantId, privacyRequestId: uuid(50 + n), kind: n % 2 === 0 ? 'export' : 'erase', ...by },
        ...{ identifiers: [{ kind: 'email' as const, value: email }], receivedAt: received(days) },
      });
    const list = async (over: object = {}) => {
      const { requests, next } = await fixture.bus.ask(ListPrivacyRequests, { tenantId, ...over });
      return { ids: requests.map(({ privacyRequestId }) => Number(privacyRequestId.slice(-2)) - 50), next };
    };
    const byDue = [1, 3, 4, 0, 2];
    expect((await list()).ids).toEqual(byDue);
    expect((await list({ kind: 'erase' })).ids).toEqual([1, 3]);
    expect((await list({ overdue: true })).ids).toEqual([1]);
    expect((await list({ dueBefore: new Date(fixture.clock.now().getTime() + 7 * day).toISOString() })).ids).toEqual([
      1, 3,
    ]);
    const paged: number[] = [];
    for (let after: string | undefined; ; ) {
      const { ids, next } = await list({ limit: 2, after });
      paged.push(...ids);
      if (next === null) break;
      after = next;
    }
    expect(paged).toEqual(byDue);
    await fixture.copies[0]?.workOnRequests();
    expect((await list({ state: 'nobody-found' })).ids).toEqual(byDue);
    expect((await list({ state: 'working' })).ids).toEqual([]);
    expect((await list({ overdue: true })).ids).toEqual([]);
    await fixture.close();
  });
});
