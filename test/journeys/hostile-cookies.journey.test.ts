import { request } from 'node:http';
import { LeaseSigningKey, RevocationDocument, revocationKey, SigningKeyDocument } from '@vox/contracts';
import { LoginToken, SessionToken, type TokenKind, tokenSigner, WidgetToken } from '@vox/platform/crypto';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type Journey, openJourney, origin } from './journey.ts';
import { loginTokens } from './login-token.ts';
import { type Browser, newMember, openBrowser } from './member.ts';

const name = '__Host-tenant_session';
const memberId = `m_${'A'.repeat(22)}`;
const claims = { tenantId: 'demo', memberId, role: 'owner' as const };
let journey: Journey;
let member: Browser;
let good: string;

beforeAll(async () => {
  journey = await openJourney({ ipPerMinute: 10_000 });
  ({ browser: member } = await newMember(journey, 'ann@example.com'));
  good = member.cookies.get(name) ?? '';
});
afterAll(() => journey.close());

/** What a request with this Cookie header gets: a session, and a call. */
async function answersTo(cookie: string) {
  const headers = { cookie, origin: journey.url, 'x-vox-request': '1', 'content-type': 'application/json' };
  const shown = await fetch(`${journey.url}/api/auth/session`, { headers });
  const called = await fetch(`${journey.url}/api/session`, { method: 'POST', headers, body: '{}' });
  return [shown.status, called.status];
}
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const seconds = (): number => Math.floor(Date.now() / 1_000);
const registered = { iss: 'vox', aud: 'vox:login', sub: memberId, jti: 'forged' };

describe('a login cookie', () => {
  it('is refused when it is unsigned, of a foreign key, altered, or names its key in another way', async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    const [header = '', body = '', signature = ''] = good.split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const says = { ...claims, ...registered, iat: seconds(), exp: seconds() + 600 };
    const foreign = (over: object) =>
      new SignJWT(says).setProtectedHeader({ alg: 'EdDSA', typ: LoginToken.typ, ...over }).sign(privateKey);
    const altered = encoded({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), role: 'owner' });
    const forged = [
      new UnsecuredJWT(says).encode(),
      `${encoded({ alg: 'none', typ: LoginToken.typ, kid })}.${body}.`,
      `${header}.${body}.`,
      `${header}.${altered}.${signature}`,
      await foreign({ kid }),
      await foreign({ kid: 'unknown-key' }),
      await foreign({ kid, jwk: await exportJWK(publicKey) }),
      await foreign({ kid, jku: 'http://127.0.0.1:1/keys', x5u: 'http://127.0.0.1:1/' }),
      'a.b.c',
      'x'.repeat(3_000),
    ];
    for (const token of forged)
      expect([token.slice(0, 60), await answersTo(`${name}=${token}`)]).toEqual([token.slice(0, 60), [401, 401]]);
    expect((await answersTo(`${name}=${good}`))[0]).toBe(200);
  });
  it('of another kind of token is worthless, whichever key signed it', async () => {
    const boot = await fetch(`${journey.url}/api/public/widget/bootstrap?key=${journey.widgetKey}`, {
      headers: { origin },
    });
    const { widgetSessionToken } = (await boot.json()) as Record<string, string>;
    const [ofWidget, ofSession] = [
      await journey.bus.ask(LeaseSigningKey.widget, {}),
      await journey.bus.ask(LeaseSigningKey.session, {}),
    ];
    const stamp = { id: 'x', subject: memberId, now: new Date(), lifeSeconds: 600 };
    const as = async <C extends z.ZodType>(kind: TokenKind<C>, key: typeof ofWidget, says: z.input<C>) =>
      (await tokenSigner(kind, key))(says, stamp);
    const identity = { kind: 'console', userId: memberId } as const;
    for (const token of [
      widgetSessionToken,
      await as(LoginToken, ofWidget, claims),
      await as(LoginToken, ofSession, claims),
      await as(SessionToken, ofSession, { tenantId: 'demo', identity }),
      await as(WidgetToken, ofWidget, { tenantId: 'demo', widgetKey: journey.widgetKey, origin }),
    ])
      expect(await answersTo(`${name}=${token}`)).toEqual([401, 401]);
    // A login is no token of a visitor either.
    const asVisitor = await fetch(`${journey.url}/api/session`, {
      method: 'POST',
      headers: { authorization: `Bearer ${good}`, origin, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(asVisitor.status).toBe(401);
  });
  it('is refused when it is over, not yet valid, good for ten years, of a key that is over, or of a tenant that is not there', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const { x = '', d = '' } = await exportJWK(privateKey);
    const sign = await tokenSigner(LoginToken, { kid: 'dead-key-1', x, d });
    const dead = { kid: 'dead-key-1', use: 'login' as const, x, expiresAt: new Date(Date.now() - 1_000).toISOString() };
    await journey.bus.documents(SigningKeyDocument).put(dead.kid, dead);
    const living = await loginTokens(journey.bus);
    const { id, token: revoked } = await living();
    const at = new Date().toISOString();
    await journey.bus.documents(RevocationDocument).put(revocationKey('login', id), { at, until: null });
    const stamp = { id: 'x', subject: memberId, now: new Date(), lifeSeconds: 600 };
    const late = await living({}, { lifeSeconds: -60 });
    const early = await living({}, { now: new Date(Date.now() + 3_600_000) });
    const tenYears = await living({}, { lifeSeconds: 10 * 365 * 86_400 });
    const others = [late.token, early.token, tenYears.token, await sign(claims, stamp)];
    for (const token of [...others, revoked, (await living({ tenantId: 'nobody' })).token])
      expect(await answersTo(`${name}=${token}`)).toEqual([401, 401]);
  });
  it('that auth has no record of calls nobody’s session, however well it is signed', async () => {
    const { token } = await (await loginTokens(journey.bus))();
    expect((await answersTo(`${name}=${token}`))[0]).toBe(401);
  });
  it('that stands there twice, under a like name, or with megabytes beside it is none', async () => {
    for (const cookie of [
      `${name}=${good}; ${name}=${good}`,
      `${name}=x; ${name}=${good}`,
      `tenant_session=${good}`,
      `__host-tenant_session=${good}`,
      `${name}="${good}"`,
    ])
      expect(await answersTo(cookie)).toEqual([401, 401]);
    const status = await new Promise<number | undefined>((resolve) => {
      const asked = request(`${journey.url}/api/auth/session`, {
        headers: { cookie: `${name}=${'x'.repeat(3_000_000)}` },
      });
      asked.once('response', (response) => resolve(response.statusCode));
      asked.once('error', () => resolve(undefined));
      asked.end();
    });
    expect([431, undefined]).toContain(status);
    expect((await member.get('/api/auth/session')).status).toBe(200);
  });
  it('of a stranger is no reason to answer anything but that somebody must sign in', async () => {
    const browser = openBrowser(journey);
    browser.cookies.set(name, 'a.b.c');
    const { status, body } = await browser.get('/api/auth/session');
    expect([status, body]).toEqual([401, expect.objectContaining({ ok: false, code: 'AUTH_REQUIRED' })]);
    expect((await browser.post('/api/auth/logout')).body).toEqual({ ok: true });
  });
});
