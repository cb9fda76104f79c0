import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { onSingleSignOnDue } from '../accept/on-single-sign-on-due.ts';
import { clientSecret, followToCallback, realProvider } from '../provider.fixture.ts';
import { callback, singleSignOnOnTwins, site } from '../single-sign-on.fixture.ts';
import { startSignIn } from './start-sign-in.ts';

const lost = { code: 'AUTH_REQUIRED' };
const refused = (why: string) => ({ code: 'FORBIDDEN', answer: { reason: `single-sign-on-${why}` } });

describe('a login through a tenant’s provider', () => {
  let provider: Awaited<ReturnType<typeof realProvider>>;
  let made: ReturnType<typeof singleSignOnOnTwins>;
  beforeAll(async () => {
    provider = await realProvider(callback);
  });
  afterAll(() => provider.close());
  beforeEach(async () => {
    provider.signedInAs({ sub: 'ann', email: 'Ann@Acme.example', email_verified: true });
    made = singleSignOnOnTwins();
    await made.connect(provider.issuer);
  });
  async function back() {
    const { url, browser } = await made.start();
    return { browser, search: await followToCallback(url, callback) };
  }
  const signIn = async () => {
    const { browser, search } = await back();
    return made.finish(browser, search);
  };

  it('makes a member of whoever it vouches for, and the same one each time', async () => {
    const first = await signIn();
    expect(first).toMatchObject({ tenantId: 'acme', secondFactor: 'asked' });
    expect([...made.members]).toEqual([['acme:ann@acme.example', first.memberId]]);
    expect(await signIn()).toEqual(first);
  });
  it('is found by its mail domain too', async () => {
    const { url } = await startSignIn(made, { domain: 'acme.example', origin: site });
    expect(url.startsWith(provider.issuer)).toBe(true);
    const elsewhere = startSignIn(made, { domain: 'other.example', origin: site });
    await expect(elsewhere).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('asks with PKCE, a state and a nonce, each of them new', async () => {
    const asked = await Promise.all([made.start(), made.start()]);
    const [one, other] = asked.map(({ url }) => Object.fromEntries(new URL(url).searchParams));
    expect(one).toMatchObject({ code_challenge_method: 'S256', redirect_uri: callback, response_type: 'code' });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(one?.[name]).not.toBe(other?.[name]);
  });
  it('of another browser ends at its return, and goes on in its own', async () => {
    const mine = await back();
    const { browser: stranger } = await made.start();
    await expect(made.finish(stranger, mine.search)).rejects.toMatchObject(lost);
    await expect(made.finish('', mine.search)).rejects.toMatchObject(lost);
    await made.finish(mine.browser, mine.search);
  });
  it('returns once, of a hundred times at once', async () => {
    const { browser, search } = await back();
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => made.finish(browser, search)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
  it('with a code that was used before lets nobody in', async () => {
    const used = await back();
    await made.finish(used.browser, used.search);
    const { url, browser } = await made.start();
    const search = new URLSearchParams(used.search);
    search.set('state', new URL(url).searchParams.get('state') ?? '');
    await expect(made.finish(browser, `?${search}`)).rejects.toMatchObject(refused('token'));
  });
  it('with the code of another login lets nobody in: PKCE and nonce are of one browser', async () => {
    const theirs = await back();
    const { url, browser } = await made.start();
    const search = new URLSearchParams(theirs.search);
    search.set('state', new URL(url).searchParams.get('state') ?? '');
    await expect(made.finish(browser, `?${search}`)).rejects.toMatchObject(refused('token'));
  });
  it('lasts ten minutes, and is forgotten after', async () => {
    const { browser, search } = await back();
    made.clock.advanceMs(10 * 60_000);
    await expect(made.finish(browser, search)).rejects.toMatchObject(lost);
    await onSingleSignOnDue(made);
    expect(await made.flows.all(9)).toEqual([]);
  });
  it('without a state, or with an invented one, is nobody’s', async () => {
    const { browser } = await made.start();
    for (const search of ['', '?code=x', '?code=x&state=invented', `?state=${'x'.repeat(5_000)}`])
      await expect(made.finish(browser, search)).rejects.toMatchObject(lost);
  });
  it.each([
    ['unverified', { sub: 'ann', email: 'ann@acme.example', email_verified: false }],
    ['unverified', { sub: 'ann', email: 'ann@acme.example' }],
    ['unverified', { sub: 'ann', email_verified: true }],
    ['unverified', { sub: 'ann', email: 'ann@acme.example\r\nbcc: eve', email_verified: true }],
    ['domain', { sub: 'ann', email: 'ann@evil.example', email_verified: true }],
    ['domain', { sub: 'ann', email: 'ann@acme.example.evil.example', email_verified: true }],
    ['domain', { sub: 'ann', email: 'ann@sub.acme.example', email_verified: true }],
  ])('is refused as “%s” where the provider says %o', async (why, account) => {
    provider.signedInAs(account);
    await expect(signIn()).rejects.toMatchObject(refused(why));
    expect(made.members.size).toBe(0);
    expect(made.refusals()).toEqual([why]);
  });
  it('is refused once its domain is another tenant’s or is claimed no more', async () => {
    await made.put(provider.issuer, { domains: [] });
    await expect(made.start()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await made.connect(provider.issuer);
    const { browser, search } = await back();
    await made.provedDomains.update('acme.example', () => ({ result: 0, state: { tenantId: 'other', provedAtMs: 1 } }));
    await expect(made.finish(browser, search)).rejects.toMatchObject(refused('domain'));
  });
  it('of an address that the provider gave to somebody else does not become the member', async () => {
    const { memberId } = await signIn();
    provider.signedInAs({ sub: 'eve', email: 'ann@acme.example', email_verified: true });
    await expect(signIn()).rejects.toMatchObject(refused('other-person'));
    const told = made.bus.published().find(({ type }) => type.includes('refused'));
    expect(told?.data).toMatchObject({ memberId, why: 'other-person' });
  });
  it('leaves neither secret nor address nor code in stores, facts and the browser’s way', async () => {
    const { url, browser } = await made.start();
    const { search } = await back();
    await made.finish(browser, await followToCallback(url, callback));
    const kept = await Promise.all([made.connections.all(9), made.flows.all(9), made.links.all(9)]);
    const seen = JSON.stringify([kept, made.bus.published(), url]);
    for (const canary of [clientSecret, 'ann@acme.example', browser, new URLSearchParams(search).get('code') ?? '-'])
      expect(seen.toLowerCase()).not.toContain(canary.toLowerCase());
  });
});
