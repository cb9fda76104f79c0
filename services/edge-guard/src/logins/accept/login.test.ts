import { RenewLogin, revocationKey, ShowLogin } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { describe, expect, it } from 'vitest';
import { asked, clock } from '../../checks/asked.fixture.ts';
import { proved, tenants, verifying } from '../../checks/tenants.fixture.ts';
import { seenLogins } from '../command/keep-login.ts';
import { cookieNames } from '../decide/cookies.ts';
import { login } from './login.ts';

const memberId = `m_${'x'.repeat(22)}`;
const nowMs = clock.now().getTime();
const hourMs = 3_600_000;
const verified = (agedMs: number) => ({
  ...proved({ tenantId: 'acme', memberId, role: 'admin' as const, freshUntil: nowMs / 1_000 + 60 }, memberId),
  issuedAt: new Date(nowMs - agedMs),
  expiresAt: new Date(nowMs - agedMs + 24 * hourMs),
});
const renewed = { token: 'later', session: { expiresAt: new Date(nowMs + 24 * hourMs).toISOString() } };

function onTwins({ agedMs = hourMs, over = {}, answer = async () => renewed as unknown } = {}) {
  const questions: unknown[] = [];
  const ask = async (question: unknown) => {
    questions.push(question);
    return answer();
  };
  const dependencies = {
    ...tenants(over),
    ...{ bus: { ask } as never, cookies: cookieNames('tenant_session'), seenLogins: seenLogins() },
    verifyLogin: verifying(verified(agedMs)),
  };
  const set: string[] = [];
  const request = (cookie: string, headers: Record<string, string>) => {
    const given = asked({ headers: { cookie, ...headers } });
    const response = Object.assign(given.response, { append: (_name: string, text: string) => set.push(text) });
    return { ...given, response } as typeof given;
  };
  const run = (cookie = 'tenant_session=good', headers: Record<string, string> = {}) =>
    Promise.resolve(login.run(dependencies)(request(cookie, headers)));
  return { run, questions, set };
}

describe('the login check', () => {
  it('finds the member with the proof that travels on, and whether a code is fresh', async () => {
    expect(await onTwins().run()).toEqual({
      tenantId: 'acme',
      login: expect.objectContaining({
        ...{ tenantId: 'acme', memberId, role: 'admin', token: 'good', freshUntil: nowMs + 60_000 },
      }),
    });
  });
  it('refuses no cookie, two of the name, and one that is no token of ours', async () => {
    for (const cookie of ['', 'tenant_session=good; tenant_session=good', 'tenant_session=', 'other=good'])
      await expect(onTwins().run(cookie)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
  });
  it('refuses the login of anybody but the member whom the page names, and does not renew it', async () => {
    const named = (member: string) => ({ 'x-vox-member': member });
    const { run, questions } = onTwins({ agedMs: 13 * hourMs });
    for (const other of [`m_${'y'.repeat(22)}`, memberId.toUpperCase(), `${memberId},${memberId}`, ''])
      await expect(run(undefined, named(other))).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    expect(questions).toEqual([]);
    expect(await run(undefined, named(memberId))).toMatchObject({ login: { memberId } });
  });
  it('refuses a login that was revoked, and every login while that could have been missed', async () => {
    const revoked = { [revocationKey('login', 't1')]: {} };
    await expect(onTwins({ over: { revoked } }).run()).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    await expect(onTwins({ over: { isCurrent: false } }).run()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
  it('tells auth now and then that a login was seen, and no more often', async () => {
    const { run, questions, set } = onTwins();
    for (let n = 0; n < 5; n += 1) await run();
    expect([questions, set]).toEqual([[ShowLogin], []]);
  });
  it('renews a login of which half is over, and answers its cookie', async () => {
    const { run, questions, set } = onTwins({ agedMs: 13 * hourMs });
    await run();
    expect(questions).toEqual([RenewLogin]);
    expect(set).toEqual([expect.stringMatching(/^tenant_session=later; Max-Age=86400; Path=\/; HttpOnly; Secure/)]);
  });
  it('neither renews nor shows as seen a login with which a page asks by itself', async () => {
    for (const agedMs of [hourMs, 13 * hourMs]) {
      const { run, questions, set } = onTwins({ agedMs });
      expect(await run(undefined, { 'x-vox-refresh': '1' })).toMatchObject({ login: { memberId } });
      expect([questions, set]).toEqual([[], []]);
      await run();
      expect(questions).toHaveLength(1);
    }
  });
  it('takes a login as it stands while auth does not answer, and refuses one that auth knows to be over', async () => {
    const failing = (code: 'UNAVAILABLE' | 'AUTH_REQUIRED') => async () => {
      throw new Fault(code);
    };
    const down = onTwins({ agedMs: 13 * hourMs, answer: failing('UNAVAILABLE') });
    expect(await down.run()).toMatchObject({ login: { memberId } });
    const over = onTwins({ agedMs: 13 * hourMs, answer: failing('AUTH_REQUIRED') });
    await expect(over.run()).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
  });
});
