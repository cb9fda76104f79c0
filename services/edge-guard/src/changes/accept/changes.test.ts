import { ChangedResource, type ChangeNotice, platform, type Role, roles } from '@vox/contracts';
import { describe, expect, it, vi } from 'vitest';
import { openPage, type Page } from '../../live-events/streams.fixture.ts';
import { began, openFollowed } from '../followed.fixture.ts';

const begun = ['anew', { why: 'begun' }];
const over = (page: Page) => vi.waitFor(() => expect(page.isOver()).toBe(true));
const opened = async (url: string | undefined, headers: Record<string, string>) => {
  const page = await openPage(url ?? '', headers);
  if (page.status === 200) await vi.waitFor(() => expect(page.events()[0]).toEqual(begun));
  return page;
};
const told = (page: Page) => page.events().slice(1);
const problemIn = (page: Page) => JSON.parse(page.text()) as Record<string, unknown>;
const resourcesIn = (page: Page) => told(page).map(([, data]) => (data as ChangeNotice).resource);

describe('the stream of what changes in a tenant', () => {
  it('says first that all is to be asked anew, and then what changed, by whichever service and copy', async () => {
    const { doors, newLogin, tell } = await openFollowed({ copies: 2 });
    const { headers } = newLogin('owner');
    const pages = await Promise.all(doors.map(({ url }) => opened(url, headers)));
    const notices: ChangeNotice[] = [
      { resource: 'calls', id: 's1', change: 'began', agentId: 'guide' },
      { resource: 'limits', id: 'widget:dollars:day', change: 'reached' },
      { resource: 'kill-switch', id: 'acme', change: 'engaged' },
      { resource: 'incidents', id: 'i1', change: 'opened' },
    ];
    const [broker, quota, auth, compliance] = notices as [ChangeNotice, ChangeNotice, ChangeNotice, ChangeNotice];
    tell(broker);
    tell(quota, 'acme', 'quota');
    tell(auth, 'acme', 'auth');
    tell(compliance, 'acme', 'compliance');
    for (const page of pages) {
      await vi.waitFor(() => expect(told(page)).toHaveLength(4));
      expect(told(page)).toEqual(expect.arrayContaining(notices.map((notice) => ['changed', notice])));
      expect(page.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    }
  });
  it('tells nobody what changes in another tenant', async () => {
    const { doors, newLogin, newKey, tell } = await openFollowed();
    const [url] = doors.map((door) => door.url);
    const rival = await opened(url, newLogin('owner', 'rival').headers);
    const machine = await opened(url, newKey(['events:read', 'sessions:read'], 'rival').headers);
    const own = await opened(url, newLogin('owner').headers);
    tell(began('canary'));
    tell(began('theirs'), 'rival');
    await vi.waitFor(() => expect(told(own)).toHaveLength(1));
    for (const page of [rival, machine]) {
      await vi.waitFor(() => expect(told(page)).toHaveLength(1));
      expect(page.text()).not.toContain('canary');
    }
  });
  it('tells each role what it may ask for, and nothing else', async () => {
    const { doors, newLogin, tell } = await openFollowed();
    const member = async (role: Role) => opened(doors[0]?.url, newLogin(role).headers);
    const [developer, officer, viewer] = [
      await member('developer'),
      await member('privacy-officer'),
      await member('viewer'),
    ];
    for (const resource of ChangedResource.options) tell({ resource, id: 'x', change: 'changed' });
    const everybody = ['calls', 'limits', 'kill-switch', 'policy'];
    await vi.waitFor(() => expect(told(viewer)).toHaveLength(everybody.length));
    expect(resourcesIn(viewer)).toEqual(everybody);
    expect(resourcesIn(developer)).toEqual([...everybody, 'webhooks']);
    expect(resourcesIn(officer)).toEqual([...everybody, 'privacy-requests', 'incidents']);
  });
  it('is open to members of a tenant, and to machines whose scopes say so', async () => {
    const { doors, newLogin, newKey, tell } = await openFollowed();
    const url = doors[0]?.url ?? '';
    for (const role of roles.filter((each) => each !== 'platform-operator'))
      expect([role, (await openPage(url, newLogin(role).headers)).status]).toEqual([role, 200]);
    const refused = [newLogin('platform-operator', platform), newKey(['sessions:read', 'usage:read'])];
    for (const { headers } of refused) expect((await openPage(url, headers)).status).toBe(403);
    const machine = await opened(url, newKey(['events:read', 'incidents:read']).headers);
    tell(began());
    tell({ resource: 'incidents', id: 'i', change: 'closed' });
    await vi.waitFor(() => expect(resourcesIn(machine)).toEqual(['incidents']));
    for (const headers of [{}, { cookie: 'tenant_session=none' }, { authorization: 'Bearer none' }])
      expect((await openPage(url, headers)).status).toBe(401);
  });
  it('shows a tab that names another member nothing', async () => {
    const { doors, newLogin } = await openFollowed();
    const { headers, memberId } = newLogin('owner');
    const asking = (member: string) => openPage(doors[0]?.url ?? '', { ...headers, 'x-vox-member': member });
    expect((await asking(`m_${'x'.repeat(22)}`)).status).toBe(401);
    expect((await asking(memberId)).status).toBe(200);
  });
  it('keeps no login: nobody need sit before it', async () => {
    const { doors, newLogin, world } = await openFollowed();
    await opened(doors[0]?.url, newLogin('owner').headers);
    expect(world.asked).toEqual([]);
  });
});

describe('a stream of changes ends', () => {
  it('when its login is revoked, or its key, over every copy, and no other', async () => {
    const { doors, newLogin, newKey, tell } = await openFollowed({ copies: 2 });
    const [login, key, other] = [newLogin('owner'), newKey(['events:read', 'sessions:read']), newLogin('owner')];
    const pagesOf = ({ headers }: { headers: Record<string, string> }) =>
      Promise.all(doors.map(({ url }) => opened(url, headers)));
    const [ofLogin, ofKey, ofOther] = [await pagesOf(login), await pagesOf(key), await pagesOf(other)];
    await login.revoke();
    for (const page of ofLogin) await over(page);
    tell(began());
    for (const page of [...ofKey, ...ofOther]) await vi.waitFor(() => expect(told(page)).toHaveLength(1));
    await key.revoke();
    for (const page of ofKey) await over(page);
    for (const page of ofLogin) expect(told(page)).toEqual([]);
    for (const page of ofOther) expect(page.isOver()).toBe(false);
    for (const { headers } of [login]) expect((await openPage(doors[0]?.url ?? '', headers)).status).toBe(401);
  });
  it('while a revocation may be missed, and cannot be opened then', async () => {
    const { doors, newLogin, world } = await openFollowed();
    const { headers } = newLogin('owner');
    const page = await opened(doors[0]?.url, headers);
    world.isLinked = false;
    await vi.waitFor(() => expect(page.isOver()).toBe(true), { timeout: 3_000 });
    const refused = await openPage(doors[0]?.url ?? '', headers);
    await over(refused);
    expect([refused.status, problemIn(refused).code]).toEqual([503, 'UNAVAILABLE']);
    world.isLinked = true;
    expect((await openPage(doors[0]?.url ?? '', headers)).status).toBe(200);
  });
  it('when its key is no good any more without a revocation, and when its login is over', async () => {
    const { doors, newLogin, newKey } = await openFollowed({ times: { confirmMs: 5 } });
    const key = newKey(['events:read']);
    const [machine, brief] = [
      await opened(doors[0]?.url, key.headers),
      await opened(doors[0]?.url, newLogin('owner', 'acme', 400).headers),
    ];
    await vi.waitFor(() => expect(machine.text()).toContain(': here'));
    key.forget();
    await over(machine);
    await over(brief);
  });
  it('after its life, and says when to come back', async () => {
    const { doors, newLogin } = await openFollowed({ times: { lifeMs: 30 } });
    const page = await opened(doors[0]?.url, newLogin('owner').headers);
    await over(page);
    expect(page.text()).toMatch(/\nretry: \d+\n\n$/);
  });
  it('when its copy closes, and says when to come back to another', async () => {
    const { doors, newLogin } = await openFollowed({ copies: 2 });
    const { headers } = newLogin('owner');
    const page = await opened(doors[0]?.url, headers);
    doors[0]?.changeStreams.close();
    await over(page);
    expect(page.text()).toMatch(/\nretry: 700\n\n$/);
    expect((await openPage(doors[0]?.url ?? '', headers)).status).toBe(503);
    expect((await openPage(doors[1]?.url ?? '', headers)).status).toBe(200);
  });
});

describe('streams of changes are bounded', () => {
  it('by member, named as 429, and one that was lost gives its place to the page that comes back', async () => {
    const { doors, newLogin } = await openFollowed({ limits: { all: 9, each: 2 } });
    const url = doors[0]?.url ?? '';
    const { headers } = newLogin('owner');
    const [, lost] = [await opened(url, headers), await opened(url, headers)];
    const third = await openPage(url, headers);
    await over(third);
    expect([third.status, problemIn(third)]).toMatchObject([429, { code: 'RATE_LIMIT_EXCEEDED', scope: 'user' }]);
    expect((await openPage(url, newLogin('owner').headers)).status).toBe(200);
    const back = await opened(url, { ...headers, 'last-event-id': lost.ids().at(-1) ?? '' });
    expect(told(back)).toEqual([]);
    await over(lost);
  });
  it('by copy, named as 503', async () => {
    const { doors, newLogin } = await openFollowed({ copies: 2, limits: { all: 1, each: 1 } });
    const [one = '', other = ''] = doors.map(({ url }) => url);
    await opened(one, newLogin('owner').headers);
    const shed = await openPage(one, newLogin('owner').headers);
    await over(shed);
    expect([shed.status, problemIn(shed).code]).toEqual([503, 'UNAVAILABLE']);
    expect((await openPage(other, newLogin('owner').headers)).status).toBe(200);
  });
  it('in what they say: more changes of a moment than can be named are one word', async () => {
    const { doors, newLogin, tell } = await openFollowed({ times: { momentMs: 50 } });
    const page = await opened(doors[0]?.url, newLogin('owner').headers);
    for (let n = 0; n < 500; n += 1) tell(began());
    await vi.waitFor(() => expect(told(page)).toEqual([['anew', { why: 'many' }]]));
  });
});
