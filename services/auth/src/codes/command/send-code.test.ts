import { beforeEach, describe, expect, it } from 'vitest';
import { memoryMails } from '../../memory.ts';
import { ann, type CodesOnTwins, codesOnTwins, wrong } from '../codes.fixture.ts';

const minuteMs = 60_000;

describe('a one-time code that is sent', () => {
  let fixture: CodesOnTwins;
  beforeEach(() => {
    fixture = codesOnTwins();
  });

  it('waits in the queue for its address, and the courier is woken', async () => {
    const { challengeToken, expiresInSeconds, code } = await fixture.send({ email: ' Ann@Example.COM ' });
    expect(await fixture.queued()).toMatchObject([{ to: ann, code: expect.stringMatching(/^\d{6}$/) }]);
    expect(expiresInSeconds).toBe(600);
    expect(Buffer.from(challengeToken, 'base64url')).toHaveLength(32);
    expect(challengeToken).not.toContain(code);
    expect(fixture.woken()).toBe(1);
  });

  it('stands nowhere in the store, and neither do its address and its challenge token', async () => {
    const { code, challengeToken } = await fixture.send();
    const kept = JSON.stringify([await fixture.codes.all(10), await fixture.mails.all(10)]);
    for (const secret of [challengeToken, ann, 'example.com', `"${code}"`]) expect(kept).not.toContain(secret);
  });

  it('is refused to what is not one address, and nothing is kept', async () => {
    await expect(fixture.send({ email: `${ann}\r\nBcc: eve@example.com` })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: { issues: [{ path: 'email' }] },
    });
    expect(await fixture.codes.all(10)).toEqual([]);
    expect(await fixture.queued()).toEqual([]);
  });

  it('comes three times an hour, and again when the first send is an hour old', async () => {
    for (let sends = 0; sends < 3; sends += 1) {
      await fixture.send();
      fixture.clock.advanceMs(11 * minuteMs);
    }
    await expect(fixture.send()).rejects.toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      answer: { scope: 'otp', retryAfterSeconds: 27 * 60 },
    });
    fixture.clock.advanceMs(27 * minuteMs);
    await fixture.send();
    await expect(fixture.send()).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
  });

  it('never comes where none is allowed', async () => {
    await expect(codesOnTwins({ sendsPerHour: 0 }).send()).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
  });

  it('does not use up the sends of another address or another purpose', async () => {
    for (let sends = 0; sends < 3; sends += 1) await fixture.send();
    await fixture.send({ email: 'bob@example.com' });
    await fixture.send({ purpose: 'step-up' });
    await expect(fixture.send({ email: 'ANN@example.com.' })).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
  });

  it('takes the mail with the older code out of the queue', async () => {
    const older = await fixture.send();
    const newer = await fixture.send();
    expect(await fixture.queued()).toMatchObject([{ code: newer.code }]);
    expect(older.challengeToken).not.toBe(newer.challengeToken);
  });

  it('is sent at the next request when the store failed before the mail was queued', async () => {
    let isDown = true;
    const fault = (point: string): void => {
      if (isDown && point === 'write') throw new Error('down');
    };
    fixture = codesOnTwins({ mails: memoryMails({ fault }) });
    await expect(fixture.send()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await fixture.queued()).toEqual([]);
    isDown = false;
    expect(await fixture.verify(await fixture.send())).toBe('accepted');
  });

  it('is not sent while none would be accepted, and the answer says until when', async () => {
    const { code, challengeToken } = await fixture.send();
    for (let tries = 1; tries <= 5; tries += 1) await fixture.verify({ code: wrong(code, tries), challengeToken });
    await expect(fixture.send()).rejects.toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      answer: { scope: 'otp', retryAfterSeconds: 600 },
    });
    fixture.clock.advanceMs(10 * minuteMs);
    const fresh = await fixture.send();
    expect(await fixture.verify(fresh)).toBe('accepted');
  });
});
