import { PutTenant, ResetSecondFactors } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authenticator } from '../../services/auth/src/second-factors/authenticator.fixture.ts';
import { type Journey, openJourney } from './journey.ts';
import { loginTokens } from './login-token.ts';
import { type Browser, codeFor, type MemberAnswer, mailsTo, newMember, openBrowser, signIn } from './member.ts';

const email = 'ann@example.com';
const loginCookie = '__Host-tenant_session';
const pendingCookie = '__Host-tenant_pending';

let journey: Journey;
beforeEach(async () => {
  journey = await openJourney();
});
afterEach(() => journey.close());

const codeOf = (secret: string, aside = 0): string =>
  TOTP.generate({
    ...{ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 },
    timestamp: Date.now() + aside * 30_000,
  });

/** A member who has an app. Its codes of this step and of the next are still good. */
async function memberWithApp() {
  const { memberId, browser } = await newMember(journey, email);
  const begun = await browser.post('/api/v1/second-factors/totp', { name: 'telephone' });
  const secret = String(begun.body.secret);
  const confirmed = await browser.post('/api/v1/second-factors/totp/confirm', { code: codeOf(secret, -1) });
  const { recoveryCodes, factorId } = confirmed.body as unknown as { recoveryCodes: string[]; factorId: string };
  return { memberId, browser, secret, recoveryCodes, factorId };
}
const optionsIn = ({ body }: MemberAnswer) => (body as unknown as { options: { challenge: string } }).options;
const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.get('/api/auth/session')).status === 200;

describe('a member with an authenticator app', () => {
  it('has no login after the code of the mail, and one after the code of the app', async () => {
    const { secret } = await memberWithApp();
    const browser = openBrowser(journey);
    const { body, status } = await signIn(journey, browser, email);
    expect({ body, status }).toEqual({
      body: { ok: true, next: 'second-factor', methods: ['totp', 'recovery'] },
      status: 200,
    });
    expect([...browser.cookies.keys()]).not.toContain(loginCookie);
    expect(await isSignedIn(browser)).toBe(false);
    const wrong = await browser.post('/api/auth/second-factor/totp', { code: '000000' });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'INVALID_OTP' } });
    const right = await browser.post('/api/auth/second-factor/totp', { code: codeOf(secret) });
    expect(right).toMatchObject({ status: 200, body: { ok: true, session: { email } } });
    expect([...browser.cookies.keys()]).not.toContain(pendingCookie);
    expect(await isSignedIn(browser)).toBe(true);
  });
  it('completes a sign-in once: the cookie of a pending login opens nothing after', async () => {
    const { secret, recoveryCodes } = await memberWithApp();
    const browser = openBrowser(journey);
    await signIn(journey, browser, email);
    const token = browser.cookies.get(pendingCookie) ?? '';
    await browser.post('/api/auth/second-factor/totp', { code: codeOf(secret) });
    const other = openBrowser(journey);
    other.cookies.set(pendingCookie, token);
    const again = await other.post('/api/auth/second-factor/recovery', { code: recoveryCodes[0] });
    expect(again).toMatchObject({ status: 401, body: { code: 'AUTH_REQUIRED' } });
  });
  it('is let in by neither token in the place of the other', async () => {
    const { browser: signedIn, secret } = await memberWithApp();
    const browser = openBrowser(journey);
    await signIn(journey, browser, email);
    const swapped = openBrowser(journey);
    swapped.cookies.set(loginCookie, browser.cookies.get(pendingCookie) ?? '');
    expect(await isSignedIn(swapped)).toBe(false);
    swapped.cookies.set(pendingCookie, signedIn.cookies.get(loginCookie) ?? '');
    const code = await swapped.post('/api/auth/second-factor/totp', { code: codeOf(secret) });
    expect(code).toMatchObject({ status: 401, body: { code: 'AUTH_REQUIRED' } });
  });
  it('is refused to pages of other sites', async () => {
    const { secret } = await memberWithApp();
    const browser = openBrowser(journey);
    await signIn(journey, browser, email);
    const origin = 'https://evil.example';
    const forged = await browser.post('/api/auth/second-factor/totp', { code: codeOf(secret) }, { origin });
    expect(forged.body).toMatchObject({ code: 'ORIGIN_MISMATCH' });
  });
  it('makes a login fresh with the app, and not with a code by mail', async () => {
    const { browser, secret } = await memberWithApp();
    const { code } = await codeFor(journey, browser, email, { path: '/api/auth/step-up/send', words: 'code' });
    const byMail = await browser.post('/api/auth/step-up/verify', { code });
    expect(byMail).toMatchObject({ status: 403, body: { code: 'STEP_UP_REQUIRED', reason: 'second-factor' } });
    const byApp = await browser.post('/api/auth/step-up/totp', { code: codeOf(secret) });
    expect(byApp).toMatchObject({ status: 200, body: { ok: true, freshUntil: expect.any(String) } });
    expect(await isSignedIn(browser)).toBe(true);
  });
  it('who lost everything signs in by code once the factors are reset', async () => {
    const { memberId } = await memberWithApp();
    const asked = { tenantId: 'demo', memberId, actor: 'operator:ada', reason: 'lost telephone' };
    expect(await journey.bus.ask(ResetSecondFactors, asked)).toEqual({ removed: 1 });
    const browser = openBrowser(journey);
    expect((await signIn(journey, browser, email)).body).toMatchObject({ session: { email } });
  });
});

describe('a member’s own second factors', () => {
  it('are listed by name, get new recovery codes, and are removed', async () => {
    const { browser, factorId, recoveryCodes } = await memberWithApp();
    const listed = await browser.get('/api/v1/second-factors');
    expect(listed.body).toMatchObject({
      factors: [{ factorId, kind: 'totp', name: 'telephone' }],
      recoveryCodesLeft: 10,
    });
    for (const secret of recoveryCodes) expect(JSON.stringify(listed.body)).not.toContain(secret);
    const renewed = await browser.post('/api/v1/second-factors/recovery-codes');
    expect(renewed.body.recoveryCodes).not.toContain(recoveryCodes[0]);
    const removed = await browser.post('/api/v1/second-factors/remove', { factorId });
    expect(removed.body).toEqual({ removed: factorId });
    expect((await browser.get('/api/v1/second-factors')).body).toEqual({ factors: [], recoveryCodesLeft: 0 });
  });
  it('change with a mail to their member each time, which says what and by whom and holds no secret', async () => {
    const { browser, memberId, secret, recoveryCodes } = await memberWithApp();
    const words = 'second factor';
    const last = async (count: number) => (await mailsTo(journey, email, words, count)).at(-1)?.text ?? '';
    expect(await last(1)).toMatch(/authenticator app was added[\s\S]*recovery codes were made[\s\S]*your own login/);
    const renewed = await browser.post('/api/v1/second-factors/recovery-codes');
    expect(await last(2)).toMatch(/^New recovery codes were made/);
    await journey.bus.ask(ResetSecondFactors, { tenantId: 'demo', memberId, actor: 'operator:test' });
    expect(await last(3)).toMatch(/authenticator app was removed[\s\S]*by somebody who manages your members/);
    const all = JSON.stringify(await mailsTo(journey, email, words, 3));
    const made = renewed.body.recoveryCodes as unknown as string[];
    for (const canary of [secret, ...recoveryCodes, ...made]) expect(all).not.toContain(canary);
  });
  it('are changed by a fresh login alone, and seen by no other member', async () => {
    const { memberId, factorId } = await memberWithApp();
    const tokens = await loginTokens(journey.bus);
    const stale = openBrowser(journey);
    stale.cookies.set(loginCookie, (await tokens({ memberId, role: 'viewer' })).token);
    const paths = ['totp', 'totp/confirm', 'passkey/options', 'recovery-codes', 'remove'];
    const body = { name: 'mine', code: '000000', factorId };
    for (const path of paths) {
      const refused = await stale.post(`/api/v1/second-factors/${path}`, body);
      expect([path, refused.body.code]).toEqual([path, 'STEP_UP_REQUIRED']);
    }
    const { browser: other } = await newMember(journey, 'bob@example.com', 'owner');
    expect((await other.get('/api/v1/second-factors')).body).toMatchObject({ factors: [] });
    expect((await other.post('/api/v1/second-factors/remove', { factorId })).body).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a tenant that demands a second factor', () => {
  const demand = () =>
    journey.bus.ask(PutTenant, { draft: { ...demoDraft, signIn: { secondFactor: 'required' } }, actor: 'test' });

  it('lets whoever has none add one, and nothing else, before there is a login', async () => {
    const { browser } = await newMember(journey, email);
    await demand();
    await browser.post('/api/auth/logout');
    const signedIn = await signIn(journey, browser, email);
    expect(signedIn.body).toEqual({ ok: true, next: 'second-factor', methods: [] });
    expect(await isSignedIn(browser)).toBe(false);
    const begun = await browser.post('/api/auth/second-factor/enrol/totp', { name: 'telephone' });
    const secret = String(begun.body.secret);
    const code = codeOf(secret, -1);
    const { body } = await browser.post('/api/auth/second-factor/enrol/totp/confirm', { code });
    expect(body).toMatchObject({ ok: true, session: { email }, recoveryCodes: { length: 10 } });
    expect(await isSignedIn(browser)).toBe(true);

    const later = openBrowser(journey);
    await signIn(journey, later, email);
    const second = await later.post('/api/auth/second-factor/enrol/totp', { name: 'mine too' });
    expect(second).toMatchObject({ status: 403, body: { code: 'FORBIDDEN', reason: 'second-factor' } });
    const recovered = await later.post('/api/auth/second-factor/recovery', {
      code: (body as { recoveryCodes?: string[] }).recoveryCodes?.[0],
    });
    expect(recovered.body).toMatchObject({ session: { email } });
  });
  it('takes no last factor away from a member', async () => {
    const { browser, factorId } = await memberWithApp();
    await demand();
    const removed = await browser.post('/api/v1/second-factors/remove', { factorId });
    expect(removed).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });
  it('lets a member in with a passkey, and makes the login fresh with it', async () => {
    await newMember(journey, email);
    await demand();
    const origin = journey.url.replace('127.0.0.1', 'localhost');
    const device = authenticator(origin);
    const post = (browser: Browser, path: string, body: object = {}) => browser.post(path, body, { origin });

    const first = openBrowser(journey);
    await signIn(journey, first, email);
    const making = await post(first, '/api/auth/second-factor/enrol/passkey/options');
    const created = device.create(optionsIn(making));
    const enrolled = await post(first, '/api/auth/second-factor/enrol/passkey', { name: 'key', credential: created });
    expect(enrolled.body).toMatchObject({ ok: true, session: { email } });

    const browser = openBrowser(journey);
    expect((await signIn(journey, browser, email)).body).toMatchObject({ methods: ['passkey', 'recovery'] });
    const challenged = await post(browser, '/api/auth/second-factor/passkey/options');
    const credential = device.get(optionsIn(challenged));
    const signedIn = await post(browser, '/api/auth/second-factor/passkey', { credential });
    expect(signedIn.body).toMatchObject({ ok: true, session: { email } });
    const asked = await post(browser, '/api/auth/step-up/passkey/options');
    const again = device.get(optionsIn(asked));
    const fresh = await post(browser, '/api/auth/step-up/passkey', { credential: again });
    expect(fresh).toMatchObject({ status: 200, body: { ok: true } });
  });
});
