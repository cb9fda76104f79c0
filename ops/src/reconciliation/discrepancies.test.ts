import { somePolicy } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discrepancies, partsOf } from './discrepancies.ts';
import {
  admitted,
  afterwards,
  amount,
  asked,
  ended,
  fact,
  granted,
  type Held,
  id,
  type Kept,
  ledgerOf,
  live,
  minuteAgo,
  nowMs,
  ofTenant,
  other,
  over,
  period,
  slot,
  sound,
} from './ledger.fixture.ts';
import { isIn, type PublishedFact } from './ledger.ts';
import { reportOn } from './report.ts';

const report = (broken: Partial<Kept>, of: Kept = sound) => reportOn(ledgerOf({ ...of, ...broken }));
const without = (calls: readonly PublishedFact[], type: string) =>
  calls.filter((each) => each.type !== `vox.${type}.v1`);
const gone = (consumer: string, type: string) =>
  new Map([[`${consumer} vox.${type}.acme.${id}`, 'data: tokens too_big']]);

describe('the reconciliation of the ledgers', () => {
  it('has no finding while a call lives and after it', async () => {
    expect(await report({})).toEqual({ findings: [], notes: [], facts: sound.calls.length });
    expect((await report({}, afterwards)).findings).toEqual([]);
  });
  it('has no finding for facts that are seconds old, doubled, or older than the services remember', async () => {
    const young = [asked].map((each) => ({ ...each, atMs: nowMs - 1_000 }));
    const nobody = { ...afterwards, requests: [], sessions: [], periods: [] };
    expect((await report({ calls: young, unrecorded: [asked.id] }, nobody)).findings).toEqual([]);
    expect((await report({ calls: [...afterwards.calls, ...afterwards.calls] }, afterwards)).findings).toEqual([]);
    const old = afterwards.calls.map((each) => ({ ...each, atMs: nowMs - 3 * 86_400_000 }));
    expect((await report({ calls: old }, nobody)).findings).toEqual([]);
    const lost = { calls: [ended], callsFromMs: nowMs - 30_000 };
    expect((await report(lost, afterwards)).findings).toEqual([]);
  });

  const full = {
    ...sound,
    periods: [period('2026-05', 10, 91), period('2026-05-05', 10, 91)],
    holds: [{ ...sound.holds[0], amount: amount(91) } as Held],
  };
  const credited = (name: string, settled: number, reserved: number, credit: number) => ({
    ...period(name, settled, reserved),
    credit: amount(credit),
  });
  const overridden = (value: number, untilMs: number) => ({
    ...{ kind: 'widget' as const, limit: 'microsPerDay' as const, value },
    until: new Date(untilMs).toISOString(),
  });
  const two = { [id]: slot, [other]: { ...slot, claimedAtMs: nowMs } };
  const many: readonly [string, Partial<Kept>, Kept?][] = [
    ['I1: acme:widget:2026-05 holds 101 micros in 2026-05-05 and may hold 100', full],
    [
      'I1: acme:widget:2026-05 holds 50 micros in 2026-05 and may hold 49',
      { limits: { ...sound.limits, microsPerMonth: 49 } },
    ],
    ['I1: acme:widget:2026-05 reserves 0 tokens, 40 micros, 0 seconds in 2026-05,', { holds: [] }],
    [
      'I1: acme:widget:2026-05 settled 0 tokens, 10 micros',
      { periods: [period('2026-05', 10, 40), period('2026-05-05', 9, 40)] },
    ],
    [
      'I1: acme:widget:2026-05 is credited 0 tokens, 5 micros, 0 seconds, its days 0 tokens, 4 micros',
      { periods: [credited('2026-05', 10, 40, 5), credited('2026-05-05', 10, 40, 4)] },
    ],
    [
      'I1: acme:widget:2026-05 is credited 11 micros in 2026-05-05 and settled 10',
      { periods: [credited('2026-05', 10, 40, 11), credited('2026-05-05', 10, 40, 11)] },
    ],
    ['I4: acme:widget:2026-05 settled 0 tokens, 10 micros, 0 seconds in 2026-05-05, its usage counts 0', { usage: [] }],
    [
      'I4: acme:widget:2026-05 settled 0 tokens, 10 micros, 0 seconds in 2026-05-05, its usage counts 0 tokens, 20',
      { usage: [...sound.usage, ...sound.usage] },
    ],
    [
      'I1: acme:widget:2026-05 holds 101 micros in 2026-05-05 and may hold 99',
      { ...full, policy: { overrides: [overridden(99, nowMs + 1)] } },
    ],
    ['I2: acme has 2 open slots of 1 (widget)', { slots: two }],
    ['I2: acme has 2 open slots of 1 (visitor', { slots: two, limits: { openSessionsPerPerson: 1 } }],
    ['I2: acme has 2 open slots of 1 (key', { slots: two, limits: { openSessionsPerKey: 1 } }],
    ['I2: acme counts 2 open slots and has 1 (widget)', { counted: { widget: 2 } }],
    ['I2: acme counts 0 open slots and has 1 (widget)', { counted: {} }],
    [`I2: a slot of acme is held by ${id}, which does not live`, { sessions: [over] }],
    [`I2: ${id} lives without a slot`, { slots: {} }],
    [`I2: ${id} outlives its time`, { sessions: [{ ...live, endsAtMs: nowMs - 20_000 }] }],
    [`I3: ${id} has 2 decisions`, { calls: [...sound.calls, fact('session.denied')] }],
    [`I3: ${id} was granted and is kept as denied`, { sessions: [{ ...live, kind: 'denied' }] }],
    [`I3: ${id} was asked for and has no decision`, { calls: [asked], sessions: [] }],
    [`I3: ${id} ended without a grant`, { calls: without(afterwards.calls, 'session.granted') }, afterwards],
    [`I3: ${id} ended and lives`, { calls: [...sound.calls, ended] }],
    [`I3: ${id} ended 2 times`, { calls: [...afterwards.calls, { ...ended, id: 'again' }] }, afterwards],
    [`I3: ${id} was granted and has no end`, { calls: sound.calls }, afterwards],
    [`I4: ${id} was asked for and quota knows nothing of it`, { requests: [] }],
    [`I4: ${id} was admitted and the broker knows nothing of it`, { sessions: [] }],
    [
      `I4: ${id} was denied and its budget is still held`,
      { calls: [asked, fact('session.denied')], sessions: [], slots: {} },
    ],
    [`I4: ${id} is over and not settled`, { requests: [admitted] }, afterwards],
    [`I4: ${id} reported usage that is not counted`, { requests: [{ ...admitted, responseIds: [] }] }],
    [`I4: ${id} was metered longer than is counted`, { requests: [{ ...admitted, connectedSeconds: 29 }] }],
    [`I4: ${id} lives though acme is suspended`, { policy: { status: 'suspended' } }],
    [
      `I4: ${id} lives under a key that is revoked`,
      { policy: { keys: [{ ...somePolicy().keys[0], revokedAt: new Date(minuteAgo).toISOString() }] } },
    ],
    ['I4: vox.session.granted.v1 ', { unrecorded: [granted.id] }],
    ['I4: vox.identity.key-created.v1 ', { unrecorded: [`identity.key-created:${id}`] }],
    ['I4: a change of acme was made and nobody was told of it', { untold: [{ tenantId: 'acme', sinceMs: minuteAgo }] }],
    [
      `I7: person ${other} of acme is linked by a phone identifier that names nobody`,
      { identifiers: [{ broken: [{ subjectId: other, kind: 'phone', cause: 'nobody' }], holdIds: [] }] },
    ],
    [
      `I7: person ${other} of acme is linked by a phone identifier that is not looked for`,
      { identifiers: [{ broken: [{ subjectId: other, kind: 'phone', cause: 'outdated' }], holdIds: [] }] },
    ],
    [`I7: hold ${other} of acme`, { identifiers: [{ broken: [], holdIds: [other] }] }],
    ['I4: quota-ends is 3 messages behind', { behind: new Map([['quota-ends', 3]]) }],
  ];
  it.each(many)('has the finding “%s”', async (text, broken, of = sound) => {
    const { findings } = await report(broken, of);
    expect(
      findings.some((found) => found.startsWith(text)),
      findings.join('\n'),
    ).toBe(true);
  });

  it('accepts a dead letter as the effect of its fact, and notes its cause', async () => {
    const lost = { requests: [admitted], deadLetters: gone('quota-ends', 'session.ended') };
    expect(await report(lost, afterwards)).toMatchObject({
      findings: [],
      notes: [`given up: quota-ends vox.session.ended.acme.${id}: data: tokens too_big`],
    });
    const unheard = { deadLetters: gone('compliance-audit-calls', 'session.granted'), unrecorded: [granted.id] };
    expect((await report(unheard)).findings).toEqual([]);
  });
  it('only notes that compliance did not answer for its persons', async () => {
    expect(await report({ identifiers: ['unanswered'] })).toMatchObject({
      findings: [],
      notes: ['compliance did not answer for the identifiers of acme'],
    });
  });
  it('has no finding where an override allows what is held, or a reset credits what was used', async () => {
    const raised = { policy: { overrides: [overridden(101, nowMs + 1)] } };
    expect((await report({ ...full, ...raised })).findings).toEqual([]);
    const reset = { ...full, periods: [credited('2026-05', 10, 91, 1), credited('2026-05-05', 10, 91, 1)] };
    expect((await report(reset)).findings).toEqual([]);
  });
  it('only notes an excess since an override ended or began', async () => {
    const notes = [expect.stringContaining('since its limits changed')];
    const hasEnded = { ...full, policy: { overrides: [overridden(101, minuteAgo)] } };
    expect(await report(hasEnded)).toMatchObject({ findings: [], notes });
    const begun = { ...full, others: [ofTenant('quota.limit-overridden')] };
    expect(await report(begun)).toMatchObject({ findings: [], notes });
  });
  it('only notes an excess that a lowered cap explains', async () => {
    const lowered = { ...full, others: [ofTenant('identity.policy-changed')] };
    expect(await report(lowered)).toMatchObject({
      findings: [],
      notes: [expect.stringContaining('since its limits changed')],
    });
  });
});

describe('a reconciliation in parts', () => {
  it('has every call in exactly one part', () => {
    expect(partsOf(1_000)).toEqual([{ after: undefined, before: undefined }]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), fc.uuid(), (count, sessionId) => {
        expect(partsOf(count, 10_000).filter((part) => isIn(sessionId, part))).toHaveLength(1);
      }),
    );
  });
  it('finds what one part would find', async () => {
    const found = async (atOnce: number) => {
      const texts: string[] = [];
      for await (const { text } of discrepancies(ledgerOf({ ...afterwards, calls: sound.calls }), atOnce))
        texts.push(text);
      return texts;
    };
    expect(await found(1)).toEqual(await found(1_000));
    expect(await found(1)).toHaveLength(1);
  });
});
