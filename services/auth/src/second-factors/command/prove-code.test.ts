import { describe, expect, it } from 'vitest';
import { factorKey } from '../decide/member-factors.ts';
import { factorsOnTwins, own, owner, pending } from '../factors.fixture.ts';
import { proveRecoveryCode, proveTotpCode } from './prove-code.ts';
import { publishFactors } from './publish-factors.ts';

const refused = { code: 'INVALID_OTP' };
const blocked = { code: 'RATE_LIMIT_EXCEEDED', answer: { scope: 'second-factor' } };
const settled = async (all: readonly Promise<unknown>[]) => {
  const outcomes = await Promise.allSettled(all);
  return outcomes.map((each) => (each.status === 'fulfilled' ? 'accepted' : (each.reason as { code: string }).code));
};
const counted = (outcomes: readonly string[], outcome: string) => outcomes.filter((each) => each === outcome).length;

describe('a code of an app', () => {
  it('that a hundred logins show at once lets one of them in', async () => {
    const made = factorsOnTwins();
    const { secret } = await made.enrolApp();
    const code = made.codeOf(secret);
    const tries = Array.from({ length: 100 }, (_, n) => proveTotpCode(made, owner, pending(`p${n}`), code));
    expect(counted(await settled(tries), 'accepted')).toBe(1);
  });
  it('that was used is refused, and so is every older one', async () => {
    const made = factorsOnTwins();
    const { secret } = await made.enrolApp();
    await proveTotpCode(made, owner, pending('p1'), made.codeOf(secret, 1));
    for (const aside of [1, 0]) {
      const again = proveTotpCode(made, owner, pending('p2'), made.codeOf(secret, aside));
      await expect(again).rejects.toMatchObject(refused);
    }
    made.clock.advanceMs(60_000);
    await proveTotpCode(made, owner, pending('p3'), made.codeOf(secret));
  });
  it('that enrolled the app lets nobody in', async () => {
    const made = factorsOnTwins();
    const { secret } = await made.enrolApp();
    const first = proveTotpCode(made, owner, pending(), made.codeOf(secret, -1));
    await expect(first).rejects.toMatchObject(refused);
  });
  it('is looked at five times an hour, of five hundred wrong ones at once, and right again after the hour', async () => {
    const made = factorsOnTwins();
    const { secret } = await made.enrolApp();
    const right = made.codeOf(secret);
    const wrong = Array.from({ length: 500 }, (_, n) => `${n}`.padStart(6, '0')).filter((each) => each !== right);
    const outcomes = await settled(wrong.map((code, n) => proveTotpCode(made, owner, pending(`p${n}`), code)));
    expect(counted(outcomes, 'INVALID_OTP')).toBe(5);
    expect(counted(outcomes, 'RATE_LIMIT_EXCEEDED')).toBe(wrong.length - 5);
    await expect(proveTotpCode(made, owner, pending(), right)).rejects.toMatchObject(blocked);
    expect(made.publishedTypes().filter((type) => type.startsWith('second-factor-refused'))).toHaveLength(1);
    made.clock.advanceMs(3_600_000);
    await proveTotpCode(made, owner, pending(), made.codeOf(secret));
  });
  it('completes a pending login once, and lets a login that asks again go on', async () => {
    const made = factorsOnTwins();
    const { secret } = await made.enrolApp();
    await proveTotpCode(made, owner, pending('p1'), made.codeOf(secret));
    made.clock.advanceMs(30_000);
    const again = proveTotpCode(made, owner, pending('p1'), made.codeOf(secret));
    await expect(again).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    for (let steps = 0; steps < 3; steps += 1) {
      made.clock.advanceMs(30_000);
      await proveTotpCode(made, owner, own, made.codeOf(secret));
    }
  });
  it('of a member without an app is wrong, whatever it says', async () => {
    await expect(proveTotpCode(factorsOnTwins(), owner, pending(), '000000')).rejects.toMatchObject(refused);
  });
});

describe('a recovery code', () => {
  it('is good once, in any way of typing it, and each of the ten is another', async () => {
    const made = factorsOnTwins();
    const { recoveryCodes } = await made.enrolApp();
    expect(new Set(recoveryCodes).size).toBe(10);
    for (const [n, code] of recoveryCodes.entries()) {
      const typed = n % 2 === 0 ? code : code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
      await proveRecoveryCode(made, owner, pending(`p${n}`), typed);
      await expect(proveRecoveryCode(made, owner, pending(`q${n}`), code)).rejects.toMatchObject(refused);
    }
  });
  it('that a hundred logins show at once lets one of them in', async () => {
    const made = factorsOnTwins();
    const [code = ''] = (await made.enrolApp()).recoveryCodes;
    const tries = Array.from({ length: 100 }, (_, n) => proveRecoveryCode(made, owner, pending(`p${n}`), code));
    expect(counted(await settled(tries), 'accepted')).toBe(1);
  });
  it('of one member is nothing to another', async () => {
    const made = factorsOnTwins();
    const [code = ''] = (await made.enrolApp()).recoveryCodes;
    const other = { ...owner, memberId: 'm_another456789abcdefghi' };
    await expect(proveRecoveryCode(made, other, pending(), code)).rejects.toMatchObject(refused);
  });
  it('is kept as a hash, and the secret of an app under a seal', async () => {
    const made = factorsOnTwins();
    const { recoveryCodes, secret } = await made.enrolApp();
    const kept = JSON.stringify(await made.secondFactors.read(factorKey(owner.tenantId, owner.memberId)));
    for (const canary of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))])
      expect(kept + JSON.stringify(made.bus.published())).not.toContain(canary);
  });
});

describe('what happens to a second factor', () => {
  it('is published after a crash that came between the store and the bus, once', async () => {
    const made = factorsOnTwins();
    const [code = ''] = (await made.enrolApp()).recoveryCodes;
    made.crash(true);
    await expect(proveRecoveryCode(made, owner, pending(), code)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    made.crash(false);
    const used = () => made.publishedTypes().filter((type) => type.startsWith('recovery-code-used'));
    expect(used()).toHaveLength(0);
    for (const { state } of await made.secondFactors.due(made.clock.now().getTime(), 10))
      await publishFactors(made, state);
    expect(used()).toHaveLength(1);
    expect(await made.secondFactors.due(made.clock.now().getTime(), 10)).toHaveLength(0);
  });
});
