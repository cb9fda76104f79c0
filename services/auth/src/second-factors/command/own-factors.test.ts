import { describe, expect, it } from 'vitest';
import { authenticator } from '../authenticator.fixture.ts';
import { factorsOnTwins, own, owner, pending, site } from '../factors.fixture.ts';
import { passkeyRegistrationOptions } from './enrol-passkey.ts';
import { beginTotpEnrolment, confirmTotpEnrolment } from './enrol-totp.ts';
import { listFactors } from './list-factors.ts';
import { proveRecoveryCode, proveTotpCode } from './prove-code.ts';
import { removeOwnFactor } from './remove-factor.ts';
import { renewRecoveryCodes } from './renew-recovery-codes.ts';
import { resetMemberFactors } from './reset-factors.ts';

const by = { actor: `member:${owner.memberId}` };

describe('a member’s second factors', () => {
  it('begin with an app that a right code confirms, and no wrong one', async () => {
    const made = factorsOnTwins();
    const { secret } = await beginTotpEnrolment(made, owner, own, 'telephone');
    const right = made.codeOf(secret);
    const wrong = right === '000000' ? '000001' : '000000';
    await expect(confirmTotpEnrolment(made, owner, own, wrong)).rejects.toMatchObject({ code: 'INVALID_OTP' });
    expect((await listFactors(made, owner)).factors).toEqual([]);
    expect((await confirmTotpEnrolment(made, owner, own, right)).recoveryCodes).toHaveLength(10);
    expect((await listFactors(made, owner)).factors).toMatchObject([{ kind: 'totp', name: 'telephone' }]);
  });
  it('take an app that was shown in this login and within ten minutes', async () => {
    const made = factorsOnTwins();
    const { secret } = await beginTotpEnrolment(made, owner, pending('p1'), 'telephone');
    const elsewhere = confirmTotpEnrolment(made, owner, pending('p2'), made.codeOf(secret));
    await expect(elsewhere).rejects.toMatchObject({ code: 'INVALID_OTP' });
    made.clock.advanceMs(10 * 60_000);
    const late = confirmTotpEnrolment(made, owner, pending('p1'), made.codeOf(secret));
    await expect(late).rejects.toMatchObject({ code: 'INVALID_OTP' });
  });
  it('are not added to by a pending login once there is one: a code by mail alone would do then', async () => {
    const made = factorsOnTwins();
    await made.enrolApp();
    const refused = { code: 'FORBIDDEN' };
    await expect(beginTotpEnrolment(made, owner, pending(), 'mine')).rejects.toMatchObject(refused);
    await expect(passkeyRegistrationOptions(made, owner, pending(), site)).rejects.toMatchObject(refused);
  });
  it('that two pending logins begin at once are one: the second is refused when it comes to its end', async () => {
    const made = factorsOnTwins();
    const first = await beginTotpEnrolment(made, owner, pending('p1'), 'one');
    await confirmTotpEnrolment(made, owner, pending('p1'), made.codeOf(first.secret));
    const device = authenticator(site);
    await expect(passkeyRegistrationOptions(made, owner, pending('p2'), site)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(device.id).toBeTruthy();
  });
  it('are removed one by one, with the recovery codes beside the last', async () => {
    const made = factorsOnTwins();
    const { factorId, recoveryCodes } = await made.enrolApp();
    await expect(removeOwnFactor(made, owner, `f_${'a'.repeat(22)}`, by)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await removeOwnFactor(made, owner, factorId, by);
    expect(await listFactors(made, owner)).toEqual({ factors: [], recoveryCodesLeft: 0 });
    const code = proveRecoveryCode(made, owner, pending(), recoveryCodes[0] ?? '');
    await expect(code).rejects.toMatchObject({ code: 'INVALID_OTP' });
  });
  it('keep a last one where the tenant demands one', async () => {
    const made = { ...factorsOnTwins(), demandsFactor: async () => true };
    const { factorId } = await made.enrolApp();
    await expect(removeOwnFactor(made, owner, factorId, by)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await listFactors(made, owner)).factors).toHaveLength(1);
  });
  it('get new recovery codes that kill the former ones, and none without a factor', async () => {
    const made = factorsOnTwins();
    await expect(renewRecoveryCodes(made, owner, by)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    const { recoveryCodes: former } = await made.enrolApp();
    const [fresh = ''] = await renewRecoveryCodes(made, owner, by);
    const old = proveRecoveryCode(made, owner, pending('p1'), former[0] ?? '');
    await expect(old).rejects.toMatchObject({ code: 'INVALID_OTP' });
    await proveRecoveryCode(made, owner, pending('p2'), fresh);
  });
  it('are all gone after a reset, which names each in a fact of whoever did it', async () => {
    const made = factorsOnTwins();
    const { secret, factorId } = await made.enrolApp();
    expect(await resetMemberFactors(made, owner, { actor: 'operator:ada', reason: 'lost telephone' })).toBe(1);
    expect((await listFactors(made, owner)).factors).toEqual([]);
    const gone = made.bus.published().find(({ type }) => type.includes('second-factor-removed'));
    expect(gone?.data).toMatchObject({ factorId, actor: 'operator:ada', reason: 'lost telephone' });
    const code = proveTotpCode(made, owner, pending(), made.codeOf(secret));
    await expect(code).rejects.toMatchObject({ code: 'INVALID_OTP' });
  });
});
