import { randomUUID } from 'node:crypto';
import { EndSession, ListSessions } from '@vox/contracts';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { openFixture, startedAt, visitor } from '../../broker.fixture.ts';
import { ProviderFailure } from '../../provider/publish/provider.ts';
import { grantSession } from './grant-session.ts';

describe('granting a session', () => {
  it('puts the secret into no fact, and answers a repeated request with the same grant', async () => {
    const { grant, bus, factsOf } = await openFixture();
    const id = randomUUID();
    const first = await grant(id);
    expect(await grant(id)).toMatchObject({
      kind: 'granted',
      clientSecret: first.kind === 'granted' ? first.clientSecret : undefined,
    });
    await settled(bus);
    expect(factsOf('session.granted')).toHaveLength(1);
    expect(JSON.stringify(bus.published())).not.toContain('ek_');
  });
  it('answers two copies that decide one request at once with one secret, and holds one slot', async () => {
    const { dependencies, admit, counts, live } = await openFixture();
    const admitted = admit(randomUUID(), 1);
    const copy = () => grantSession(dependencies, admitted, { isRepeated: false, replyTo: '_INBOX.test' });
    const answers = await Promise.all([copy(), copy(), copy()]);
    const secrets = answers.map((answer) => answer?.kind === 'granted' && answer.clientSecret.value);
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toMatch(/^ek_/);
    expect(await live()).toHaveLength(1);
    expect((await counts()).open.widget).toBe(1);
  });
  it('answers nothing for a request that nobody waits for', async () => {
    const { dependencies, admit, live } = await openFixture();
    const admitted = admit(randomUUID(), 1);
    expect(await grantSession(dependencies, admitted, { isRepeated: true })).toBeUndefined();
    expect(await live()).toHaveLength(1);
  });
  it('names the person of a call in facts and lists, and in no document', async () => {
    const { grant, bus, sessions, slots, factsOf } = await openFixture({ limits: { openSessions: 9 } });
    const { sessionId } = await grant();
    const { visitorId } = visitor(1);
    const kept = async () => JSON.stringify([await sessions.all(9), await slots.all(9)]);
    expect(await kept()).not.toContain(visitorId);
    const listed = await bus.ask(ListSessions, { tenantId: 'acme', actor: 'test' });
    expect(listed.sessions).toMatchObject([{ identity: { visitorId } }]);
    await bus.ask(EndSession, { tenantId: 'acme', sessionId });
    for (const name of ['session.granted', 'session.ended'])
      for (const { data } of factsOf(name)) expect(data).toMatchObject({ identity: { visitorId } });
    expect(factsOf('session.ended')).toHaveLength(1);
    expect(await kept()).not.toContain(visitorId);
  });
  it('asks no provider for a request that came so late that none could answer in time, and denies none after it', async () => {
    let asked = 0;
    const clientSecret = async ({ timeoutMs }: { timeoutMs: number }) => {
      asked += 1;
      if (timeoutMs < 1_000) throw new ProviderFailure('no answer in time');
      return { value: `ek_${randomUUID()}`, expiresAtMs: Date.parse(startedAt) + 30_000 };
    };
    const { grant, counts } = await openFixture({ limits: { openSessions: 20 }, provider: { clientSecret } });
    const leftMs = (ms: number) => ({ deadlineAt: new Date(Date.parse(startedAt) + ms).toISOString() });
    for (let n = 1; n <= 7; n += 1)
      expect(await grant(randomUUID(), n, leftMs(n * 200))).toMatchObject({ denial: { reason: 'expired' } });
    expect(asked).toBe(0);
    expect(await grant(randomUUID(), 8)).toMatchObject({ kind: 'granted' });
    expect((await counts()).open.widget).toBe(1);
  });
  it('releases the claim when the provider fails, and asks the provider no more after five failures', async () => {
    let asked = 0;
    const clientSecret = async () => {
      asked += 1;
      throw new ProviderFailure(new Error('their words'));
    };
    const { grant, counts } = await openFixture({ provider: { clientSecret } });
    for (let n = 0; n < 7; n += 1)
      expect(await grant(randomUUID(), n)).toMatchObject({ denial: { reason: 'provider' } });
    expect(asked).toBe(5);
    expect(await counts()).toEqual({ open: {}, starts: {}, recent: {}, pending: {} });
  });
});
