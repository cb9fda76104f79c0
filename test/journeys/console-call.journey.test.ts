import { RevokeLogins, SessionEnded, SessionGranted, SetTenantStatus } from '@vox/contracts';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';
import { invite, newMember, openBrowser, signIn } from './member.ts';

let journey: Journey;
beforeEach(async () => {
  journey = await openJourney({ limits: { openSessionsPerPerson: 1 } });
});
afterEach(() => journey.close());

const of = (name: string) => journey.bus.published().filter(({ type }) => type === `${name}.v1`);

describe('a member who is signed in', () => {
  it('calls the agents of the tenant under the limits of the console, as a member and not as a visitor', async () => {
    const { browser, memberId } = await newMember(journey, 'ann@example.com');
    expect((await browser.post('/api/session')).status).toBe(200);
    expect((await browser.post('/api/session')).body).toMatchObject({ code: 'MAX_CONCURRENT_SESSIONS', scope: 'user' });
    await settled(journey.bus);
    expect(of(SessionGranted.name).at(-1)?.data).toMatchObject({ identity: { kind: 'console', userId: memberId } });
  });
  it('starts no call for the page of another site, nor without the header of our own pages', async () => {
    const { browser } = await newMember(journey, 'ann@example.com');
    expect((await browser.post('/api/session', {}, { origin })).body).toMatchObject({ code: 'ORIGIN_MISMATCH' });
    expect((await browser.post('/api/session', {}, { 'x-vox-request': '' })).body).toMatchObject({ code: 'FORBIDDEN' });
    const plain = await browser.post('/api/session', {}, { 'content-type': 'text/plain' });
    expect(plain.body).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(of(SessionGranted.name)).toEqual([]);
  });
  it('loses the call with the login, within a second, and starts no other', async () => {
    const { browser, memberId } = await newMember(journey, 'ann@example.com');
    expect((await browser.post('/api/session')).status).toBe(200);
    const asked = { tenantId: 'demo', memberId, actor: 'operator:test' };
    expect(await journey.bus.ask(RevokeLogins, asked)).toEqual({ ended: 1 });
    await vi.waitFor(() => expect(of(SessionEnded.name)).toHaveLength(1), { timeout: 1_000, interval: 10 });
    expect(of(SessionEnded.name)[0]?.data).toMatchObject({ reason: 'key_revoked' });
    expect((await browser.post('/api/session')).body).toMatchObject({ code: 'AUTH_REQUIRED' });
  });
  it('keeps the call of one login when another login ends', async () => {
    const { browser } = await newMember(journey, 'ann@example.com');
    expect((await browser.post('/api/session')).status).toBe(200);
    const other = openBrowser(journey);
    expect((await signIn(journey, other, 'ann@example.com')).status).toBe(200);
    expect((await other.post('/api/auth/logout')).body).toEqual({ ok: true });
    await settled(journey.bus);
    expect(of(SessionEnded.name)).toEqual([]);
  });
  it('may sign in to a suspended tenant, and starts no call there', async () => {
    const { invitation } = await invite(journey, 'ann@example.com');
    await journey.bus.ask(SetTenantStatus, { tenantId: 'demo', status: 'suspended', actor: 'operator:test' });
    const browser = openBrowser(journey);
    expect((await signIn(journey, browser, 'ann@example.com', { invitation })).status).toBe(200);
    expect((await browser.post('/api/session')).body).toMatchObject({ code: 'TENANT_SUSPENDED' });
  });
  it('has nothing to call as an operator of the platform', async () => {
    const { browser } = await newMember(journey, 'op@example.com', 'platform-operator', '_platform');
    expect((await browser.get('/api/auth/session')).body).toMatchObject({
      tenantId: '_platform',
      role: 'platform-operator',
    });
    expect((await browser.post('/api/session')).body).toMatchObject({ code: 'AUTH_REQUIRED' });
  });
});
