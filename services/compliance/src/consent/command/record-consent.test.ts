import { type ConsentChoice, ConsentReceipt, ListReceiptKeys, RecordConsent, WithdrawalDocument } from '@vox/contracts';
import { readReceipt, withdrawalKey } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { crashes, settled } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someChoice as choice, onTwins, vaultOf } from '../../compliance.fixture.ts';
import { memoryConsents } from '../../memory.ts';
import { startCompliance } from '../../service.ts';

const visitorId = 'v_0123456789abcdefghijkl';
const visit = { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', visitorId };

type Twins = ReturnType<typeof onTwins>;

async function open(fault?: () => void, amended: (own: Twins) => Partial<Twins> = () => ({})) {
  const own = { ...onTwins(), consents: memoryConsents(fault === undefined ? {} : { fault }) };
  const twins = { ...own, ...amended(own) };
  const service = await startCompliance(twins);
  const ask = (over?: Partial<ConsentChoice>, subject?: { email: string }) =>
    twins.bus.ask(RecordConsent, { ...visit, choice: choice(over), subject });
  const withdrawal = () => twins.bus.documents(WithdrawalDocument).read(withdrawalKey('acme', visitorId));
  const published = () => twins.bus.published().filter(({ type }) => type === 'vox.privacy.consent-recorded.v1');
  return { twins, service, ask, withdrawal, published };
}

describe('a visitor’s answer', () => {
  it('is proved by a receipt, and published without a word of who gave it', async () => {
    const { twins, service, ask, published } = await open();
    const { receipt, receiptId } = await ask({}, { email: 'ann@example.com' });
    const { keys } = await twins.bus.ask(ListReceiptKeys, {});
    const read = await readReceipt(ConsentReceipt, receipt, (kid) => keys.find((key) => key.kid === kid));
    expect(read).toMatchObject({ id: receiptId, says: { visitorId, purpose: 'transcripts', given: true } });
    await settled(twins.bus);
    expect(published()).toHaveLength(1);
    expect(JSON.stringify([published(), await twins.consents.all(9)])).not.toMatch(/v_0123|ann@/);
    const vault = vaultOf(twins);
    expect(await vault.find('acme', { kind: 'email', form: 'ann@example.com' })).toHaveLength(1);
    await service.stop();
  });
  it('gets one receipt, however often it is sent and by however many at once', async () => {
    const { service, ask, published, twins } = await open();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask()));
    expect(new Set([...answers, await ask()].map(({ receipt }) => receipt)).size).toBe(1);
    await settled(twins.bus);
    expect(new Set(published().map(({ id }) => id)).size).toBe(1);
    await service.stop();
  });
  it('that takes a consent back is shown to every door until the visitor gives it again', async () => {
    const { twins, service, ask, withdrawal } = await open();
    await ask();
    expect(await withdrawal()).toBeUndefined();
    await ask({ given: false });
    expect(await withdrawal()).toMatchObject({ purposes: ['transcripts'] });
    await ask({ given: true });
    expect(await withdrawal()).toBeUndefined();
    await ask({ given: false, purpose: 'ai-disclosure' });
    twins.clock.advanceMs(3 * 86_400_000);
    await service.sweep();
    expect(await withdrawal()).toBeUndefined();
    await service.stop();
  });
  it('that takes a consent back is not overtaken by a sweep that has read what was given before', async () => {
    let isDown = false;
    let between = async (): Promise<unknown> => undefined;
    const { service, ask, withdrawal } = await open(undefined, ({ bus, consents }) => ({
      bus: {
        ...bus,
        publish: async (...fact) => {
          if (isDown) throw new Fault('UNAVAILABLE');
          return bus.publish(...fact);
        },
      },
      consents: {
        ...consents,
        tagged: async (...of) => {
          const found = await consents.tagged(...of);
          await between();
          return found;
        },
      },
    }));
    await service.sweep();
    await ask({ given: false });
    isDown = true;
    await expect(ask({ given: true })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    isDown = false;
    between = async () => {
      between = async () => undefined;
      await ask({ given: false });
    };
    await service.sweep();
    expect(await withdrawal()).toMatchObject({ purposes: ['transcripts'] });
    await service.stop();
  });
  it('of a forgotten visitor is refused, and nothing is kept of it', async () => {
    const { twins, service, ask } = await open();
    const vault = vaultOf(twins);
    const { subjectId } = await vault.subjectOf('acme', { kind: 'visitor', form: visitorId });
    await vault.forget('acme', subjectId);
    await expect(ask()).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    expect(await twins.consents.all(9)).toEqual([]);
    await service.stop();
  });
  it('is kept, shown and published exactly as it was last given, at whichever steps the store fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 6 }),
        async (answers, at) => {
          const crash = crashes(at);
          const { twins, service, ask, withdrawal, published } = await open(crash.step);
          let last: boolean | undefined;
          for (const given of answers)
            for (let tries = 0; last !== given && tries < 9; tries += 1)
              await ask({ given }).then(
                () => (last = given),
                () => undefined,
              );
          crash.over();
          await service.sweep();
          await settled(twins.bus);
          const [kept] = await twins.consents.all(9);
          expect(kept?.state.records.at(-1)?.given).toBe(last);
          expect(await withdrawal()).toEqual(last ? undefined : expect.objectContaining({ purposes: ['transcripts'] }));
          expect(new Set(published().map(({ id }) => id))).toEqual(
            new Set(kept?.state.records.map(({ receiptId }) => `consent:${receiptId}`)),
          );
          await service.stop();
        },
      ),
      { numRuns: 60 },
    );
  });
});
