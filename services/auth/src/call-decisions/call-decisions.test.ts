import { randomUUID } from 'node:crypto';
import { makeFact, platform, ReadCallDecisions, RequestRefused, SessionGranted } from '@vox/contracts';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuthOnTwins, authOnTwins } from '../auth.fixture.ts';

const dayMs = 86_400_000;
let fixture: AuthOnTwins;
beforeEach(async () => {
  // It is noon of 5 May 2026, UTC.
  fixture = await authOnTwins({ copies: 2 });
  await fixture.putTenant();
  await fixture.putTenant({ tenantId: 'other' });
});
afterEach(() => fixture.close());

const call = { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin', maxSeconds: 9, idleSeconds: 9 };
const visitor = {
  kind: 'widget',
  widgetKey: 'w_acme_site_0123456789abcdef',
  visitorId: `v_${'x'.repeat(22)}`,
} as const;
const member = { kind: 'console', userId: 'm_1' } as const;
function granted(identity: typeof visitor | typeof member = visitor, tenantId = 'acme') {
  const [at, sessionId] = [fixture.clock.now(), randomUUID()];
  const times = { grantedAt: at.toISOString(), endsAt: at.toISOString() };
  const head = { id: `granted:${sessionId}`, source: 'session-broker', at };
  return makeFact(SessionGranted, head, { tenantId, sessionId, identity, ...call, ...times });
}
function refused(code: string, count: number, { tenantId = 'acme', route = '/api/session' } = {}) {
  const at = fixture.clock.now();
  const times = { firstAt: at.toISOString(), lastAt: at.toISOString() };
  const data = { tenantId, code, count, route, ...times };
  return makeFact(RequestRefused, { id: randomUUID(), source: 'edge-guard', at }, data);
}
const grant = async (...given: Parameters<typeof granted>) =>
  void (await fixture.bus.publish(SessionGranted, granted(...given)));
const refuse = async (...given: Parameters<typeof refused>) =>
  void (await fixture.bus.publish(RequestRefused, refused(...given)));
async function decisions(days: number, tenantId = 'acme') {
  await settled(fixture.bus);
  const read = await fixture.bus.ask(ReadCallDecisions, { tenantId, days });
  return read.days.map(({ day, granted: yes, refused: no, reasons }) => [
    day,
    yes,
    no,
    ...reasons.map(({ code, count }) => `${code} ${count}`),
  ]);
}

describe('how many calls were granted and refused', () => {
  it('is counted by day and reason, of visitors and members, once however often it is told', async () => {
    const [yes, no] = [granted(), refused('RATE_LIMIT_EXCEEDED', 4)];
    await fixture.bus.publish(SessionGranted, yes);
    await fixture.bus.publish(RequestRefused, no);
    await grant(member);
    await refuse('ORIGIN_MISMATCH', 1);
    await refuse('RATE_LIMIT_EXCEEDED', 3);
    await settled(fixture.bus);
    fixture.clock.advanceMs(dayMs);
    // The dedupe window of the bus is long over.
    await fixture.bus.publish(SessionGranted, yes);
    await fixture.bus.publish(RequestRefused, no);
    await refuse('DAILY_QUOTA_EXCEEDED', 2);
    expect(await decisions(3)).toEqual([
      ['2026-05-04', 0, 0],
      ['2026-05-05', 2, 8, 'RATE_LIMIT_EXCEEDED 7', 'ORIGIN_MISMATCH 1'],
      ['2026-05-06', 0, 2, 'DAILY_QUOTA_EXCEEDED 2'],
    ]);
  });
  it('holds nothing of another tenant, of the platform, or of what asks for no call', async () => {
    await grant(visitor, 'other');
    await refuse('BOT_BLOCKED', 9, { tenantId: 'other' });
    await refuse('BOT_BLOCKED', 9, { tenantId: platform });
    await refuse('AUTH_REQUIRED', 9, { route: '/api/v1/policy' });
    expect(await decisions(1)).toEqual([['2026-05-05', 0, 0]]);
    expect(await decisions(1, 'other')).toEqual([['2026-05-05', 1, 9, 'BOT_BLOCKED 9']]);
    await expect(decisions(1, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('is told by the tenant’s own days, also after it has chosen another zone', async () => {
    await grant();
    await fixture.putTenant({ timeZone: 'Pacific/Kiritimati' });
    expect(await decisions(2)).toEqual([
      ['2026-05-05', 0, 0],
      ['2026-05-06', 1, 0],
    ]);
  });
  it('stands for a week besides today, and is then forgotten', async () => {
    await grant();
    await refuse('BOT_BLOCKED', 1);
    fixture.clock.advanceMs(7 * dayMs);
    expect((await decisions(8))[0]).toEqual(['2026-05-05', 1, 1, 'BOT_BLOCKED 1']);
    expect(await fixture.callDays.all(9)).not.toEqual([]);
    fixture.clock.advanceMs(4 * dayMs);
    await expect.poll(() => fixture.callDays.all(9)).toEqual([]);
  });
});
