import {
  type Action,
  accessTable,
  actions,
  decideAccess,
  type Principal,
  question,
  RevocationDocument,
  revocationKey,
  roles,
  SigningKeyDocument,
} from '@vox/contracts';
import { exportJWK, generateKeyPair, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asService, type Bus, memoryBus } from '../bus/mod.ts';
import { LoginToken, ProofToken, SessionToken, type TokenKind, tokenSigner, WidgetToken } from '../crypto/mod.ts';
import { stoppedClock } from '../time/mod.ts';
import { accessGuard } from './access-guard.ts';

const now = new Date('2026-05-05T12:00:00.000Z');
const memberId = `m_${'A'.repeat(22)}`;
const keyId = 'A'.repeat(16);
const managed = (action: Action) =>
  question(
    'auth',
    'try',
    'A question of a test.',
    z.strictObject({ tenantId: z.string(), actor: z.string() }),
    z.object({ actor: z.string() }),
    { action },
  );

async function openGuard() {
  const clock = stoppedClock(now.toISOString());
  const bus = memoryBus({ clock });
  const credentials: (string | undefined)[] = [];
  const signers = async <C extends z.ZodType>(kind: TokenKind<C>, use = kind.use) => {
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const { x = '', d = '' } = await exportJWK(privateKey);
    const kid = `key-of-${use}-${kind.use}`;
    const expiresAt = '2027-01-01T00:00:00.000Z';
    await bus.documents(SigningKeyDocument).put(kid, { kid, use: use as 'login', x, expiresAt });
    return tokenSigner(kind, { kid, x, d });
  };
  const [login, proof] = [await signers(LoginToken), await signers(ProofToken)];
  const ask = async (action: Action, shown: string | undefined, tenantId = 'acme', isOperator = false) => {
    const answered: Parameters<Bus['answer']>[1][] = [];
    const answer: Bus['answer'] = async (_question, handle) => {
      answered.push(handle as never);
      return { stop: async () => undefined };
    };
    const guard = await accessGuard('auth', { ...bus, answer }, clock);
    await guard.bus.answer(managed(action), async ({ actor }, { credential }) => {
      credentials.push(credential);
      return { actor };
    });
    return answered[0]?.({ tenantId, actor: 'edge says' } as never, { isOperator, proof: shown });
  };
  const stamp = { id: 'login-1', subject: memberId, now, lifeSeconds: 60 };
  return { bus, ask, signers, stamp, login, proof, credentials };
}

describe('the access guard', () => {
  it('writes the actor whom the proof names, whatever the carrier says', async () => {
    const { ask, login, proof, stamp } = await openGuard();
    const member = await login({ tenantId: 'acme', memberId, role: 'viewer' }, stamp);
    const machine = await proof({ tenantId: 'acme', scopes: ['usage:read'] }, { ...stamp, subject: keyId });
    expect(await ask('usage.read', member)).toEqual({ actor: `member:${memberId}` });
    expect(await ask('usage.read', machine)).toEqual({ actor: `key:${keyId}` });
    expect(await ask('usage.read', undefined, 'acme', true)).toEqual({ actor: 'edge says' });
  });
  it('names the login or the API key whose proof it is, and none of the operator', async () => {
    const { ask, login, proof, stamp, credentials } = await openGuard();
    await ask('usage.read', await login({ tenantId: 'acme', memberId, role: 'viewer' }, stamp));
    await ask('usage.read', await proof({ tenantId: 'acme', scopes: ['usage:read'] }, { ...stamp, subject: keyId }));
    await ask('usage.read', undefined, 'acme', true);
    expect(credentials).toEqual([revocationKey('login', 'login-1'), revocationKey('api-key', keyId), undefined]);
  });
  it('refuses no proof, one of another kind, one that is unsigned or over, and one of a foreign key', async () => {
    const { ask, signers, login, stamp } = await openGuard();
    const widget = await signers(WidgetToken);
    const widgetKey = 'w_acme_site_0011223344556677';
    const session = await signers(SessionToken);
    const foreign = await signers(LoginToken, 'widget');
    const claims = { tenantId: 'acme', memberId, role: 'owner' as const };
    const shown = [
      undefined,
      '',
      'x'.repeat(3_000_000),
      new UnsecuredJWT({ ...claims, iss: 'vox', aud: 'vox:login' }).encode(),
      await widget({ tenantId: 'acme', widgetKey, origin: 'https://a.example' }, stamp),
      await session({ tenantId: 'acme', identity: { kind: 'console', userId: memberId } }, stamp),
      await foreign(claims, stamp),
      await login(claims, { ...stamp, lifeSeconds: -60 }),
      await login(claims, { ...stamp, now: new Date(now.getTime() + 3_600_000) }),
    ];
    for (const each of shown) await expect(ask('usage.read', each)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
  });
  it('refuses a proof from the moment its login or key is revoked', async () => {
    const { ask, bus, login, proof, stamp } = await openGuard();
    const member = await login({ tenantId: 'acme', memberId, role: 'owner' }, stamp);
    const machine = await proof({ tenantId: 'acme', scopes: ['usage:read'] }, { ...stamp, subject: keyId });
    for (const [what, id, shown] of [
      ['login', stamp.id, member],
      ['api-key', keyId, machine],
    ] as const) {
      await expect(ask('usage.read', shown)).resolves.toBeDefined();
      await bus.documents(RevocationDocument).put(revocationKey(what, id), { at: now.toISOString(), until: null });
      await expect(ask('usage.read', shown)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    }
  });
  it('has whoever may not written into the audit log of their own tenant, before they are refused', async () => {
    const { ask, bus, login, stamp } = await openGuard();
    const viewer = await login({ tenantId: 'acme', memberId, role: 'viewer' }, stamp);
    await expect(ask('transcripts.read', viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ask('usage.read', viewer, 'other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const refused = { tenantId: 'acme', actor: `member:${memberId}`, outcome: 'refused' };
    expect(bus.published().map(({ data }) => data)).toMatchObject([
      { ...refused, action: 'transcripts.read', details: { code: 'FORBIDDEN' } },
      { ...refused, action: 'usage.read', details: { code: 'NOT_FOUND' } },
    ]);
  });
  it('finds nothing of another tenant, for every action and role', async () => {
    for (const action of actions)
      for (const role of roles.filter((each) => each !== 'platform-operator')) {
        const who: Principal = { kind: 'member', tenantId: 'acme', memberId, role, freshUntilMs: Number.MAX_VALUE };
        expect([action, role, decideAccess(action, who, 'other', 0)]).toEqual([action, role, 'NOT_FOUND']);
      }
  });
  it('lets a service ask in its own name only what it may ask', async () => {
    const { bus } = await openGuard();
    const edge = asService(bus, 'edge-guard');
    await expect(edge.ask(managed('usage.read'), { tenantId: 'acme', actor: 'x' })).rejects.toThrow(RangeError);
  });
});

describe('the access table', () => {
  const member = (role: (typeof roles)[number], freshUntilMs = 0): Principal => ({
    ...{ kind: 'member', tenantId: role === 'platform-operator' ? '_platform' : 'acme', memberId, role, freshUntilMs },
  });
  it('decides every action for every role, fresh or not, as its row says', () => {
    for (const action of actions)
      for (const role of roles) {
        const row = accessTable[action];
        const may = (row.roles as readonly string[]).includes(role);
        const tenantId = role === 'platform-operator' && !row.anyTenant ? '_platform' : 'acme';
        const stale = !may ? 'FORBIDDEN' : row.isSensitive ? 'STEP_UP_REQUIRED' : 'allowed';
        expect([action, role, decideAccess(action, member(role), tenantId, 1)]).toEqual([action, role, stale]);
        const fresh = may ? 'allowed' : 'FORBIDDEN';
        expect([action, role, decideAccess(action, member(role, 2), tenantId, 1)]).toEqual([action, role, fresh]);
      }
  });
  it('gives a key what its scopes name, and a sensitive action only by a signature for it', () => {
    for (const action of actions) {
      const { scope, isSensitive } = accessTable[action];
      const key = (over: object): Principal => ({
        ...{ kind: 'key', tenantId: 'acme', keyId, scopes: scope === null ? [] : [scope], signedFor: undefined },
        ...over,
      });
      const unsigned = scope === null ? 'FORBIDDEN' : isSensitive ? 'SIGNATURE_REQUIRED' : 'allowed';
      expect([action, decideAccess(action, key({}), 'acme', 1)]).toEqual([action, unsigned]);
      const signed = scope === null ? 'FORBIDDEN' : 'allowed';
      expect([action, decideAccess(action, key({ signedFor: action }), 'acme', 1)]).toEqual([action, signed]);
      expect(decideAccess(action, key({ scopes: [] }), 'acme', 1)).toBe('FORBIDDEN');
    }
  });
  it('gives no role of a tenant what is the platform’s, and the platform’s role no words of visitors', () => {
    const ofPlatform = actions.filter((action) =>
      accessTable[action].roles.every((role) => role === 'platform-operator'),
    );
    expect(ofPlatform).toEqual([
      ...['tenants.list', 'tenants.create', 'tenants.set-status', 'limits.reset', 'platform.keys', 'platform.restore'],
      'platform.read',
      'platform.operate',
    ]);
    for (const action of actions.filter((each) => /^(transcripts|privacy-requests|legal-holds)\./.test(each)))
      expect(accessTable[action].roles).not.toContain('platform-operator');
  });
});
