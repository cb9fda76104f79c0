import { ListMembers, ProveDomain, PutSingleSignOn, PutTenant } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  clientId,
  clientSecret,
  followToCallback,
  realProvider,
} from '../../services/auth/src/single-sign-on/provider.fixture.ts';
import { type Journey, openJourney } from './journey.ts';
import { newMember, openBrowser, signIn } from './member.ts';

const by = { tenantId: 'demo', actor: 'operator:test' };
const domain = 'acme.example';

let journey: Journey;
let provider: Awaited<ReturnType<typeof realProvider>>;
const records = new Map<string, string[]>();
beforeEach(async () => {
  journey = await openJourney({ resolveTxt: async (name) => records.get(name) ?? [] });
  provider = await realProvider(`${journey.url}/api/auth/sso/callback`);
});
afterEach(async () => {
  await journey.close();
  await provider.close();
});

async function connect(over: object = {}): Promise<void> {
  const given = { ...by, issuer: provider.issuer, clientId, clientSecret, domains: [domain], ...over };
  const { singleSignOn } = await journey.bus.ask(PutSingleSignOn, given);
  const { name, value } = singleSignOn.domains[0]?.record ?? { name: '', value: '' };
  records.set(name, [value]);
  await journey.bus.ask(ProveDomain, { ...by, domain });
}

/** A browser that goes where it is sent: to the provider and back. Answers where it ends, and its cookies. */
async function throughProvider(query = 'tenantId=demo') {
  const start = await fetch(`${journey.url}/api/auth/sso/start?${query}`, { redirect: 'manual' });
  if (start.status !== 302) return { status: start.status, to: '', cookies: [], body: await start.text() };
  const cookie = start.headers.getSetCookie().map((each) => each.split(';')[0])[0] ?? '';
  const search = await followToCallback(start.headers.get('location') ?? '', `${journey.url}/api/auth/sso/callback`);
  const end = await fetch(`${journey.url}/api/auth/sso/callback${search}`, { redirect: 'manual', headers: { cookie } });
  const cookies = end.headers.getSetCookie();
  return { status: end.status, to: end.headers.get('location') ?? '', cookies, body: await end.text(), cookie, search };
}
const cookieValue = (cookies: readonly string[], name: string): string =>
  cookies.find((each) => each.startsWith(`${name}=`))?.split(/[=;]/)[1] ?? '';

describe('single sign-on at the door', () => {
  it('signs in whoever the provider vouches for, as a member with the lowest role', async () => {
    await connect();
    const { status, to, cookies } = await throughProvider(`domain=${domain}`);
    expect({ status, to }).toEqual({ status: 302, to: '/console' });
    const browser = openBrowser(journey);
    browser.cookies.set('__Host-tenant_session', cookieValue(cookies, '__Host-tenant_session'));
    expect((await browser.get('/api/auth/session')).body).toMatchObject({ email: 'ann@acme.example', role: 'viewer' });
    for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const { members } = await journey.bus.ask(ListMembers, { tenantId: 'demo' });
    expect(members).toMatchObject([{ email: 'ann@acme.example', role: 'viewer', status: 'active' }]);
  });
  it('takes a return once, and from the browser that began alone', async () => {
    await connect();
    const { cookie = '', search = '' } = await throughProvider();
    for (const headers of [{ cookie }, {}]) {
      const again = await fetch(`${journey.url}/api/auth/sso/callback${search}`, { redirect: 'manual', headers });
      expect(again.status).toBe(401);
    }
  });
  it('asks for a second factor where the tenant demands one, unless that is left to the provider', async () => {
    await journey.bus.ask(PutTenant, { draft: { ...demoDraft, signIn: { secondFactor: 'required' } }, actor: 'test' });
    await connect();
    const asked = await throughProvider();
    expect(asked.to).toBe('/console/second-factor');
    expect(cookieValue(asked.cookies, '__Host-tenant_session')).toBe('');
    await connect({ secondFactor: 'left-to-provider' });
    expect((await throughProvider()).to).toBe('/console');
  });
  it('that is demanded refuses codes by mail to its domain, and never to an owner', async () => {
    const admin = `ada@${domain}`;
    const owner = `olga@${domain}`;
    await newMember(journey, admin, 'admin');
    await newMember(journey, owner, 'owner');
    await connect({ isRequired: true });
    const refused = await signIn(journey, openBrowser(journey), admin);
    expect(refused).toMatchObject({ status: 403, body: { code: 'FORBIDDEN', reason: 'single-sign-on' } });
    expect((await signIn(journey, openBrowser(journey), owner)).body).toMatchObject({ session: { email: owner } });
  });
  it('is set by owners alone, whose secret nobody sees again', async () => {
    const { browser: admin } = await newMember(journey, 'ada@example.com', 'admin');
    const { browser: owner } = await newMember(journey, 'olga@example.com', 'owner');
    const given = { issuer: provider.issuer, clientId, clientSecret, domains: [domain] };
    expect((await admin.post('/api/v1/single-sign-on', given)).body).toMatchObject({ code: 'FORBIDDEN' });
    expect((await admin.get('/api/v1/single-sign-on')).body).toEqual({
      ...{ singleSignOn: null, callback: expect.arrayContaining([`${journey.url}/api/auth/sso/callback`]) },
    });
    const put = await owner.post('/api/v1/single-sign-on', given);
    const view = (put.body as unknown as { singleSignOn: { domains: { record: { name: string; value: string } }[] } })
      .singleSignOn;
    const record = view.domains[0]?.record ?? { name: '', value: '' };
    records.set(record.name, [record.value]);
    const proved = await owner.post('/api/v1/single-sign-on/prove-domain', { domain });
    expect(proved.body).toMatchObject({
      singleSignOn: { domains: [{ domain, provedAt: expect.any(String) }] },
    });
    const shown = await admin.get('/api/v1/single-sign-on');
    expect(shown.body).toMatchObject({ singleSignOn: { clientId, callback: expect.any(Array) } });
    for (const said of [put, proved, shown]) expect(JSON.stringify(said.body)).not.toContain(clientSecret);
    expect((await throughProvider()).to).toBe('/console');
    expect((await owner.post('/api/v1/single-sign-on/remove')).body).toEqual({ removed: true });
    expect((await throughProvider()).status).toBe(404);
  });
  it('is not there for tenants and domains without it, which look the same as unknown ones', async () => {
    const answers = await Promise.all(
      ['tenantId=demo', 'tenantId=unknown', `domain=${domain}`].map((query) => throughProvider(query)),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    const shown = answers.map(({ body }) => ({ ...JSON.parse(body), requestId: '' }));
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[2]).toEqual(shown[0]);
  });
});
