import { beforeEach, describe, expect, it } from 'vitest';
import { type CodesOnTwins, codesOnTwins, wrong } from '../codes.fixture.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe('a one-time code that is given back', () => {
  let fixture: CodesOnTwins;
  beforeEach(() => {
    fixture = codesOnTwins();
  });
  /** Somebody who has no more than the address asks for a code and guesses. */
  async function guess(times: number): Promise<void> {
    const { code, challengeToken } = await fixture.send();
    for (let tries = 1; tries <= times; tries += 1) await fixture.verify({ code: wrong(code, tries), challengeToken });
  }

  it('is accepted once', async () => {
    const sent = await fixture.send();
    expect(await fixture.verify(sent)).toBe('accepted');
    expect(await fixture.verify(sent)).toBe('refused');
  });

  it('is read with blanks between its digits, and with its address in other letters', async () => {
    const { code, challengeToken } = await fixture.send();
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
    expect(await fixture.verify({ email: 'ANN@Example.com', code: spaced, challengeToken })).toBe('accepted');
  });

  it('lives ten minutes', async () => {
    const first = await fixture.send();
    fixture.clock.advanceMs(10 * minuteMs - 1);
    expect(await fixture.verify(first)).toBe('accepted');
    const second = await fixture.send();
    fixture.clock.advanceMs(10 * minuteMs);
    expect(await fixture.verify(second)).toBe('refused');
  });

  it('is refused to every browser but the one that asked, and such a try counts against nobody', async () => {
    const { code, challengeToken } = await fixture.send();
    const elsewhere = (await fixture.send({ email: 'bob@example.com' })).challengeToken;
    for (let tries = 0; tries < 30; tries += 1)
      for (const token of ['', 'x'.repeat(43), elsewhere])
        expect(await fixture.verify({ code, challengeToken: token })).toBe('refused');
    expect(await fixture.verify({ code, challengeToken })).toBe('accepted');
  });

  it('is refused for another address and for another purpose', async () => {
    const sent = await fixture.send();
    expect(await fixture.verify({ ...sent, email: 'bob@example.com' })).toBe('refused');
    expect(await fixture.verify({ ...sent, purpose: 'step-up' })).toBe('refused');
    expect(await fixture.verify({ ...sent, email: 'no address' })).toBe('refused');
    expect(await fixture.verify(sent)).toBe('accepted');
  });

  it('is dead once another was sent, in the browser of either', async () => {
    const older = await fixture.send();
    const newer = await fixture.send();
    expect(await fixture.verify(older)).toBe('refused');
    expect(await fixture.verify({ ...newer, code: older.code })).toBe(
      older.code === newer.code ? 'accepted' : 'refused',
    );
    expect(await fixture.verify({ ...older, code: newer.code })).toBe('refused');
    expect(await fixture.verify(newer)).toBe('accepted');
  });

  it('has five tries, and a resend gives none of them back', async () => {
    await guess(3);
    const resent = await fixture.send();
    for (let tries = 1; tries <= 2; tries += 1) await fixture.verify({ ...resent, code: wrong(resent.code, tries) });
    expect(await fixture.verify(resent)).toBe('refused');
  });

  it('costs no try when it has not six digits', async () => {
    const { code, challengeToken } = await fixture.send();
    for (const other of ['', '12345', '1234567', 'abcdef', `${code}\0`, '１２３４５６'])
      for (let times = 0; times < 5; times += 1) await fixture.verify({ code: other, challengeToken });
    expect(await fixture.verify({ code, challengeToken })).toBe('accepted');
  });

  it('is refused after ten failures within an hour whatever is sent again, and accepted when the hour lets go', async () => {
    for (let rounds = 0; rounds < 2; rounds += 1) {
      await guess(5);
      fixture.clock.advanceMs(11 * minuteMs);
    }
    await expect(fixture.send()).rejects.toMatchObject({ answer: { retryAfterSeconds: 38 * 60 } });
    fixture.clock.advanceMs(38 * minuteMs);
    expect(await fixture.verify(await fixture.send())).toBe('accepted');
  });

  it('leaves one try an hour after twenty failures within a day, and no lock longer than that', async () => {
    for (let rounds = 0; rounds < 4; rounds += 1) {
      await guess(5);
      fixture.clock.advanceMs(31 * minuteMs);
    }
    fixture.clock.advanceMs(29 * minuteMs);
    const { code, challengeToken } = await fixture.send();
    await fixture.verify({ code: wrong(code), challengeToken });
    expect(await fixture.verify({ code, challengeToken })).toBe('refused');
    fixture.clock.advanceMs(hourMs);
    expect(await fixture.verify(await fixture.send())).toBe('accepted');
  });

  it('is told of once in a fact when its address is locked, by a pseudonym', async () => {
    await guess(5);
    fixture.clock.advanceMs(11 * minuteMs);
    expect(fixture.locks()).toEqual([]);
    await guess(5);
    const [lock, ...others] = fixture.locks();
    expect(lock?.data).toMatchObject({ tenantId: '_platform', over: 'hour', purpose: 'login' });
    expect(others).toEqual([]);
    expect(JSON.stringify(lock)).not.toContain('ann');
    expect(lock?.data).toMatchObject({ until: '2026-05-05T13:00:00.000Z' });
  });

  it('is as good from a browser that is known, whatever strangers ask and guess for its address', async () => {
    const first = await fixture.send();
    await fixture.verify(first);
    fixture.clock.advanceMs(hourMs);
    for (let rounds = 0; rounds < 2; rounds += 1) {
      await guess(5);
      fixture.clock.advanceMs(11 * minuteMs);
    }
    await expect(fixture.send()).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
    const own = await fixture.send({ challengeToken: first.challengeToken });
    expect(await fixture.verify(own)).toBe('accepted');
    const next = await fixture.send({ challengeToken: own.challengeToken });
    expect(await fixture.verify(next)).toBe('accepted');
  });

  it('is accepted under the pepper before and the pepper after while both are known', async () => {
    const [before, after] = [Buffer.alloc(32, 3), Buffer.alloc(32, 4)];
    const stores = { codes: fixture.codes, mails: fixture.mails };
    const old = codesOnTwins({ ...stores, codePeppers: [before, after] });
    const renewed = codesOnTwins({ ...stores, codePeppers: [after, before] });
    const gone = codesOnTwins({ ...stores, codePeppers: [after] });
    expect(await renewed.verify(await old.send())).toBe('accepted');
    expect(await old.verify(await renewed.send())).toBe('accepted');
    expect(await gone.verify(await old.send())).toBe('refused');
  });
});
