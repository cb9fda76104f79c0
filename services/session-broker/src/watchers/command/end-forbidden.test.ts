import { randomUUID } from 'node:crypto';
import { PolicyDocument, RevocationDocument, revocationKey } from '@vox/contracts';
import { settled, somePolicy, someWidgetKey } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { openFixture } from '../../broker.fixture.ts';

type Fixture = Awaited<ReturnType<typeof openFixture>>;
const at = '2026-05-05T12:00:02.000Z';
const [key] = somePolicy().keys;
const halted = key === undefined ? [] : [{ ...key, halted: true }];
const put = (over: object) => (fixture: Fixture) => fixture.bus.documents(PolicyDocument).put('acme', somePolicy(over));
const ways = [
  ['the suspension of its tenant', put({ status: 'suspended' }), 'admin'],
  ['the kill switch of its tenant', put({ halted: true }), 'admin'],
  ['the kill switch of its key', put({ keys: halted }), 'admin'],
  [
    'the end of its key',
    ({ bus }: Fixture) =>
      bus.documents(RevocationDocument).put(revocationKey('widget-key', someWidgetKey), { at, until: null }),
    'key_revoked',
  ],
] as const;

describe('a call that a copy watches', () => {
  it.each(ways)(
    'is hung up for %s while the store is silent, and ends once it is back',
    async (_why, close, reason) => {
      let isSilent = false;
      const crash = (point: string): void => {
        if (isSilent && (point === 'read' || point === 'write')) throw new Error('the store is silent');
      };
      const fixture = await openFixture({ crash });
      await fixture.grant(randomUUID(), 1, { mode: 'brokered' });
      isSilent = true;
      await close(fixture);
      await expect.poll(() => fixture.hungUp.length).toBeGreaterThan(0);
      expect(fixture.reasons()).toEqual([]);
      isSilent = false;
      await fixture.sweepAll();
      await settled(fixture.bus);
      expect(fixture.reasons()).toEqual([reason]);
    },
  );
  it('goes on when its tenant gets another policy, and when another key dies', async () => {
    const fixture = await openFixture();
    await fixture.grant(randomUUID(), 1, { mode: 'brokered' });
    await put({ displayName: 'Other' })(fixture);
    await fixture.bus
      .documents(RevocationDocument)
      .put(revocationKey('widget-key', 'w_acme_site_ffffffffffffffff'), { at, until: null });
    await settled(fixture.bus);
    await fixture.sweepAll();
    expect([fixture.reasons(), fixture.hungUp.length, (await fixture.live()).length]).toEqual([[], 0, 1]);
  });
});
