import {
  ChangeMemberRole,
  EraseFrom,
  InviteMember,
  ListLogins,
  ListMembers,
  ListOwnLogins,
  OpenPrivacyRequest,
  PutTenant,
  RemoveMember,
  RevokeOwnLogins,
  ShowPrivacyRequest,
} from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { type Browser, newMember } from './member.ts';

const tenantId = 'demo';
const actor = 'edge-guard says';
let journey: Journey;
beforeEach(async () => {
  journey = await openJourney();
});
afterEach(() => journey.close());

/** Asks as edge-guard does: with the member's own proof, and nothing of its own. */
const by = (browser: Browser) => ({ proof: browser.cookies.get('__Host-tenant_session'), as: 'edge-guard' as const });

describe('what members manage', () => {
  it('is theirs by their role: administrators manage members, and only an owner makes an owner', async () => {
    const owner = await newMember(journey, 'owner@example.com', 'owner');
    const admin = await newMember(journey, 'admin@example.com', 'admin');
    const viewer = await newMember(journey, 'viewer@example.com', 'viewer');
    const { bus } = journey;
    const asked = { tenantId, email: 'new@example.com', role: 'developer' as const, actor };
    await expect(bus.ask(InviteMember, asked, by(viewer.browser))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(bus.ask(ListMembers, { tenantId }, by(viewer.browser))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await bus.ask(InviteMember, asked, by(admin.browser));
    const asOwner = { ...asked, email: 'other@example.com', role: 'owner' as const };
    await expect(bus.ask(InviteMember, asOwner, by(admin.browser))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await bus.ask(InviteMember, asOwner, by(owner.browser));
    const last = { tenantId, memberId: owner.memberId, actor };
    await expect(bus.ask(RemoveMember, last, by(admin.browser))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(bus.ask(RemoveMember, last, by(owner.browser))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await bus.ask(ListMembers, { tenantId }, by(admin.browser))).members).toHaveLength(5);
  });
  it('is nothing of another tenant, whatever the role there', async () => {
    await journey.bus.ask(PutTenant, { draft: { ...demoDraft, tenantId: 'rival' }, actor: 'operator:test' });
    const rival = await newMember(journey, 'rival@example.com', 'owner', 'rival');
    const { memberId } = await newMember(journey, 'ann@example.com');
    const questions = [
      () => journey.bus.ask(ListMembers, { tenantId }, by(rival.browser)),
      () => journey.bus.ask(RemoveMember, { tenantId, memberId, actor }, by(rival.browser)),
      () => journey.bus.ask(ListLogins, { tenantId }, by(rival.browser)),
      () => journey.bus.ask(ListOwnLogins, { tenantId, actor }, by(rival.browser)),
    ];
    for (const ask of questions) await expect(ask()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const theirs = { tenantId: 'rival', memberId, role: 'owner' as const, actor };
    await expect(journey.bus.ask(ChangeMemberRole, theirs, by(rival.browser))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
  it('takes their own logins from the proof, and never from who carries it', async () => {
    const ann = await newMember(journey, 'ann@example.com');
    const bob = await newMember(journey, 'bob@example.com');
    const asked = { tenantId, actor: `member:${bob.memberId}` };
    expect((await journey.bus.ask(ListOwnLogins, asked, by(ann.browser))).logins).toMatchObject([
      { memberId: ann.memberId },
    ]);
    expect(await journey.bus.ask(RevokeOwnLogins, asked, by(ann.browser))).toEqual({ ended: 1 });
    expect((await bob.browser.get('/api/auth/session')).status).toBe(200);
    expect((await ann.browser.get('/api/auth/session')).status).toBe(401);
  });
});

describe('a privacy request', () => {
  it('finds and erases somebody who is known as a member alone, by address', async () => {
    const { browser, memberId } = await newMember(journey, 'ann@example.com', 'owner');
    const identifiers = [{ kind: 'email' as const, value: 'Ann@Example.com' }];
    const asked = { tenantId, kind: 'erase' as const, identifiers, actor: 'operator:test', reason: 'asked' };
    const { privacyRequestId } = await journey.bus.ask(OpenPrivacyRequest, asked);
    await vi.waitFor(
      async () => {
        const request = await journey.bus.ask(ShowPrivacyRequest, { tenantId, privacyRequestId });
        expect(request).toMatchObject({ state: 'done', matches: [{ kind: 'email', subjects: 1 }] });
        expect(request.evidence.find(({ step }) => step === 'auth')?.count).toBeGreaterThan(1);
      },
      { timeout: 15_000, interval: 100 },
    );
    expect((await browser.get('/api/auth/session')).status).toBe(401);
    expect((await journey.bus.ask(ListMembers, { tenantId })).members).toEqual([]);
    const again = { tenantId, visitorIds: [], userIds: [memberId], sessionIds: [] };
    expect(await journey.bus.ask(EraseFrom.auth, again)).toEqual({ erased: 0 });
  });
});
