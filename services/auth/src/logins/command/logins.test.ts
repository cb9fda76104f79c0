import {
  EndLogin,
  ListLogins,
  ListOwnLogins,
  NameOwnLogin,
  RenewLogin,
  RevocationDocument,
  RevokeLogins,
  RevokeOwnLogins,
  revocationKey,
  ShowLogin,
  SignIn,
  StepUp,
} from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { from, type MembersOnTwins, membersOnTwins } from '../../members.fixture.ts';

const tenantId = 'acme';
const email = 'ann@example.com';
const hourMs = 3_600_000;
let auth: MembersOnTwins;
beforeEach(async () => {
  auth = await membersOnTwins();
});
afterEach(() => auth.close());

const isRevoked = async (loginId: string) =>
  (await auth.bus.documents(RevocationDocument).read(revocationKey('login', loginId))) !== undefined;
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const refused = { code: 'AUTH_REQUIRED' };

describe('a login', () => {
  it('has an id of its own at each sign-in, and ends the one that the browser had before', async () => {
    const first = await auth.join(email);
    const second = await auth.signIn(email, { replaces: first.token });
    expect(second.session.loginId).not.toBe(first.session.loginId);
    await expect(auth.bus.ask(ShowLogin, { login: first.token })).rejects.toMatchObject(refused);
    expect(await isRevoked(first.session.loginId)).toBe(true);
    expect(await auth.bus.ask(ShowLogin, { login: second.token })).toMatchObject({ email, tenantId });
  });
  it('says its tenant, member and role, lives for a day, and goes on to seven days and no longer', async () => {
    const { token, memberId, session } = await auth.join(email, 'developer');
    const { iat, exp, jti, ...claims } = claimsOf(token);
    expect(claims).toMatchObject({ tenantId, memberId, role: 'developer', sub: memberId });
    expect([exp - iat, jti]).toEqual([86_400, session.loginId]);
    let [login, renewals] = [token, 0];
    while (renewals < 20) {
      auth.clock.advanceMs(23 * hourMs);
      const renewed = await auth.bus.ask(RenewLogin, { login }).catch(() => undefined);
      if (renewed === undefined) break;
      login = renewed.token;
      renewals += 1;
      expect(claimsOf(login).jti).toBe(jti);
      expect(claimsOf(login).exp - iat).toBeLessThanOrEqual(7 * 86_400);
    }
    expect(renewals).toBe(7);
  });
  it('that nobody uses for a day is over, leaves the list, and is forgotten with its device', async () => {
    const { token } = await auth.join(email);
    auth.clock.advanceMs(24 * hourMs + 6_000);
    await expect(auth.bus.ask(RenewLogin, { login: token })).rejects.toMatchObject(refused);
    expect(await auth.bus.ask(ListLogins, { tenantId })).toEqual({ logins: [] });
    await vi.waitFor(() => expect(auth.publishedTypes()).toContain('login-ended.v1'));
    auth.clock.advanceMs(hourMs);
    await vi.waitFor(async () => expect(await auth.logins.all(10)).toEqual([]));
  });
  it('that was revoked is refused everywhere, until no token of it can live', async () => {
    const { token, session, memberId } = await auth.join(email);
    const asked = { tenantId, loginId: session.loginId, actor: 'operator:test' };
    expect(await auth.bus.ask(RevokeLogins, { ...asked, tenantId: 'other' })).toEqual({ ended: 0 });
    expect(await auth.bus.ask(RevokeLogins, asked)).toEqual({ ended: 1 });
    expect(await isRevoked(session.loginId)).toBe(true);
    expect(await auth.bus.ask(RevokeLogins, asked)).toEqual({ ended: 0 });
    for (const question of [ShowLogin, RenewLogin] as const)
      await expect(auth.bus.ask(question, { login: token })).rejects.toMatchObject(refused);
    await expect(auth.bus.ask(StepUp, { login: token, code: '1', challengeToken: 'x' })).rejects.toMatchObject(refused);
    expect(JSON.stringify(await auth.logins.read(session.loginId))).not.toContain('Firefox');
    expect(await auth.bus.ask(ListLogins, { tenantId, memberId })).toEqual({ logins: [] });
    auth.clock.advanceMs(25 * hourMs);
    await vi.waitFor(async () => expect(await isRevoked(session.loginId)).toBe(false));
  });
  it('is listed, named and ended by its own member, one by one and all at once', async () => {
    const ann = await auth.join(email);
    await auth.signIn(email);
    const bob = await auth.join('bob@example.com');
    const acting = { tenantId, actor: `member:${ann.memberId}` };
    const { loginId } = ann.session;
    expect(await auth.bus.ask(NameOwnLogin, { ...acting, loginId, name: 'Laptop' })).toEqual({ name: 'Laptop' });
    const { logins } = await auth.bus.ask(ListOwnLogins, acting);
    expect(logins).toHaveLength(2);
    expect(logins.find((each) => each.loginId === loginId)).toMatchObject({ name: 'Laptop', ...from });
    const theirs = { ...acting, loginId: bob.session.loginId };
    await expect(auth.bus.ask(NameOwnLogin, { ...theirs, name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await auth.bus.ask(RevokeOwnLogins, theirs)).toEqual({ ended: 0 });
    expect(await auth.bus.ask(RevokeOwnLogins, { ...acting, loginId })).toEqual({ ended: 1 });
    await auth.signIn(email);
    expect(await auth.bus.ask(RevokeOwnLogins, acting)).toEqual({ ended: 2 });
    expect((await auth.bus.ask(ListLogins, { tenantId })).logins).toMatchObject([{ memberId: bob.memberId }]);
    const operator = { tenantId, actor: 'operator:test' };
    await expect(auth.bus.ask(ListOwnLogins, operator)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
  it('shows when it was seen, to within five minutes', async () => {
    const { token } = await auth.join(email);
    const seenAt = async () => (await auth.bus.ask(ListLogins, { tenantId })).logins[0]?.lastSeenAt;
    const before = await seenAt();
    auth.clock.advanceMs(299_000);
    await auth.bus.ask(ShowLogin, { login: token });
    expect(await seenAt()).toBe(before);
    auth.clock.advanceMs(1_000);
    await auth.bus.ask(ShowLogin, { login: token });
    expect(await seenAt()).toBe(auth.clock.now().toISOString());
  });
  it('ends once when its member signs out, and the same token ends nothing more', async () => {
    const { token } = await auth.join(email);
    expect(await auth.bus.ask(EndLogin, { login: token })).toEqual({ ended: true });
    expect(await auth.bus.ask(EndLogin, { login: token })).toEqual({ ended: false });
    expect(auth.publishedTypes().filter((type) => type === 'login-ended.v1')).toHaveLength(1);
  });
});

describe('a fresh code', () => {
  it('makes a login fresh for five minutes, once, and a code for signing in does not', async () => {
    const { token } = await auth.join(email);
    auth.clock.advanceMs(hourMs);
    const forLogin = await auth.codeFor(email);
    await expect(auth.bus.ask(StepUp, { login: token, ...forLogin })).rejects.toMatchObject({ code: 'INVALID_OTP' });
    const code = await auth.codeFor(email, token);
    const { token: fresh } = await auth.bus.ask(StepUp, { login: token, ...code });
    expect(claimsOf(fresh)).toMatchObject({ freshUntil: auth.clock.now().getTime() / 1_000 + 300 });
    await expect(auth.bus.ask(StepUp, { login: token, ...code })).rejects.toMatchObject({ code: 'INVALID_OTP' });
    auth.clock.advanceMs(301_000);
    expect(claimsOf((await auth.bus.ask(RenewLogin, { login: fresh })).token).freshUntil).toBeUndefined();
    const used = await auth.codeFor(email, token);
    const signedIn = auth.bus.ask(SignIn, { email, ...used, ...from });
    await expect(signedIn).rejects.toMatchObject({ code: 'INVALID_OTP' });
  });
});

describe('a browser', () => {
  it('that is not known is told to the member by mail, and one that is known is not', async () => {
    const { deviceToken } = await auth.join(email);
    const mails = () => auth.mailsTo(email, 'new-device');
    const known = { deviceToken: deviceToken ?? '' };
    expect((await auth.signIn(email, known)).deviceToken).toBeNull();
    expect(await mails()).toEqual([]);
    const other = await auth.signIn(email, { device: 'Chrome on Windows', place: 'network n_abcdefgh' });
    expect(await mails()).toMatchObject([{ device: 'Chrome on Windows', place: 'network n_abcdefgh' }]);
    expect(other.deviceToken).not.toBe(deviceToken);
  });
  it('is never known by a token that somebody else put there', async () => {
    await auth.join(email);
    const planted = 'planted-by-somebody-else';
    expect((await auth.signIn(email, { deviceToken: planted })).deviceToken).not.toBeNull();
    expect((await auth.signIn(email, { deviceToken: planted })).deviceToken).not.toBeNull();
    expect(await auth.mailsTo(email, 'new-device')).toHaveLength(2);
  });
});

describe('a member of several tenants', () => {
  it('signs in to the tenant that it names, else to the first by its id', async () => {
    await auth.putTenant({ tenantId: 'zeta' });
    await auth.join(email, 'viewer', 'zeta');
    await auth.join(email, 'admin', 'acme');
    expect((await auth.signIn(email)).session).toMatchObject({ tenantId: 'acme', role: 'admin' });
    auth.clock.advanceMs(hourMs);
    expect((await auth.signIn(email, { tenantId: 'zeta' })).session).toMatchObject({ role: 'viewer' });
    await expect(auth.signIn(email, { tenantId: 'other' })).rejects.toMatchObject({ code: 'INVALID_OTP' });
  });
});
