import {
  ChangeMemberRole,
  EraseFrom,
  ExportFrom,
  InviteMember,
  ListLogins,
  ListMembers,
  RemoveMember,
  ShowLogin,
} from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type MembersOnTwins, membersOnTwins } from '../../members.fixture.ts';

const tenantId = 'acme';
const actor = 'operator:test';
let auth: MembersOnTwins;
beforeEach(async () => {
  auth = await membersOnTwins();
});
afterEach(() => auth.close());

const members = async () => (await auth.bus.ask(ListMembers, { tenantId })).members;
const invited = (email: string, role = 'viewer', over: object = {}) =>
  auth.bus.ask(InviteMember, { tenantId, email, role: role as 'viewer', actor, ...over });
const about = (person: object) => ({ tenantId, visitorIds: [], userIds: [], sessionIds: [], emails: [], ...person });

describe('an invitation', () => {
  it('makes one member of one address, however it is written and however many invite at once', async () => {
    const written = ['ann@example.com', 'Ann@Example.com', ' ann@example.com. '];
    const all = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => invited(written[n % 3] ?? '')));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await members()).map(({ email, status }) => [email, status])).toEqual([['ann@example.com', 'invited']]);
  });
  it('lets in once, by its link alone, and not after its end', async () => {
    const { invitation } = await auth.invite('ann@example.com', 'developer');
    await expect(auth.signIn('ann@example.com')).rejects.toMatchObject({ code: 'INVALID_OTP' });
    await expect(auth.signIn('ann@example.com', { invitation: 'x'.repeat(32) })).rejects.toMatchObject({
      code: 'INVALID_OTP',
    });
    const late = await auth.invite('bob@example.com');
    auth.clock.advanceMs(7 * 86_400_000);
    for (const [email, link] of [
      ['ann@example.com', invitation],
      ['bob@example.com', late.invitation],
    ] as const)
      await expect(auth.signIn(email, { invitation: link })).rejects.toMatchObject({ code: 'INVALID_OTP' });
    expect((await auth.join('cid@example.com', 'developer')).session).toMatchObject({ role: 'developer', tenantId });
    expect((await members()).map(({ status }) => status)).toEqual(['invited', 'invited', 'active']);
  });
  it('is kept as a hash of its link, and names no address in its fact or in the store', async () => {
    const { invitation } = await auth.invite('ann@example.com');
    expect(invitation).toMatch(/^[A-Za-z0-9_-]{32}$/);
    const kept = JSON.stringify([await auth.rosters.all(10), await auth.mails.all(10), auth.bus.published()]);
    expect(kept).not.toContain(invitation);
    expect(kept).not.toContain('ann@example.com');
    expect(auth.publishedTypes()).toContain('member-invited.v1');
  });
  it('is refused for what is no address, a role of elsewhere, and a tenant that is not there', async () => {
    for (const email of ['ann@example.com, bob@example.com', 'ann@example.com\nBcc: x@y.zz', 'аnn@example.com', 'ann'])
      await expect(invited(email)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(invited('a@b.cc', 'platform-operator')).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(invited('a@b.cc', 'owner', { tenantId: '_platform' })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    await expect(invited('a@b.cc', 'owner', { tenantId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('that nobody took is forgotten thirty days after its end, with the address', async () => {
    await auth.invite('ann@example.com');
    auth.clock.advanceMs(38 * 86_400_000);
    await vi.waitFor(async () => expect(await members()).toEqual([]));
    expect(auth.publishedTypes()).toContain('member-removed.v1');
  });
});

describe('the last owner', () => {
  it('stays an owner when all of them are removed and demoted at once', async () => {
    const owners = [];
    for (const name of ['ann', 'bob', 'cid']) owners.push(await auth.join(`${name}@example.com`, 'owner'));
    const acts = owners.flatMap(({ memberId }) => [
      auth.bus.ask(RemoveMember, { tenantId, memberId, actor }),
      auth.bus.ask(ChangeMemberRole, { tenantId, memberId, role: 'viewer', actor }),
    ]);
    const refused = (await Promise.allSettled(acts)).filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect((await members()).filter(({ role }) => role === 'owner')).toHaveLength(1);
  });
});

describe('a member', () => {
  it.each(['role', 'removal'])('loses every login by a change of %s, and the logins of others stay', async (what) => {
    const ann = await auth.join('ann@example.com', 'admin');
    const again = await auth.signIn('ann@example.com');
    const bob = await auth.join('bob@example.com', 'admin');
    const asked = { tenantId, memberId: ann.memberId, actor };
    if (what === 'role') await auth.bus.ask(ChangeMemberRole, { ...asked, role: 'viewer' });
    else await auth.bus.ask(RemoveMember, asked);
    for (const { token } of [ann, again])
      await expect(auth.bus.ask(ShowLogin, { login: token })).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    expect((await auth.bus.ask(ListLogins, { tenantId })).logins).toMatchObject([{ memberId: bob.memberId }]);
    expect(auth.publishedTypes().filter((type) => type === 'login-ended.v1')).toHaveLength(2);
  });
  it('signs in with no role that was taken in the same moment', async () => {
    const { memberId } = await auth.join('ann@example.com', 'admin');
    for (let n = 0; n < 5; n += 1) {
      const role = n % 2 === 0 ? 'viewer' : 'admin';
      auth.clock.advanceMs(3_600_000);
      const asked = await auth.codeFor('ann@example.com');
      const [, signedIn] = await Promise.allSettled([
        auth.bus.ask(ChangeMemberRole, { tenantId, memberId, role, actor }),
        auth.signIn('ann@example.com', asked),
      ]);
      if (signedIn.status === 'rejected') continue;
      const shown = await auth.bus.ask(ShowLogin, { login: signedIn.value.token }).catch(() => undefined);
      if (shown !== undefined) expect(shown.role).toBe(role);
    }
  });
  it('is exported and erased by address and by id, the last owner too, and the repeat finds nothing', async () => {
    const ann = await auth.join('ann@example.com', 'owner');
    const bob = await auth.join('bob@example.com', 'viewer');
    const { records } = await auth.bus.ask(ExportFrom.auth, about({ emails: ['ANN@example.com'] }));
    expect(records.map(({ kind }) => kind)).toEqual(['member', 'login', 'known-browser']);
    expect(records[0]?.data).toMatchObject({ email: 'ann@example.com', role: 'owner' });
    expect(JSON.stringify(records)).not.toContain('bob@');
    expect(await auth.bus.ask(EraseFrom.auth, about({ emails: ['ann@example.com'] }))).toEqual({ erased: 3 });
    expect(await auth.bus.ask(EraseFrom.auth, about({ emails: ['ann@example.com'] }))).toEqual({ erased: 0 });
    expect(await auth.bus.ask(EraseFrom.auth, about({ userIds: [bob.memberId] }))).toEqual({ erased: 3 });
    await expect(auth.bus.ask(ShowLogin, { login: ann.token })).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    expect(await members()).toEqual([]);
    const kept = JSON.stringify([await auth.logins.all(10), await auth.devices.all(10), await auth.rosters.all(10)]);
    expect(kept).not.toContain('Firefox');
  });
});
