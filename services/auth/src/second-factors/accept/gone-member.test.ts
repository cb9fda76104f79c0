import { BeginSecondFactor, FinishSecondFactor, RemoveMember } from '@vox/contracts';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MembersOnTwins, membersOnTwins } from '../../members.fixture.ts';
import { factorKey } from '../decide/member-factors.ts';

describe('a member who is removed', () => {
  let auth: MembersOnTwins;
  beforeEach(async () => {
    auth = await membersOnTwins();
    await auth.putTenant();
  });
  afterEach(() => auth.close());

  it('leaves neither a second factor nor a link to a provider', async () => {
    const { memberId } = await auth.join('ann@acme.example');
    const by = { tenantId: 'acme', actor: `member:${memberId}` };
    const begun = await auth.bus.ask(BeginSecondFactor, { ...by, wanted: { kind: 'totp', name: 'telephone' } });
    const secret = Secret.fromBase32(begun.kind === 'totp' ? begun.secret : '');
    const code = TOTP.generate({ secret, algorithm: 'SHA1', timestamp: auth.clock.now().getTime() });
    await auth.bus.ask(FinishSecondFactor, { ...by, made: { kind: 'totp', code } });
    const key = factorKey('acme', memberId);
    await auth.links.update(key, () => ({ result: 0, state: { issuer: 'https://a.example', subjectHash: 'h' } }));
    expect((await auth.secondFactors.read(key))?.factors).toHaveLength(1);
    await auth.bus.ask(RemoveMember, { tenantId: 'acme', memberId, actor: 'operator:test' });
    expect(await auth.secondFactors.read(key)).toBeUndefined();
    expect(await auth.links.read(key)).toBeUndefined();
  });
});
