import { ErasureReceipt, ListReceiptKeys, stepServices, WithdrawalDocument } from '@vox/contracts';
import { readReceipt, withdrawalKey } from '@vox/platform/crypto';
import { crashes, settled } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canaries, openFixture, sessionId, tenantId, visitorId } from '../requests.fixture.ts';
import { erasure } from './erase-person.ts';

describe('the erasure of a person', () => {
  it('leaves nothing of the person anywhere, says who did what in ids alone, and proves it', async () => {
    const fixture = await openFixture();
    await fixture.call();
    expect(await fixture.everything()).toContain(visitorId);
    expect(await fixture.request('erase')).toMatchObject({
      state: 'working',
      evidence: [],
      dueAt: '2026-06-05T12:00:00.000Z',
    });
    await fixture.copies[0]?.workOnRequests();
    await settled(fixture.bus);
    const done = await fixture.show('erase');
    expect(done).toMatchObject({ state: 'done', holdId: null });
    expect(done.evidence.map(({ step }) => step)).toEqual([
      ...['find', ...stepServices, 'compliance', 'streams', 'keys', 'certify'],
    ]);
    expect(fixture.asked).toEqual(stepServices.map((service) => `${service} 1 1`));
    const left = await fixture.everything();
    for (const canary of canaries) expect(left).not.toContain(canary);
    expect(await fixture.bus.documents(WithdrawalDocument).read(withdrawalKey(tenantId, visitorId))).toBeUndefined();
    const { keys } = await fixture.bus.ask(ListReceiptKeys, {});
    const receipt = await readReceipt(ErasureReceipt, done.receipt ?? '', (kid) => keys.find((key) => key.kid === kid));
    expect(receipt.says).toMatchObject({ tenantId, sessionIds: [sessionId], subjectIds: [expect.any(String)] });
    await fixture.close();
  });

  it('forgets the facts and destroys the keys also where the sealed identity does not open', async () => {
    const gone: unknown[] = [];
    const dependencies = {
      ring: { keysOf: () => Promise.reject(new Error('no master key opens it')) },
      bus: { forget: async (_kinds: unknown, whose: object) => void gone.push(whose) },
      vault: { forget: async (_tenantId: string, subjectId: string) => void gone.push(subjectId) },
    } as never;
    const request = { tenantId, requestId: 'r', subjectIds: ['s1'], sessionIds: [sessionId], sealedWhose: 'torn' };
    await erasure.streams.run(dependencies, { ...request, planned: { step: 'streams', count: 3 } } as never);
    await erasure.keys.run(dependencies, request as never);
    expect(gone).toEqual([{ tenantId, sessionId }, 's1']);
  });

  it('ends the same, counted and published once, by however many copies it is done and wherever they are killed', async () => {
    const unhurt = await openFixture();
    await unhurt.call();
    await unhurt.request('erase');
    await unhurt.copies[0]?.workOnRequests();
    const counts = (await unhurt.show('erase')).evidence.map(({ step, count }) => [step, count]);
    await unhurt.close();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 5 }), async (at) => {
        let step: () => void = () => undefined;
        const fixture = await openFixture(() => step());
        await fixture.call();
        await fixture.request('erase');
        const breaking = crashes(at);
        step = breaking.step;
        for (let round = 0; round < 4; round += 1) {
          await Promise.all(fixture.copies.map((copy) => copy.workOnRequests().catch(() => undefined)));
          fixture.clock.advanceMs(61_000);
        }
        breaking.over();
        await fixture.copies[1]?.workOnRequests();
        await settled(fixture.bus);
        const done = await fixture.show('erase');
        expect(done.state).toBe('done');
        expect(done.evidence.map(({ step, count }) => [step, count])).toEqual(counts);
        const left = await fixture.everything();
        for (const canary of canaries) expect(left).not.toContain(canary);
        const types = fixture.bus.published().map(({ type, id }) => `${type} ${id}`);
        expect(new Set(types.filter((type) => type.startsWith('vox.ledger'))).size).toBe(1);
        expect(new Set(types.filter((type) => type.startsWith('vox.privacy.request-done'))).size).toBe(1);
        await fixture.close();
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
