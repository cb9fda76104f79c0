import { PlaceHold } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { by, openFixture, tenantId } from '../requests.fixture.ts';

describe('a request that is late', () => {
  it('is published a week before its deadline and at it, once each', async () => {
    const fixture = await openFixture();
    await fixture.call();
    await fixture.bus.ask(PlaceHold, { tenantId, scope: { kind: 'tenant' }, ...by });
    await fixture.request('erase');
    const told = () =>
      fixture.bus
        .published()
        .map(({ type }) => type)
        .filter((type) => /due-soon|overdue/.test(type));
    await fixture.copies[0]?.workOnRequests();
    expect(told()).toEqual([]);
    fixture.clock.advanceMs(25 * 86_400_000);
    for (const copy of fixture.copies) await copy.workOnRequests();
    expect(told()).toEqual(['vox.privacy.request-due-soon.v1']);
    fixture.clock.advanceMs(7 * 86_400_000);
    for (const copy of fixture.copies) await copy.workOnRequests();
    expect(told()).toEqual(['vox.privacy.request-due-soon.v1', 'vox.privacy.request-overdue.v1']);
    await fixture.close();
  });
});
