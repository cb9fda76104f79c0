import { ChecklistItem, CreateApiKey, CreateWebhook, ShowChecklist } from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MembersOnTwins, membersOnTwins } from '../members.fixture.ts';
import { noFactors } from '../second-factors/decide/member-factors.ts';

const tenantId = 'acme';
const dayMs = 86_400_000;

describe('the production checklist of a tenant', () => {
  let auth: MembersOnTwins;
  beforeEach(async () => {
    auth = await membersOnTwins();
  });
  afterEach(() => auth.close());

  const shown = () => auth.bus.ask(ShowChecklist, { tenantId });
  const stateOf = async (item: string) => (await shown()).rows.find((row) => row.item === item)?.state;

  async function giveFactor(memberId: string): Promise<void> {
    const named = { factorId: `f_${'a'.repeat(22)}`, name: 'telephone', createdAtMs: 0, lastUsedAtMs: null };
    await auth.secondFactors.update(`${tenantId}.${memberId}`, () => ({
      result: undefined,
      state: { ...noFactors(tenantId, memberId), factors: [{ kind: 'totp', ...named, sealed: 'x', usedStep: 0 }] },
    }));
  }

  it('has a row for every item, each with what, why, how it is and how to put it right', async () => {
    const { rows, isReady } = await shown();
    expect(rows.map(({ item }) => item).sort()).toEqual([...ChecklistItem.options].sort());
    for (const { what, why, how, found } of rows)
      for (const text of [what, why, how, found]) expect(text).toMatch(/^[A-Z].*[.]$/);
    expect(isReady).toBe(false);
  });
  it('says of a tenant that does not exist that there is none', async () => {
    const asked = auth.bus.ask(ShowChecklist, { tenantId: 'nobody' });
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('is ready once all is done that a tenant can do, and each thing is done by the way that its row names', async () => {
    const by = { tenantId, actor: 'operator:test' };
    expect(await stateOf('bot-check')).toBe('missing');
    expect(await stateOf('owners')).toBe('missing');
    const one = await auth.join('olga@acme.example', 'owner');
    expect(await stateOf('owners')).toBe('advised');
    const other = await auth.join('otto@acme.example', 'owner');
    await auth.putTenant({
      bot: { mode: 'proof-of-work', whenUnavailable: 'deny' },
      calls: 'brokered',
      limits: { widget: { microsPerMonth: 1_000_000 } },
      consent: { disclosure: true },
      signIn: { secondFactor: 'required' },
      privacy: {
        controller: { name: 'Acme', contact: 'privacy@acme.example' },
        dataProtectionOfficer: 'dpo@acme.example',
        supervisoryAuthority: 'AEPD, aepd.es',
      },
    });
    expect(await stateOf('production-key')).toBe('missing');
    await auth.createKey();
    await auth.bus.ask(CreateApiKey, {
      ...by,
      label: 'ci',
      env: 'production',
      scopes: ['usage:read'],
      expiresAt: '2026-12-01T00:00:00.000Z',
    });
    const types = ['privacy.deadline', 'quota.threshold'] as ['privacy.deadline', 'quota.threshold'];
    await auth.bus.ask(CreateWebhook, { ...by, url: 'https://127.0.0.1/hook', types });
    await giveFactor(one.memberId);
    expect(await stateOf('owner-second-factor')).toBe('missing');
    expect((await shown()).isReady).toBe(false);
    await giveFactor(other.memberId);
    const { rows, isReady } = await shown();
    expect(rows.filter(({ state }) => state !== 'done')).toEqual([]);
    expect(isReady).toBe(true);
  });
  it('advises to rotate a key that is 90 days old, to revoke one that nobody used, and to give an API key an end', async () => {
    await auth.createKey();
    await auth.bus.ask(CreateApiKey, {
      tenantId,
      actor: 'operator:test',
      label: 'ci',
      env: 'production',
      scopes: ['usage:read'],
    });
    expect([await stateOf('key-ages'), await stateOf('unused-keys')]).toEqual(['done', 'done']);
    auth.clock.advanceMs(90 * dayMs);
    expect([await stateOf('key-ages'), await stateOf('unused-keys')]).toEqual(['advised', 'advised']);
    expect(await stateOf('api-key-ends')).toBe('advised');
  });
  it('misses https where a key of production names a page without it', async () => {
    await auth.createKey(['https://acme.example', 'http://acme.example']);
    expect(await stateOf('https-origins')).toBe('missing');
  });
  it('names no member', async () => {
    const { memberId } = await auth.join('olga@acme.example', 'owner');
    expect(JSON.stringify(await shown())).not.toMatch(new RegExp(`${memberId}|olga`));
  });
});
