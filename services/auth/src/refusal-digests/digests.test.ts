import { randomUUID } from 'node:crypto';
import { makeFact, PolicyDocument, RequestRefused, ShowTenant } from '@vox/contracts';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuthOnTwins, authOnTwins } from '../auth.fixture.ts';
import type { DigestMail } from './command/tell-digests.ts';

const dayMs = 86_400_000;
let fixture: AuthOnTwins;
const mails: DigestMail[] = [];
beforeEach(async () => {
  mails.length = 0;
  // It is a Tuesday of week 19.
  fixture = await authOnTwins({ copies: 2, queueDigest: async (mail) => void mails.push(mail) });
  await fixture.putTenant({ notices: { digestTo: 'admin@acme.example' } });
  await fixture.putTenant({ tenantId: 'other' });
});
afterEach(() => fixture.close());

function refusal(code: string, count: number, tenantId = 'acme', id: string = randomUUID()) {
  const at = fixture.clock.now();
  const times = { firstAt: at.toISOString(), lastAt: at.toISOString() };
  return makeFact(
    RequestRefused,
    { id, source: 'edge-guard', at },
    { tenantId, code, count, route: '/api/session', ...times },
  );
}
const refuse = async (...given: Parameters<typeof refusal>): Promise<void> => {
  await fixture.bus.publish(RequestRefused, refusal(...given));
  await settled(fixture.bus);
};
const digests = () =>
  fixture.bus.published().flatMap(({ type, data }) => (type.includes('refusals-digested') ? [data] : []));

describe('the digest of refusals', () => {
  it('is told once for each tenant and week, by code, however many copies count and whatever comes twice', async () => {
    const again = refusal('FORBIDDEN', 7);
    await fixture.bus.publish(RequestRefused, again);
    await refuse('FORBIDDEN', 1);
    await refuse('BOT_BLOCKED', 2);
    await refuse('FORBIDDEN', 5, 'other');
    fixture.clock.advanceMs(dayMs);
    await fixture.bus.publish(RequestRefused, again);
    await settled(fixture.bus);
    fixture.clock.advanceMs(3 * dayMs);
    expect(digests()).toEqual([]);
    fixture.clock.advanceMs(2.5 * dayMs);
    await expect.poll(digests).toHaveLength(2);
    const span = { week: '2026-W19', from: '2026-05-04T00:00:00.000Z', to: '2026-05-11T00:00:00.000Z' };
    expect(digests()).toEqual(
      expect.arrayContaining([
        { tenantId: 'acme', ...span, total: 10, byCode: { FORBIDDEN: 8, BOT_BLOCKED: 2 } },
        { tenantId: 'other', ...span, total: 5, byCode: { FORBIDDEN: 5 } },
      ]),
    );
    await expect.poll(() => fixture.refusalParts.all(1)).toEqual([]);
    fixture.clock.advanceMs(10 * 60_000);
    await fixture.bus.publish(RequestRefused, again);
    await settled(fixture.bus);
    expect(await fixture.refusalParts.all(1)).toEqual([]);
  });
  it('goes by mail to whom the tenant named, under one id, and to nobody for another tenant', async () => {
    await refuse('FORBIDDEN', 3);
    await refuse('FORBIDDEN', 4, 'other');
    fixture.clock.advanceMs(7 * dayMs);
    await expect.poll(digests).toHaveLength(2);
    expect(new Set(mails.map(({ id }) => id))).toEqual(new Set(['refusals-digest:acme/2026-W19']));
    expect(mails[0]).toMatchObject({ tenantId: 'acme', to: 'admin@acme.example', total: 3 });
    expect(JSON.stringify(fixture.bus.published())).not.toContain('admin@acme.example');
  });
  it('is forgotten in the end', async () => {
    await refuse('FORBIDDEN', 3);
    fixture.clock.advanceMs(7 * dayMs);
    await expect.poll(digests).toHaveLength(1);
    fixture.clock.advanceMs(40 * dayMs);
    await expect.poll(() => fixture.digests.all(1)).toEqual([]);
  });
});

it('whom a tenant wants told is shown with it, and stands in no policy that other services read', async () => {
  const shown = await fixture.bus.ask(ShowTenant, { tenantId: 'acme' });
  expect(shown.notices).toEqual({ digestTo: 'admin@acme.example' });
  expect((await fixture.bus.ask(ShowTenant, { tenantId: 'other' })).notices).toEqual({ digestTo: null });
  expect(JSON.stringify(await fixture.bus.documents(PolicyDocument).read('acme'))).not.toContain('admin@');
});
