import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Hostility, hostileProvider } from '../hostile-provider.fixture.ts';
import { singleSignOnOnTwins } from '../single-sign-on.fixture.ts';

const refused = (why: string) => ({ code: 'FORBIDDEN', answer: { reason: `single-sign-on-${why}` } });
const nowSeconds = Math.floor(Date.now() / 1_000);

describe('a provider that is not honest', () => {
  let provider: Awaited<ReturnType<typeof hostileProvider>>;
  let made: ReturnType<typeof singleSignOnOnTwins>;
  beforeEach(async () => {
    provider = await hostileProvider();
    made = singleSignOnOnTwins();
    await made.connect(provider.issuer);
  });
  afterEach(() => provider.close());
  async function signIn(hostility: Hostility, over: Readonly<Record<string, string>> = {}) {
    const { url, browser } = await made.start();
    provider.be(hostility);
    return made.finish(browser, provider.returnOf(url, over));
  }

  it('is believed where it says what an honest one says', async () => {
    expect(await signIn({})).toMatchObject({ tenantId: 'acme' });
    expect(provider.tokenRequests[0]?.get('code_verifier')).toMatch(/^[\w-]{43}$/);
  });
  it.each<[string, Hostility]>([
    ['another nonce', { claims: { nonce: 'another' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['another audience', { claims: { aud: 'another-client' } }],
    ['several audiences and another party', { claims: { aud: ['vox', 'other'], azp: 'other' } }],
    ['another issuer', { claims: { iss: 'https://issuer.example' } }],
    ['a time that is over', { claims: { iat: nowSeconds - 900, exp: nowSeconds - 600 } }],
    ['no end', { claims: { exp: undefined } }],
    ['nobody', { claims: { sub: undefined } }],
    ['no signature', { alg: 'none' }],
    ['a signature with the client’s secret', { alg: 'HS256' }],
    ['a signature of another key', { alg: 'foreign key' }],
  ])('is not believed with a token of %s', async (_what, hostility) => {
    await expect(signIn(hostility)).rejects.toMatchObject(refused('token'));
    expect(made.members.size).toBe(0);
    expect(made.refusals()).toEqual(['token']);
  });
  it('whose token redirects is not followed', async () => {
    await expect(signIn({ redirects: 'token' })).rejects.toMatchObject(refused('token'));
  });
  it.each<[string, Hostility]>([
    ['calls itself otherwise', { metadata: { issuer: 'https://issuer.example' } }],
    ['has its codes taken to an unsafe address', { metadata: { token_endpoint: 'http://evil.example/token' } }],
    ['has its keys at an unsafe address', { metadata: { jwks_uri: 'http://evil.example/jwks' } }],
    ['has no keys', { metadata: { jwks_uri: undefined } }],
    ['sends its document on', { redirects: 'document' }],
  ])('that %s is refused, when it is set and when somebody signs in', async (_what, hostility) => {
    await expect(signIn(hostility)).rejects.toMatchObject(refused('provider'));
    expect(provider.tokenRequests).toHaveLength(0);
    await expect(made.put(provider.issuer)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
  it('gets no code of a return that names another issuer', async () => {
    await expect(signIn({}, { iss: 'https://honest.example' })).rejects.toMatchObject(refused('token'));
    expect(provider.tokenRequests).toHaveLength(0);
  });
  it('that says there is an `iss` in each return is refused without one', async () => {
    const hostility = { metadata: { authorization_response_iss_parameter_supported: true } };
    await expect(signIn(hostility)).rejects.toMatchObject(refused('token'));
    expect(provider.tokenRequests).toHaveLength(0);
  });
  it('that refuses, with whatever words, is a refusal without those words', async () => {
    const { url, browser } = await made.start();
    const search = `?error=access_denied&error_description=canary&state=${new URL(url).searchParams.get('state')}`;
    await expect(made.finish(browser, search)).rejects.toMatchObject(refused('provider'));
    expect(JSON.stringify(made.bus.published())).not.toContain('canary');
  });
  it('of one tenant says nothing of another’s: a return belongs to the provider that the browser was sent to', async () => {
    const other = await hostileProvider();
    const { url, browser } = await made.start();
    await made.put(other.issuer);
    await expect(made.finish(browser, provider.returnOf(url))).rejects.toMatchObject(refused('provider'));
    expect([...provider.tokenRequests, ...other.tokenRequests]).toHaveLength(0);
    await other.close();
  });
  it('that does not answer is UPSTREAM_UNAVAILABLE for whoever begins', async () => {
    await provider.close();
    await expect(made.start()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
