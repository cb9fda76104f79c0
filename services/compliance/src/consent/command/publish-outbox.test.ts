import { RecordConsent, WithdrawalDocument } from '@vox/contracts';
import { withdrawalKey } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { logger } from '@vox/platform/telemetry';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { onTwins, someChoice } from '../../compliance.fixture.ts';
import { startCompliance } from '../../service.ts';
import { asideTag, outboxTag } from '../keep/consents.ts';

const visitorOf = (n: number): string => `v_${String(n).padStart(22, '0')}`;
const choice = someChoice({ given: false });

/** Compliance whose bus takes no fact at first, so that three withdrawals stand in the outbox. */
async function openWithOutbox() {
  const own = onTwins();
  let isDown = true;
  const lines: string[] = [];
  const twins = {
    ...own,
    log: logger({
      service: 'compliance',
      withPersonalData: false,
      destination: { write: (l: string) => void lines.push(l) },
    }),
    bus: {
      ...own.bus,
      publish: async (...fact: Parameters<typeof own.bus.publish>) => {
        if (isDown) throw new Fault('UNAVAILABLE');
        return own.bus.publish(...fact);
      },
    },
  };
  const service = await startCompliance(twins);
  await service.sweep();
  for (const n of [1, 2, 3]) {
    const visit = { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', visitorId: visitorOf(n) };
    await own.bus.ask(RecordConsent, { ...visit, choice }).catch(() => undefined);
  }
  isDown = false;
  const rows = await own.consents.tagged(outboxTag, 10);
  expect(rows).toHaveLength(3);
  const published = () => own.bus.published().filter(({ type }) => type === 'vox.privacy.consent-recorded.v1').length;
  return { ...twins, service, rows, lines, published };
}

describe('a consent in the outbox whose sealed part does not open', () => {
  it('is put aside and named in the log once, and the others are published', async () => {
    const { service, rows, consents, lines, published, bus } = await openWithOutbox();
    const [bad] = rows;
    await consents.update(bad?.key ?? '', (now) => ({
      result: undefined,
      ...(now && { state: { ...now, records: now.records.map((each) => ({ ...each, sealed: 'not sealed' })) } }),
    }));
    for (let times = 0; times < 3; times += 1) await service.sweep();
    await settled(bus);
    expect(published()).toBe(2);
    expect(await consents.tagged(outboxTag, 10)).toEqual([]);
    expect((await consents.tagged(asideTag, 10)).map(({ key }) => key)).toEqual([bad?.key]);
    const named = lines.filter((line) => line.includes('put aside'));
    expect(named).toHaveLength(1);
    expect(named[0]).toContain(bad?.state.subjectId);
    expect(named[0]).not.toMatch(/v_0000/);
    await service.stop();
  });
  it('is published, and its withdrawal shown, by the next start at which it opens again', async () => {
    const { service, rows, consents, published, bus, ...twins } = await openWithOutbox();
    const [bad] = rows;
    await consents.update(bad?.key ?? '', (now) => ({
      result: undefined,
      ...(now && { state: { ...now, records: now.records.map((each) => ({ ...each, sealed: 'not sealed' })) } }),
    }));
    await service.sweep();
    await service.stop();
    await consents.update(bad?.key ?? '', (now) => ({
      result: undefined,
      ...(now && bad && { state: { ...now, records: bad.state.records } }),
    }));
    const again = await startCompliance({ ...twins, consents, bus });
    await again.sweep();
    await settled(bus);
    expect(published()).toBe(3);
    expect(await consents.tagged(asideTag, 10)).toEqual([]);
    const shown = [1, 2, 3].map((n) => bus.documents(WithdrawalDocument).read(withdrawalKey('acme', visitorOf(n))));
    for (const each of await Promise.all(shown)) expect(each).toMatchObject({ purposes: ['transcripts'] });
    await again.stop();
  });
});
