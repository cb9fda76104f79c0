import { ReadExport } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { by, openFixture, tenantId, uuid } from '../requests.fixture.ts';

describe('an export whose archive cannot be had', () => {
  it('is refused with the reason: no such request, an erasure, not done, gone', async () => {
    const fixture = await openFixture();
    await fixture.call();
    const why = async (privacyRequestId: string) =>
      fixture.bus.ask(ReadExport, { tenantId, privacyRequestId, part: 0, ...by }).then(
        () => 'none',
        (error: { code: string; answer: { issues?: { message: string }[] } }) =>
          `${error.code} ${error.answer.issues?.[0]?.message}`,
      );
    expect(await why(uuid(77))).toBe('NOT_FOUND is no request of this tenant');
    await fixture.request('export');
    expect(await why(uuid(91))).toMatch(/^NOT_FOUND is not done yet/);
    await fixture.copies[0]?.workOnRequests();
    expect(await why(uuid(91))).toBe('none');
    fixture.clock.advanceMs(6.9 * 86_400_000);
    await fixture.copies[0]?.workOnRequests();
    expect(await why(uuid(91))).toBe('none');
    fixture.clock.advanceMs(0.2 * 86_400_000);
    await fixture.copies[0]?.workOnRequests();
    expect(await why(uuid(91))).toMatch(/^NOT_FOUND has no archive any more: it was kept until 2026-05-12/);
    await fixture.request('erase');
    expect(await why(uuid(90))).toMatch(/^NOT_FOUND is an erasure/);
    await fixture.close();
  });
});
