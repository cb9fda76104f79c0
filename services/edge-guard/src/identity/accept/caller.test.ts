import { revocationKey } from '@vox/contracts';
import { someOrigin, someWidgetKey } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { proved, shown, tenants, verifying, visitorId } from '../../checks/tenants.fixture.ts';
import { cookieNames } from '../../logins/decide/cookies.ts';
import { caller } from './caller.ts';

const memberId = `m_${'A'.repeat(22)}`;
const login = proved({ tenantId: 'acme', memberId, role: 'viewer' as const }, memberId);
const dependencies = (over: Parameters<typeof tenants>[0] = {}) => ({
  ...tenants(over),
  verifyLogin: verifying(login),
  cookies: cookieNames('tenant_session'),
});
const cookie = { cookie: 'theme=dark; tenant_session=good' };

describe('the caller check', () => {
  it('finds a visitor by its token, whatever else the request shows', async () => {
    const request = { ...asked({ headers: cookie }), shown, body: { widgetKey: someWidgetKey } };
    const found = await caller.run(dependencies())(request);
    expect(found).toMatchObject({ caller: { kind: 'token' }, identity: { visitorId }, tenantId: 'acme' });
  });
  it('makes a new visitor for a page that shows a widget key', async () => {
    const request = {
      ...asked({ headers: { origin: someOrigin } }),
      shown: undefined,
      body: { widgetKey: someWidgetKey },
    };
    const found = await caller.run(dependencies())(request);
    expect(found).toMatchObject({ caller: { kind: 'key', origin: someOrigin } });
    expect(found.identity).toMatchObject({ visitorId: `v_${'A'.repeat(22)}` });
  });
  it('finds a member by the login cookie, and refuses one whose login was revoked', async () => {
    const request = { ...asked({ headers: cookie }), shown: undefined, body: {} };
    expect(await caller.run(dependencies())(request)).toMatchObject({
      identity: { kind: 'console', userId: memberId, loginId: login.id },
    });
    const revoked = { [revocationKey('login', login.id)]: {} };
    await expect(caller.run(dependencies({ revoked }))(request)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
  });
  it('refuses the login of another member than the page names, and looks at that for nobody else', async () => {
    const named = (member: string) => asked({ headers: { ...cookie, 'x-vox-member': member } });
    const run = caller.run(dependencies());
    const other = named(`m_${'B'.repeat(22)}`);
    await expect(run({ ...other, shown: undefined, body: {} })).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    expect(await run({ ...named(memberId), shown: undefined, body: {} })).toMatchObject({ caller: { kind: 'login' } });
    expect(await run({ ...other, shown, body: {} })).toMatchObject({ caller: { kind: 'token' } });
  });
  it('refuses whoever shows nothing', async () => {
    const request = { ...asked(), shown: undefined, body: {} };
    await expect(caller.run(dependencies())(request)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
  });
  it('denies while a revocation could have been missed', async () => {
    const run = caller.run(dependencies({ isCurrent: false }));
    for (const request of [
      { ...asked(), shown, body: {} },
      { ...asked(), shown: undefined, body: { widgetKey: someWidgetKey } },
      { ...asked({ headers: cookie }), shown: undefined, body: {} },
    ])
      await expect(run(request)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
