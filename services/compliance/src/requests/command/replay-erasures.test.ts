import { ReplayErasures, stepServices } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { vaultOf } from '../../compliance.fixture.ts';
import { by, email, openFixture, tenantId } from '../requests.fixture.ts';

describe('an erasure that is replayed after a restore brought the person back', () => {
  it('erases the person again, from the ledger or from receipts that somebody kept', async () => {
    const fixture = await openFixture();
    await fixture.call();
    const before = await fixture.subjects.all(9);
    await fixture.request('erase');
    await fixture.copies[0]?.workOnRequests();
    const { receipt } = await fixture.show('erase');
    expect(fixture.asked.splice(0)).toEqual(stepServices.map((service) => `${service} 1 1`));
    for (const receipts of [undefined, [receipt ?? '']]) {
      for (const { key, state } of before) await fixture.subjects.update(key, () => ({ result: 0, state }));
      expect(await fixture.bus.ask(ReplayErasures, { ...by, receipts })).toEqual({ erasures: 1, subjects: 1 });
      // The same services in the same order; the visitor's id went with the first erasure.
      expect(fixture.asked.splice(0)).toEqual(stepServices.map((service) => `${service} 1 0`));
      expect(await vaultOf(fixture).find(tenantId, { kind: 'email', form: email })).toEqual([]);
    }
    await expect(fixture.bus.ask(ReplayErasures, { ...by, receipts: [`${receipt}x`] })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    await fixture.close();
  });
});
