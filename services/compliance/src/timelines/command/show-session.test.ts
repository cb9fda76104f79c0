import {
  type Fact,
  type FactKind,
  makeFact,
  QuotaAdjusted,
  QuotaSettled,
  RecordConsent,
  SessionAdmitted,
  SessionDenied,
  SessionEnded,
  SessionGranted,
  SessionRequested,
  ShowSession,
  ToolUsed,
  UsageMetered,
} from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  appended,
  at,
  identity,
  openFixture,
  publish,
  sessionId,
  visitorId,
  whose,
} from '../../transcripts/transcripts.fixture.ts';

const addressMark = `a_${'0'.repeat(22)}`;
const chosen = { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin' };
const amount = { tokens: 100, micros: 2_000, seconds: 60 };
const budget = { identityKind: 'widget', day: '2026-05-05' } as const;
const session = { ...whose, identity };
const fact = <K extends FactKind>(kind: K, id: string, second: number, data: Fact<K>['data']) =>
  [kind, makeFact(kind, { id, source: 'test', at: at(second) }, data as never)] as const;

const requested = fact(SessionRequested, `requested:${sessionId}`, 1, {
  ...{ ...session, addressMark, deadlineAt: at(6).toISOString() },
});
const call = [
  requested,
  fact(SessionAdmitted, `admitted:${sessionId}`, 2, {
    ...{ ...session, ...chosen, addressMark, deadlineAt: at(6).toISOString() },
    ...{ maxSeconds: 900, reservedTokens: 9, reservedMicros: 9 },
  }),
  fact(SessionGranted, `granted:${sessionId}`, 3, {
    ...{ ...session, ...chosen, maxSeconds: 900, idleSeconds: 300 },
    ...{ grantedAt: at(3).toISOString(), endsAt: at(903).toISOString() },
  }),
  ...[10, 30, 20].map((second) =>
    fact(UsageMetered, `metered:${sessionId}:${second}`, second, { ...whose, connectedSeconds: second }),
  ),
  fact(SessionEnded, `ended:${sessionId}`, 60, {
    ...{ ...session, reason: 'client', grantedAt: at(3).toISOString() },
    ...{ endedAt: at(60).toISOString(), connectedSeconds: 57 },
  }),
  fact(QuotaSettled, `settled:${sessionId}`, 61, {
    ...whose,
    ...budget,
    reserved: amount,
    settled: amount,
    uncovered: amount,
  }),
  fact(QuotaAdjusted, `adjusted:${sessionId}:9:9`, 62, { ...whose, ...budget, settled: amount, uncovered: amount }),
] as const;

async function open(...how: Parameters<typeof openFixture>) {
  const fixture = await openFixture(...how);
  onTestFinished(fixture.stop);
  return {
    ...fixture,
    async hear(facts: readonly (readonly [FactKind, Fact])[]) {
      for (const [kind, each] of facts) await fixture.bus.publish(kind, each);
      await fixture.settle();
    },
    show: (over: object = {}) => fixture.bus.ask(ShowSession, { ...whose, ...over }),
  };
}

describe('a call on one timeline', () => {
  it('is told from consent to settlement, in order, without a word, a person or an address', async () => {
    const fixture = await open();
    const shown = { purpose: 'transcripts', version: '1', textHash: 'a'.repeat(64), locale: 'en' } as const;
    await fixture.bus.ask(RecordConsent, {
      ...{ tenantId: whose.tenantId, widgetKey: identity.widgetKey, visitorId },
      choice: { ...shown, method: 'click', given: true },
    });
    await fixture.hear(call);
    await publish(fixture.bus, appended({ id: 'a', text: 'some canary words', second: 5 }));
    await fixture.settle();
    await fixture.finalise();
    const told = await fixture.show();
    expect(told).toMatchObject({ ...whose, state: 'ended', lastSeenAt: at(30).toISOString(), transcriptMessages: 1 });
    expect(told.timeline.map(({ what }) => what)).toEqual([
      ...['consent', 'requested', 'admitted', 'granted', 'seen', 'ended', 'settled', 'settled'],
      'transcript-finalised',
    ]);
    expect(told.timeline[3]).toEqual({
      ...{ at: at(3).toISOString(), what: 'granted' },
      details: { ...chosen, maxSeconds: 900, idleSeconds: 300, endsAt: at(903).toISOString() },
    });
    expect(told.timeline[5]?.details).toEqual({ reason: 'client', connectedSeconds: 57 });
    expect(told.timeline[6]?.details).toMatchObject(amount);
    expect(JSON.stringify(told)).not.toMatch(/canary|v_[A-Za-z0-9_-]{22}|a_0{22}|visitor|address/);
  });
  it('says why it was denied, whoever denied it', async () => {
    const { hear, show } = await open();
    const denial = { reason: 'quota', scope: 'tokens' } as const;
    await hear([requested, fact(SessionDenied, `denied:${sessionId}`, 2, { ...session, by: 'quota', denial })]);
    expect(await show()).toMatchObject({
      ...{ state: 'denied', lastSeenAt: null, transcriptMessages: 0 },
      timeline: [{ what: 'requested' }, { what: 'denied', details: { by: 'quota', ...denial } }],
    });
  });
  it('says of a brokered call that the server made it, and what showed that it is over at the provider', async () => {
    const { hear, show } = await open();
    const brokered = { mode: 'brokered' } as const;
    const confirmed = { ...brokered, confirmedBy: 'hang-up' } as const;
    const more = new Map<string, object>([
      [SessionRequested.name, brokered],
      [SessionAdmitted.name, brokered],
      [SessionGranted.name, brokered],
      [SessionEnded.name, confirmed],
    ]);
    const toldOf = ([kind, each]: readonly [FactKind, Fact]) =>
      [kind, { ...each, data: { ...Object(each.data), ...more.get(kind.name) } }] as const;
    await hear(call.map(toldOf));
    const { timeline } = await show();
    expect(timeline.filter(({ what }) => ['requested', 'granted', 'ended'].includes(what))).toMatchObject([
      { what: 'requested', details: brokered },
      { what: 'granted', details: { ...brokered, ...chosen } },
      { what: 'ended', details: { reason: 'client', confirmedBy: 'hang-up', connectedSeconds: 57 } },
    ]);
  });
  it('tells what the edge looked at, each tool that was used and how, who ended the call, and its trace', async () => {
    const { hear, show } = await open();
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const passed = ['address-limit', 'user-limit', 'origin', 'bot'];
    const told = call.map(([kind, each]) => {
      if (kind === SessionRequested) return [kind, { ...each, traceparent, data: { ...each.data, passed } }] as const;
      return kind === SessionEnded
        ? ([kind, { ...each, data: { ...each.data, by: 'agent' } }] as const)
        : ([kind, each] as const);
    });
    const used = { name: 'find_order', kind: 'http_tool', via: 'provider', host: 'api.shop.example:443' } as const;
    const figures = { ms: 120, bytesOut: 10, bytesIn: 20 };
    await hear([
      ...told,
      fact(ToolUsed, `tool-used:${sessionId}:one`, 30, {
        ...whose,
        ...used,
        ...figures,
        outcome: 'answered',
        ok: true,
      }),
      fact(ToolUsed, `tool-used:${sessionId}:two`, 31, {
        ...{ ...whose, ...used, ...figures, outcome: 'refused', reason: 'tool-limit', ok: false },
      }),
    ]);
    const shown = await show();
    expect(shown.traceId).toBe('a'.repeat(32));
    expect(shown.timeline.find(({ what }) => what === 'requested')?.details).toMatchObject({
      passed: 'address-limit, user-limit, origin, bot',
    });
    expect(shown.timeline.filter(({ what }) => what === 'tool-used')).toMatchObject([
      { at: at(30).toISOString(), details: { ...used, outcome: 'answered', ok: true, ms: 120 } },
      { at: at(31).toISOString(), details: { ...used, outcome: 'refused', toolReason: 'tool-limit', ok: false } },
    ]);
    expect(shown.timeline.find(({ what }) => what === 'ended')?.details).toMatchObject({ by: 'agent' });
  });
  it('is told by the record of the call once the audit log has let go of it', async () => {
    const fixture = await open();
    await fixture.hear(call);
    const head = await fixture.auditLog.head(whose.tenantId);
    await fixture.auditLog.trim({ tenantId: whose.tenantId, ...head, receipt: 'r' });
    expect(await fixture.show()).toMatchObject({
      state: 'ended',
      timeline: [
        { at: at(3).toISOString(), what: 'granted', details: { agentId: 'guide' } },
        { at: at(60).toISOString(), what: 'ended', details: { reason: 'client' } },
        { what: 'settled', details: amount },
      ],
    });
  });
  it('is not found for another tenant, nor where there was none', async () => {
    const { hear, show } = await open();
    await hear(call);
    const notFound = { code: 'NOT_FOUND', answer: {} };
    await expect(show({ tenantId: 'other' })).rejects.toMatchObject(notFound);
    await expect(show({ sessionId: '00000000-0000-4000-8000-000000000001' })).rejects.toMatchObject(notFound);
    await expect(show({ tenantId: 'other' })).rejects.toBeInstanceOf(Fault);
  });
});
