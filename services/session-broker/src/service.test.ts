import { generateKeyPairSync, randomUUID } from 'node:crypto';
import {
  AgentDocument,
  agentKey,
  EndSession,
  EndSessions,
  EraseFrom,
  type Fact,
  Heartbeat,
  KeyRevoked,
  KillSwitchEngaged,
  LeaseSigningKey,
  ListSessions,
  makeFact,
  PolicyDocument,
  QuotaExceeded,
  ReportDoubted,
  SessionAdmitted,
  SessionDecision,
  TenantSuspended,
  UsageReported,
} from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { derivedKey } from '@vox/platform/crypto';
import { countersIn } from '@vox/platform/store';
import { silentLog } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { crashes, crashingBus, settled, someAgents, somePolicy, someWidgetKey, turns } from '@vox/testing';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { onSessionAdmitted } from './calls/accept/on-session-admitted.ts';
import { slotHolders } from './calls/keep/slot-holders.ts';
import { memorySessions, memorySlots } from './memory.ts';
import { agentReader } from './provider/command/read-agent.ts';
import { type Provider, ProviderFailure } from './provider/publish/provider.ts';
import { startBroker } from './service.ts';
import { noSlots, type Slots, tidy } from './slots/decide/slots.ts';

const nothing = { tokens: 0, micros: 0, seconds: 0 };
const start = '2026-05-05T12:00:00.000Z';
const visitor = (n: number) => ({
  kind: 'widget' as const,
  widgetKey: someWidgetKey,
  visitorId: `v_${String(n).padStart(22, 'A')}`,
});
const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });

type Options = {
  limits?: object;
  copies?: number;
  crash?: (point: string) => void;
  turn?: () => Promise<unknown>;
  provider?: Partial<Provider>;
  proveSeconds?: number;
};

async function openFixture({ limits = {}, copies = 1, crash, turn, provider = {}, proveSeconds }: Options = {}) {
  const clock = stoppedClock(start);
  const bus = memoryBus({ clock, retryMs: 1 });
  const policy = somePolicy({}, limits);
  for (const agent of someAgents(policy))
    await bus.documents(AgentDocument).put(agentKey('acme', policy.agentSetId, agent.agentId), agent);
  await bus.documents(PolicyDocument).put('acme', policy);
  await bus.answer(LeaseSigningKey, async ({ use }) => ({
    kid: 'test-key',
    use,
    x,
    d,
    signUntil: new Date(clock.now().getTime() + 3_600_000).toISOString(),
  }));
  const how = { fault: (point: string) => crash?.(point), ...(turn && { turn }) };
  const slots = memorySlots(how);
  const sessions = memorySessions(how);
  const hungUp: string[] = [];
  const calls: Provider = {
    clientSecret: async () => ({ value: `ek_${randomUUID()}`, expiresAtMs: clock.now().getTime() + 30_000 }),
    hangUp: async (callId) => void hungUp.push(callId),
    ...provider,
  };
  const options = {
    bus: crashingBus(bus, () => crash?.('bus')),
    slots,
    sessions,
    provider: calls,
    sealKey: Buffer.alloc(32, 1),
    proveSeconds,
    clock,
    log: silentLog,
    sweepMs: 3_600_000,
  };
  const brokers = await Promise.all(Array.from({ length: copies }, () => startBroker(options)));
  const policies = { get: () => somePolicy({}, limits) };
  return {
    bus,
    clock,
    slots,
    sessions,
    /** For a handler of a copy that a test holds in its hand. */
    needs: {
      ...options,
      personKey: derivedKey(options.sealKey, 'person'),
      policies,
      readAgent: agentReader(bus),
      slots: countersIn(slots, noSlots),
      holders: slotHolders(sessions),
      sign: async () => 'token',
    },
    hungUp,
    admit: (sessionId: string, n: number, over: object = {}): Fact<typeof SessionAdmitted> =>
      makeFact(
        SessionAdmitted,
        { id: `admitted:${randomUUID()}`, source: 'test', at: clock.now() },
        {
          tenantId: 'acme',
          sessionId,
          identity: visitor(n),
          agentId: 'guide',
          model: 'gpt-realtime-2.1',
          voice: 'marin',
          deadlineAt: new Date(clock.now().getTime() + 5_000).toISOString(),
          maxSeconds: 900,
          reservedTokens: 0,
          reservedMicros: 0,
          ...over,
        },
      ),
    /** What is counted for the tenant now. */
    counts: async () => {
      const { open, starts, recent = {}, pending } = tidy((await slots.read('acme')) ?? noSlots, clock.now().getTime());
      return { open, starts, recent, pending };
    },
    live: async () => (await sessions.all(1_000)).flatMap(({ state }) => (state.kind === 'live' ? [state] : [])),
    sweepAll: () => Promise.all(brokers.map((broker) => broker.sweep())),
    /** Each fact once, as consumers take it: a repeat past the dedupe window bears the same id. */
    factsOf: (name: string) => {
      const found = bus.published().filter(({ type }) => type.startsWith(`vox.${name}.v`));
      return [...new Map(found.map((fact) => [fact.id, fact])).values()];
    },
    async close() {
      await Promise.all(brokers.map((broker) => broker.stop()));
      await bus.close();
    },
  };
}

/** Slots of a tenant that has had more people and addresses than are counted one by one. */
const manyPeople: Slots = { ...noSlots, people: undefined, addresses: undefined };
const address = (n: number) => ({ addressMark: `a_${String(n).padStart(22, '0')}` });

describe('the session broker', () => {
  let fixture: Awaited<ReturnType<typeof openFixture>>;
  afterEach(() => fixture.close());
  const grant = async (sessionId = randomUUID(), n = 1, over: object = {}) => {
    const waiting = fixture.bus.expect(SessionDecision, { timeoutMs: 2_000 });
    await fixture.bus.publish(SessionAdmitted, fixture.admit(sessionId, n, over), { replyTo: waiting.replyTo });
    return waiting.answer;
  };
  const beat = (sessionId: string, active = true, callId?: string) =>
    fixture.bus.ask(Heartbeat, { tenantId: 'acme', sessionId, active, callId });
  const reasons = () => fixture.factsOf('session.ended').map(({ data }) => (data as { reason: string }).reason);

  it('names whom a call is with in what it tells and lists, and nobody in what it keeps', async () => {
    fixture = await openFixture({ limits: { openSessions: 9 } });
    const { sessionId } = await grant();
    const { visitorId } = visitor(1);
    const kept = async () => JSON.stringify([await fixture.sessions.all(9), await fixture.slots.all(9)]);
    expect(await kept()).not.toContain(visitorId);
    const listed = await fixture.bus.ask(ListSessions, { tenantId: 'acme', actor: 'test' });
    expect(listed.sessions).toMatchObject([{ identity: { visitorId } }]);
    await fixture.bus.ask(EndSession, { tenantId: 'acme', sessionId, reason: 'client' });
    for (const name of ['session.granted', 'session.ended'])
      for (const { data } of fixture.factsOf(name)) expect(data).toMatchObject({ identity: { visitorId } });
    expect(fixture.factsOf('session.ended')).toHaveLength(1);
    expect(await kept()).not.toContain(visitorId);
  });
  it('tells of an end also where the key that its person was sealed under is gone', async () => {
    fixture = await openFixture();
    const { sessionId } = await grant();
    await fixture.sessions.update(sessionId, (now) =>
      now?.kind === 'live' ? { result: 0, state: { ...now, sealedIdentity: 'x' } } : { result: 0 },
    );
    await fixture.bus.ask(EndSession, { tenantId: 'acme', sessionId, reason: 'client' });
    expect(reasons()).toEqual(['client']);
    expect(JSON.stringify(fixture.factsOf('session.ended'))).not.toContain(visitor(1).visitorId);
  });
  it('grants with a secret that stands in no fact, and answers a repeat with the same grant', async () => {
    fixture = await openFixture();
    const id = randomUUID();
    const first = await grant(id);
    expect(await grant(id)).toMatchObject({
      kind: 'granted',
      clientSecret: first.kind === 'granted' ? first.clientSecret : undefined,
    });
    await settled(fixture.bus);
    expect(fixture.factsOf('session.granted')).toHaveLength(1);
    expect(JSON.stringify(fixture.bus.published())).not.toContain('ek_');
  });
  it('denies past each cap and each minute, and a denied request consumes nothing', async () => {
    fixture = await openFixture({ limits: { openSessions: 3, sessionStartsPerMinute: 4 } });
    await grant(randomUUID(), 1);
    await grant(randomUUID(), 1);
    expect(await grant(randomUUID(), 1)).toMatchObject({ denial: { reason: 'too-many-open', scope: 'visitor' } });
    const third = randomUUID();
    await grant(third, 2);
    expect(await grant(randomUUID(), 3)).toMatchObject({ denial: { reason: 'too-many-open', scope: 'tenant' } });
    await fixture.bus.ask(EndSession, { tenantId: 'acme', sessionId: third, reason: 'client' });
    const fourth = randomUUID();
    expect(await grant(fourth, 4)).toMatchObject({ kind: 'granted' });
    await fixture.bus.ask(EndSession, { tenantId: 'acme', sessionId: fourth, reason: 'client' });
    expect(await grant(randomUUID(), 5)).toMatchObject({
      denial: { reason: 'rate-of-starts', scope: 'session-starts', retryAfterSeconds: 60 },
    });
  });
  it('gives the claim back when the provider fails, and asks it no more after five failures', async () => {
    let asked = 0;
    const clientSecret = async () => {
      asked += 1;
      throw new ProviderFailure(new Error('their words'));
    };
    fixture = await openFixture({ provider: { clientSecret } });
    for (let n = 0; n < 7; n += 1)
      expect(await grant(randomUUID(), n)).toMatchObject({ denial: { reason: 'provider' } });
    expect(asked).toBe(5);
    expect(await fixture.counts()).toEqual({ open: {}, starts: {}, recent: {}, pending: {} });
  });
  it('ends a call that never connected, was idle, or reached its time, each with its reason and once', async () => {
    fixture = await openFixture();
    const [never, idle, long] = [randomUUID(), randomUUID(), randomUUID()];
    await grant(never, 1);
    await grant(idle, 2);
    await grant(long, 3);
    await beat(idle);
    await beat(long, true, 'rtc_1');
    for (let seconds = 0; seconds < 960; seconds += 30) {
      fixture.clock.advanceMs(30_000);
      await beat(long).catch(() => undefined);
      await beat(idle, false).catch(() => undefined);
      await fixture.sweepAll();
    }
    await settled(fixture.bus);
    expect(reasons()).toEqual(['never_connected', 'idle', 'max_duration']);
    expect(fixture.factsOf('session.expiring')).toMatchObject([{ data: { sessionId: long } }]);
    expect(fixture.hungUp).toEqual(['rtc_1']);
    expect(await beat(long)).toEqual({ kind: 'ended', reason: 'max_duration', maxSeconds: 900 });
    expect((await fixture.slots.read('acme'))?.open).toEqual({});
  });
  it('ends the call of a person who is erased for a reason of its own, and forgets whose it was', async () => {
    fixture = await openFixture();
    const [erased, other] = [randomUUID(), randomUUID()];
    await grant(erased, 1);
    await grant(other, 2);
    const whose = { visitorIds: [], userIds: [], sessionIds: [erased] };
    const erase = (tenantId: string) => fixture.bus.ask(EraseFrom['session-broker'], { tenantId, ...whose });
    expect(await erase('other')).toEqual({ erased: 0 });
    expect(reasons()).toEqual([]);
    for (let again = 0; again < 2; again += 1) expect(await erase('acme')).toEqual({ erased: 1 });
    expect(reasons()).toEqual(['privacy']);
    expect(await beat(erased)).toMatchObject({ kind: 'ended', reason: 'privacy' });
    expect(await beat(other)).toMatchObject({ kind: 'live' });
  });
  it('keeps the place of a call that nobody hears of for as long as its secret can begin it', async () => {
    const clientSecret = async () => ({ value: 'ek_long', expiresAtMs: Date.parse(start) + 90_000 });
    fixture = await openFixture({ provider: { clientSecret }, limits: { openSessions: 1 } });
    await grant();
    for (const [waitMs, open] of [
      [89_000, 1],
      [1_000, 0],
    ] as const) {
      fixture.clock.advanceMs(waitMs);
      await fixture.sweepAll();
      expect((await fixture.slots.read('acme'))?.open.widget ?? 0).toBe(open);
    }
    expect(reasons()).toEqual(['never_connected']);
  });
  it('ends calls for a spent budget, a dead key and the kill switch, and tells nobody of another tenant’s', async () => {
    fixture = await openFixture();
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
    await grant(one, 1);
    const at = { id: randomUUID(), source: 'test', at: fixture.clock.now() };
    const whose = {
      identityKind: 'widget' as const,
      day: '2026-05-05',
      period: 'day' as const,
      measure: 'dollars' as const,
      resetsAt: start,
    };
    await fixture.bus.publish(
      QuotaExceeded,
      makeFact(QuotaExceeded, at, { tenantId: 'acme', sessionId: one, ...whose }),
    );
    await settled(fixture.bus);
    await grant(two, 2);
    await fixture.bus.publish(
      KeyRevoked,
      makeFact(KeyRevoked, { ...at, id: randomUUID() }, { tenantId: 'acme', widgetKey: someWidgetKey, actor: 'test' }),
    );
    await settled(fixture.bus);
    await grant(three, 3);
    expect(await fixture.bus.ask(Heartbeat, { tenantId: 'other', sessionId: three, active: true })).toEqual({
      kind: 'unknown',
    });
    expect(await fixture.bus.ask(EndSessions, { tenantId: 'acme', actor: 'test' })).toEqual({ ended: 1 });
    await settled(fixture.bus);
    expect(reasons()).toEqual(['quota', 'key_revoked', 'admin']);
  });
  it('tells who ordered calls to end and who listed them, before it is done', async () => {
    fixture = await openFixture();
    const { sessionId } = await grant();
    const by = { actor: 'operator:ada', reason: 'abuse', requestId: 'request-1' };
    await fixture.bus.ask(ListSessions, { tenantId: 'acme', ...by });
    await fixture.bus.ask(EndSession, { tenantId: 'acme', sessionId, reason: 'admin', by });
    const ofNobody = fixture.bus.ask(EndSessions, { tenantId: 'nobody', ...by });
    await expect(ofNobody).rejects.toMatchObject({ code: 'NOT_FOUND', answer: { issues: [{ path: 'tenantId' }] } });
    const told = fixture.bus.published().slice(-4);
    expect(told.map(({ type, data }) => [type, data])).toMatchObject([
      ['vox.security.acted.v1', { tenantId: 'acme', action: 'session.list', target: 'tenant:acme', ...by }],
      ['vox.security.acted.v1', { tenantId: 'acme', action: 'session.order-end', target: `session:${sessionId}` }],
      ['vox.session.ended.v1', { reason: 'admin' }],
      ['vox.security.acted.v1', { tenantId: '_platform', action: 'session.order-end', target: 'tenant:nobody' }],
    ]);
  });
  it('ends no call for a suspension of long ago that was lifted since, as a consumer that is made anew hears it', async () => {
    fixture = await openFixture();
    await grant();
    const suspendedAgo = async (ms: number) => {
      const at = { id: randomUUID(), source: 'test', at: new Date(fixture.clock.now().getTime() - ms) };
      await fixture.bus.publish(TenantSuspended, makeFact(TenantSuspended, at, { tenantId: 'acme', actor: 'test' }));
      await settled(fixture.bus);
    };
    await suspendedAgo(86_400_000);
    expect(reasons()).toEqual([]);
    await suspendedAgo(1_000);
    expect(reasons()).toEqual(['admin']);
  });
  describe('when a key is revoked while its call is being granted', () => {
    const revoke = (over: object = {}) =>
      fixture.bus.publish(
        KeyRevoked,
        makeFact(
          KeyRevoked,
          { id: randomUUID(), source: 'test', at: fixture.clock.now() },
          { tenantId: 'acme', widgetKey: someWidgetKey, actor: 'test', ...over },
        ),
      );
    it('denies it, whatever the provider has given meanwhile, and gives its slot back', async () => {
      const asked = Promise.withResolvers<void>();
      const answered = Promise.withResolvers<void>();
      const clientSecret = async () => {
        asked.resolve();
        await answered.promise;
        return { value: 'ek_late', expiresAtMs: Date.parse(start) + 60_000 };
      };
      fixture = await openFixture({ copies: 2, provider: { clientSecret } });
      const granting = grant();
      await asked.promise;
      await revoke();
      await expect.poll(async () => (await fixture.slots.read('acme'))?.open).toEqual({});
      answered.resolve();
      expect(await granting).toMatchObject({ kind: 'denied', denial: { reason: 'key-revoked' } });
      await settled(fixture.bus);
      expect(fixture.factsOf('session.granted')).toEqual([]);
      expect(fixture.factsOf('session.denied')).toHaveLength(1);
      expect((await fixture.slots.read('acme'))?.open).toEqual({});
    });
    it('lets a copy that has not heard of it grant nothing, and decides once it has', async () => {
      fixture = await openFixture({ copies: 2 });
      await revoke({ policyVersion: 2 });
      await settled(fixture.bus);
      const granting = grant();
      await expect.poll(() => fixture.bus.busy()).toBe(true);
      const policy = somePolicy({ version: 2 });
      const keys = policy.keys.map((key) => ({ ...key, revokedAt: start }));
      await fixture.bus.documents(PolicyDocument).put('acme', { ...policy, keys });
      expect(await granting).toMatchObject({ kind: 'denied', denial: { reason: 'key-revoked' } });
      expect(fixture.factsOf('session.granted')).toEqual([]);
    });
  });
  it('ends the calls of a kill switch side by side, those of its key only where it names one', async () => {
    let hanging = 0;
    const hangUp = async () => {
      hanging += 1;
      await expect.poll(() => hanging).toBe(3);
    };
    fixture = await openFixture({ provider: { hangUp }, limits: { openSessions: 100 } });
    const engage = (widgetKey?: string) =>
      fixture.bus.publish(
        KillSwitchEngaged,
        makeFact(
          KillSwitchEngaged,
          { id: randomUUID(), source: 'test', at: fixture.clock.now() },
          { tenantId: 'acme', widgetKey, actor: 'test' },
        ),
      );
    for (let n = 0; n < 3; n += 1) {
      const id = randomUUID();
      await grant(id, n);
      await beat(id, true, `rtc_${n}`);
    }
    await engage('w_acme_other_0123456789abcdef');
    await settled(fixture.bus);
    expect(reasons()).toEqual([]);
    await engage();
    await settled(fixture.bus);
    expect(reasons()).toEqual(['admin', 'admin', 'admin']);
  });
  const reports = (sessionId: string, usage: object) =>
    fixture.bus.publish(
      UsageReported,
      makeFact(
        UsageReported,
        { id: randomUUID(), source: 'test', at: fixture.clock.now() },
        {
          ...{ tenantId: 'acme', sessionId, responseId: 'r1' },
          usage: { textIn: 0, textOut: 0, audioIn: 0, audioOut: 0, cachedIn: 0, ...usage },
        },
      ),
    );

  it.each([
    ['few', noSlots],
    ['many', manyPeople],
  ])(
    'lets one address hold half of the lines, by whatever visitors, and others have the rest, where callers are %s',
    async (_how, slots) => {
      fixture = await openFixture({
        limits: { openSessions: 4, openSessionsPerAddress: 2, sessionStartsPerMinute: 100 },
      });
      await fixture.slots.update('acme', () => ({ result: undefined, state: slots }));
      const squatted = await grant(randomUUID(), 1, address(1));
      expect(await grant(randomUUID(), 2, address(1))).toMatchObject({ kind: 'granted' });
      for (const n of [3, 4])
        expect(await grant(randomUUID(), n, address(1))).toMatchObject({
          denial: { reason: 'too-many-open', scope: 'address' },
        });
      expect(await grant(randomUUID(), 5, address(2))).toMatchObject({ kind: 'granted' });
      expect(await grant(randomUUID(), 6)).toMatchObject({ kind: 'granted' });
      await fixture.bus.ask(EndSession, { tenantId: 'acme', sessionId: squatted.sessionId, reason: 'client' });
      expect(await grant(randomUUID(), 7, address(1))).toMatchObject({ kind: 'granted' });
    },
  );
  it('lets a visitor, and an address, begin so many calls in ten minutes, and a refused one consumes nothing', async () => {
    fixture = await openFixture({ limits: { startsPerPerson: 2, startsPerAddress: 3, sessionStartsPerMinute: 100 } });
    const callOf = async (n: number, from: number) => {
      const answer = await grant(randomUUID(), n, address(from));
      if (answer.kind === 'granted')
        await fixture.bus.ask(EndSession, { tenantId: 'acme', sessionId: answer.sessionId, reason: 'client' });
      return answer.kind === 'granted' ? answer.kind : answer.denial;
    };
    expect([await callOf(1, 1), await callOf(1, 1)]).toEqual(['granted', 'granted']);
    fixture.clock.advanceMs(100_000);
    const visitorWaits = { reason: 'rate-of-starts', scope: 'visitor', retryAfterSeconds: 500 };
    expect(await callOf(1, 9)).toEqual(visitorWaits);
    expect(await callOf(2, 1)).toBe('granted');
    expect(await callOf(3, 1)).toMatchObject({ reason: 'rate-of-starts', scope: 'address' });
    expect(await callOf(3, 2)).toBe('granted');
    fixture.clock.advanceMs(500_000);
    expect([await callOf(1, 1), await callOf(3, 1)]).toEqual(['granted', 'granted']);
  });
  it('ends a call that only heartbeats speak for, whatever id they give it, and lets one go on that used something', async () => {
    fixture = await openFixture({ proveSeconds: 120, limits: { idleSeconds: 60 } });
    const [squatted, real, silent] = [randomUUID(), randomUUID(), randomUUID()];
    for (const [n, id] of [squatted, real, silent].entries()) await grant(id, n);
    for (let seconds = 0; seconds < 180; seconds += 15) {
      await beat(squatted, true, 'rtc_invented').catch(() => undefined);
      await beat(real);
      await beat(silent).catch(() => undefined);
      if (seconds === 30) await reports(real, { audioIn: 10 });
      // What was cached of nothing is nothing.
      if (seconds === 30) await reports(silent, { cachedIn: 10 });
      await settled(fixture.bus);
      fixture.clock.advanceMs(15_000);
      await fixture.sweepAll();
    }
    await settled(fixture.bus);
    expect(reasons()).toEqual(['never_connected', 'never_connected']);
    expect(await beat(real)).toMatchObject({ kind: 'live' });
    expect(await beat(squatted)).toMatchObject({ kind: 'ended', reason: 'never_connected' });
  });
  it('leaves a visitor who used nothing yet the longest silence of the tenant, where that is more', async () => {
    fixture = await openFixture({ proveSeconds: 120, limits: { idleSeconds: 300 } });
    const id = randomUUID();
    await grant(id);
    for (let seconds = 0; seconds < 290; seconds += 10) {
      await beat(id);
      fixture.clock.advanceMs(10_000);
      await fixture.sweepAll();
    }
    await settled(fixture.bus);
    expect(reasons()).toEqual([]);
    fixture.clock.advanceMs(10_000);
    await fixture.sweepAll();
    await settled(fixture.bus);
    expect(reasons()).toEqual(['never_connected']);
  });
  it('takes no call’s id from a session that it is not the call of, so that nobody has another’s call hung up', async () => {
    fixture = await openFixture();
    const [victim, thief] = [randomUUID(), randomUUID()];
    await grant(victim, 1);
    await grant(thief, 2);
    await beat(victim, true, 'rtc_victim');
    await beat(thief, true, 'rtc_victim');
    await fixture.bus.ask(EndSessions, { tenantId: 'acme', actor: 'test' });
    expect(fixture.hungUp).toEqual(['rtc_victim']);
    expect(
      (await fixture.sessions.read(thief))?.kind === 'ended' && (await fixture.sessions.read(thief)),
    ).toMatchObject({
      callId: undefined,
    });
  });
  it('ends the call of a report that cannot be, and no other', async () => {
    fixture = await openFixture();
    const [liar, other] = [randomUUID(), randomUUID()];
    await grant(liar, 1);
    await grant(other, 2);
    await beat(liar);
    await beat(other);
    const doubted = (sessionId: string, tenantId: string, why: 'impossible' | 'too-much') =>
      fixture.bus.publish(
        ReportDoubted,
        makeFact(
          ReportDoubted,
          { id: randomUUID(), source: 'test', at: fixture.clock.now() },
          { tenantId, sessionId, why, believed: nothing, claimed: nothing },
        ),
      );
    await doubted(other, 'elsewhere', 'impossible');
    await doubted(other, 'acme', 'too-much');
    await doubted(liar, 'acme', 'impossible');
    await settled(fixture.bus);
    expect(reasons()).toEqual(['policy']);
    expect(await beat(other)).toMatchObject({ kind: 'live' });
  });
  it('counts a crowd of heartbeats within a second as one, and tells an end once however many ask for it', async () => {
    fixture = await openFixture({ copies: 2 });
    const id = randomUUID();
    await grant(id);
    const crowd = <T>(ask: () => Promise<T>) => Promise.all(Array.from({ length: 50 }, ask));
    const told = (name: string) => fixture.bus.published().filter(({ type }) => type === `vox.${name}.v1`);
    expect(new Set((await crowd(() => beat(id))).map(({ kind }) => kind))).toEqual(new Set(['live']));
    expect(told('usage.metered')).toHaveLength(1);
    fixture.clock.advanceMs(1_000);
    await beat(id, true, 'rtc_1');
    expect((await fixture.sessions.read(id))?.kind === 'live' && told('usage.metered')).toHaveLength(2);
    const end = () => fixture.bus.ask(EndSession, { tenantId: 'acme', sessionId: id, reason: 'client' });
    expect(new Set((await crowd(end)).map(({ kind }) => kind))).toEqual(new Set(['ended']));
    await settled(fixture.bus);
    expect(told('session.ended')).toHaveLength(1);
  });
  it('grants exactly ten of a hundred parallel admissions against a cap of ten, over two copies', async () => {
    fixture = await openFixture({ copies: 2, limits: { sessionStartsPerMinute: 1_000 } });
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => grant(randomUUID(), n)));
    expect(answers.filter(({ kind }) => kind === 'granted')).toHaveLength(10);
  });
  it('counts a session once, though a copy sleeps between asking for it and writing, while others grant, end and go on', async () => {
    fixture = await openFixture({
      limits: { openSessions: 2, openSessionsPerPerson: 1, sessionStartsPerMinute: 1_000 },
    });
    const { slots, sessions, needs, admit } = fixture;
    await slots.update('acme', () => ({ result: undefined, state: manyPeople }));
    const [id, other] = [randomUUID(), randomUUID()];
    await grant(other, 9);
    const asleep = Promise.withResolvers<void>();
    let asked = 0;
    const tagged: typeof sessions.tagged = async (...whose) => {
      const found = await sessions.tagged(...whose);
      asked += 1;
      await asleep.promise;
      return found;
    };
    const sleeper = { ...needs, holders: slotHolders({ ...sessions, tagged }) };
    const sleeping = onSessionAdmitted(sleeper)(admit(id, 1), { deliveries: 1 });
    await expect.poll(() => asked).toBe(1);
    // Meanwhile the same person is granted another session, and a third one is heard of: the first is forgotten in the slots.
    expect(await grant(randomUUID(), 1)).toMatchObject({ kind: 'granted' });
    await fixture.bus.ask(EndSession, { tenantId: 'acme', sessionId: other, reason: 'client' });
    await fixture.bus.ask(EndSession, { tenantId: 'acme', sessionId: other, reason: 'client' });
    expect(await grant(randomUUID(), 2)).toMatchObject({ kind: 'granted' });
    asleep.resolve();
    await sleeping;
    await settled(fixture.bus);
    expect(fixture.factsOf('session.denied')).toMatchObject([
      { data: { sessionId: id, denial: { scope: 'visitor' } } },
    ]);
    expect((await slots.read('acme'))?.open.widget).toBe(2);
  });
  it('keeps caps, decides once and ends once, whatever is repeated, reordered or crashes at any step (I2, I3)', async () => {
    const step = fc.record({
      what: fc.constantFrom('admit', 'admit', 'admit', 'beat', 'end', 'sweep', 'wait'),
      who: fc.nat({ max: 9 }),
    });
    const scenario = fc.tuple(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.array(fc.nat({ max: 350 }), { maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 40 }),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(scenario, async ([steps, crashing, lengths, many]) => {
        const crash = crashes(crashing);
        const own = await openFixture({
          copies: 2,
          crash: crash.step,
          turn: turns(lengths),
          limits: { openSessions: 3, openSessionsPerPerson: 1, openSessionsPerAddress: 2, sessionStartsPerMinute: 6 },
        });
        const ids = Array.from({ length: 10 }, () => randomUUID());
        const ignored = () => undefined;
        if (many) await own.slots.update('acme', () => ({ result: undefined, state: manyPeople })).catch(ignored);
        for (const { what, who } of steps) {
          const sessionId = ids[who] ?? '';
          if (what === 'admit') await own.bus.publish(SessionAdmitted, own.admit(sessionId, who % 5, address(who % 2)));
          if (what === 'beat')
            await own.bus.ask(Heartbeat, { tenantId: 'acme', sessionId, active: true }).catch(ignored);
          if (what === 'end')
            await own.bus.ask(EndSession, { tenantId: 'acme', sessionId, reason: 'client' }).catch(ignored);
          if (what === 'sweep') await own.sweepAll().catch(ignored);
          if (what === 'wait') own.clock.advanceMs(20_000);
          const { open } = (await own.slots.read('acme').catch(ignored)) ?? noSlots;
          expect(open.widget ?? 0).toBeLessThanOrEqual(3);
          const from = Map.groupBy(await own.live(), (session) => session.address);
          for (const calls of from.values()) expect(calls.length).toBeLessThanOrEqual(2);
          const living = (await own.live()).map(({ identity }) =>
            identity.kind === 'widget' ? identity.visitorId : '',
          );
          expect(living.length).toBeLessThanOrEqual(3);
          expect(new Set(living).size).toBe(living.length);
        }
        await settled(own.bus);
        crash.over();
        own.clock.advanceMs(15_000);
        await own.sweepAll();
        await settled(own.bus);
        own.clock.advanceMs(14_000);
        await own.sweepAll();
        // At rest there are exactly as many slots as sessions that live, and nothing is under way.
        const { open, people, addresses, pending } = (await own.slots.read('acme')) ?? noSlots;
        expect(pending).toEqual({});
        if (addresses) expect(Object.values(addresses).reduce((sum, count) => sum + count, 0)).toBe(open.widget ?? 0);
        if (people) expect(Object.values(people).reduce((sum, count) => sum + count, 0)).toBe(open.widget ?? 0);
        expect(open.widget ?? 0).toBe((await own.live()).length);
        own.clock.advanceMs(3_600_000);
        await own.sweepAll();
        await settled(own.bus);
        own.clock.advanceMs(601_000);
        await own.sweepAll();
        const subjects = (name: string) => own.factsOf(name).map(({ subject }) => subject);
        const granted = subjects('session.granted');
        const asked = new Set(steps.filter(({ what }) => what === 'admit').map(({ who }) => `acme/${ids[who]}`));
        expect(new Set([...granted, ...subjects('session.denied')])).toEqual(asked);
        expect(granted.length + subjects('session.denied').length).toBe(asked.size);
        expect(subjects('session.ended').sort()).toEqual([...granted].sort());
        expect(await own.counts()).toEqual({ open: {}, starts: {}, recent: {}, pending: {} });
        await own.close();
      }),
      { numRuns: 40 },
    );
  });
});
