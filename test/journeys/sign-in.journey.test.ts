import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';
import { codeFor, invite, mailsTo, newMember, openBrowser, signIn } from './member.ts';

const email = 'ann@example.com';
let journey: Journey;
beforeEach(async () => {
  journey = await openJourney();
});
afterEach(() => journey.close());

const session = '/api/auth/session';
const sessionCookie = '__Host-tenant_session';

describe('a member', () => {
  it('is invited by mail, signs in with a code under either path, sees who it is, and signs out everywhere', async () => {
    const { memberId, browser } = await newMember(journey, email, 'admin');
    const { status, body, headers } = await browser.get(session);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({ ok: true, email, tenantId: 'demo', memberId, role: 'admin' });
    const other = openBrowser(journey);
    const { code } = await codeFor(journey, other, email, { path: '/api/auth/send-otp' });
    const signedIn = await other.post('/api/auth/verify-otp', { email, code });
    expect(signedIn.body).toEqual({
      ok: true,
      session: { email, sessionId: expect.any(String), expiresAt: expect.any(String) },
    });
    const stolen = other.cookies.get(sessionCookie) ?? '';
    expect((await other.post('/api/auth/signout')).body).toEqual({ ok: true });
    expect(other.cookies.has(sessionCookie)).toBe(false);
    other.cookies.set(sessionCookie, stolen);
    await vi.waitFor(async () => expect((await other.get(session)).status).toBe(401), { timeout: 1_000 });
    expect((await other.get(session)).body).toMatchObject({ ok: false, error: expect.any(String) });
    expect((await browser.get(session)).status).toBe(200);
  });
  it('gets a cookie that no script and no other host can read, and no token in any body', async () => {
    const { invitation } = await invite(journey, email);
    const browser = openBrowser(journey);
    const { code, challengeToken } = await codeFor(journey, browser, email);
    const answer = await browser.post('/api/auth/otp/verify', { email, code, challengeToken, invitation });
    const cookies = answer.headers.getSetCookie();
    expect(cookies.map((text) => text.split('=')[0])).toEqual([sessionCookie, '__Host-tenant_device']);
    for (const text of cookies) expect(text).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(cookies[0]).toMatch(/Max-Age=(86400|86399);/);
    expect(JSON.stringify(answer.body)).not.toContain((browser.cookies.get(sessionCookie) ?? '').slice(0, 40));
    expect(await (await fetch(`${journey.url}${session}`)).text()).not.toContain('eyJ');
  });
  it('never continues a login that somebody put there before', async () => {
    const mallory = await newMember(journey, 'mallory@example.com');
    const planted = mallory.browser.cookies.get(sessionCookie) ?? '';
    const { invitation } = await invite(journey, email);
    const browser = openBrowser(journey);
    browser.cookies.set(sessionCookie, planted);
    expect((await signIn(journey, browser, email, { invitation })).status).toBe(200);
    expect(browser.cookies.get(sessionCookie)).not.toBe(planted);
    expect((await browser.get(session)).body).toMatchObject({ email });
    expect((await mallory.browser.get(session)).status).toBe(401);
  });
  it('hears by mail of a browser that it never used', async () => {
    await newMember(journey, email);
    await signIn(journey, openBrowser(journey, 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36'), email);
    const [mail] = await mailsTo(journey, email, 'new device');
    expect(mail?.text).toContain('Chrome on Windows');
    expect(mail?.text).toContain('this machine');
  });
  it('confirms with a fresh code, from a page of our own alone', async () => {
    const { browser } = await newMember(journey, email);
    const paths = { path: '/api/auth/step-up/send', words: 'to confirm' };
    expect((await browser.post(paths.path, {}, { 'x-vox-request': '' })).status).toBe(403);
    const { code } = await codeFor(journey, browser, email, paths);
    expect((await browser.post('/api/auth/step-up/verify', { code }, { origin })).status).toBe(403);
    const answer = await browser.post('/api/auth/step-up/verify', { code });
    expect(answer.body).toEqual({ ok: true, freshUntil: expect.any(String) });
    expect((await browser.post('/api/auth/step-up/verify', { code })).body).toMatchObject({ code: 'INVALID_OTP' });
    expect((await openBrowser(journey).post(paths.path)).status).toBe(401);
  });
});

describe('a code', () => {
  it('is refused alike when it is wrong, used, another browser’s, or of an address that nobody knows', async () => {
    await newMember(journey, email);
    const [browser, other] = [openBrowser(journey), openBrowser(journey)];
    const { code } = await codeFor(journey, browser, email);
    const wrong = code === '000000' ? '000001' : '000000';
    const bodies: unknown[] = [];
    const refused = async (from: typeof browser, body: object) => {
      const { status, body: problem } = await from.post('/api/auth/otp/verify', body);
      const { requestId: _own, ...rest } = problem as Record<string, unknown>;
      bodies.push({ status, ...rest });
    };
    await refused(other, { email, code });
    await refused(other, { email, code, challengeToken: 'x'.repeat(43) });
    await refused(browser, { email, code: wrong });
    await refused(browser, { email, code, tenantId: 'elsewhere' });
    await refused(browser, { email, code });
    await refused(browser, { email: 'nobody@example.com', code });
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject({ ok: false, status: 401, code: 'INVALID_OTP' });
  });
  it('is answered the same for an address that may sign in and for any other, and mailed to the first alone', async () => {
    await newMember(journey, email);
    const of = async (address: string) => {
      const { status, body } = await openBrowser(journey).post('/api/auth/otp/send', { email: address });
      return { status, ...(body as object), challengeToken: 'x' };
    };
    const known = await of(email);
    expect(await of('nobody@example.com')).toEqual(known);
    expect(known).toMatchObject({ status: 200, ok: true, expiresIn: 600, message: expect.any(String) });
    await mailsTo(journey, email, 'to sign in', 2);
    await expect(
      fetch(`${journey.fixture.mailUrl}/messages?to=nobody@example.com`).then((answer) => answer.json()),
    ).resolves.toEqual([]);
  });
  it('is asked for by no form and no page of another site', async () => {
    const browser = openBrowser(journey);
    const asked = ['/api/auth/otp/send', { email }] as const;
    expect((await browser.post(...asked, { origin })).body).toMatchObject({ code: 'ORIGIN_MISMATCH' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
      expect((await browser.post(...asked, { 'content-type': type })).body).toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await browser.post('/api/auth/logout', {}, { origin })).body).toMatchObject({ code: 'ORIGIN_MISMATCH' });
  });
});
