import type { KindLimits, Policy, PreviewedPolicy } from '@vox/contracts';
import { PreviewedPolicy as PreviewedSchema } from '@vox/contracts';
import { someLimits, somePolicy } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf, resolved, somePastCall, someStart } from '../previews.fixture.ts';
import type { PastCall } from './past-call.ts';
import { previewOf } from './preview.ts';

const policyOf = (widget: Partial<KindLimits>, over: Partial<Policy> = {}): Policy =>
  somePolicy({ limits: { widget: someLimits(widget), console: someLimits() }, ...over });
const wide = { openSessions: 100, openSessionsPerPerson: 100, sessionStartsPerMinute: 100 };
const preview = (calls: readonly PastCall[], before: Policy, after: Policy): PreviewedPolicy =>
  PreviewedSchema.parse(
    previewOf({
      ...{ inForce: resolved(before), drafted: resolved(after), calls },
      ...{ fromMs: someStart, nowMs: someStart + 86_400_000, isPart: false },
    }),
  );
const ruleOf = ({ rules }: PreviewedPolicy, name: string) => rules.find(({ rule }) => rule === name);

/** The twin: calls go one by one, each against those that began, under every limit that became lower. */
function oneByOne(calls: readonly PastCall[], before: KindLimits, after: KindLimits) {
  const lower = (
    limit: 'sessionSeconds' | 'openSessions' | 'openSessionsPerPerson' | 'tokensPerDay' | 'secondsPerDay',
  ) => ((after[limit] ?? Infinity) < (before[limit] ?? Infinity) ? (after[limit] ?? Infinity) : Infinity);
  const begun: { call: PastCall; endMs: number; tokens: number; seconds: number }[] = [];
  const told = { refused: [] as string[], endedEarlier: 0, endedEarlierSeconds: 0, tokens: 0, seconds: 0 };
  for (const call of calls.toSorted((a, b) => a.startedAtMs - b.startedAtMs || (a.sessionId < b.sessionId ? -1 : 1))) {
    const { startedAtMs: now, endedAtMs, person, used } = call;
    const open = begun.filter(({ endMs }) => endMs > now);
    const paid = begun.filter((each) => each.endMs <= now && each.call.day === call.day);
    const sum = (of: 'tokens' | 'seconds'): number => paid.reduce((all, each) => all + each[of], 0);
    const isRefused =
      lower('sessionSeconds') === 0 ||
      sum('tokens') >= lower('tokensPerDay') ||
      sum('seconds') >= lower('secondsPerDay') ||
      open.length >= lower('openSessions') ||
      open.filter((each) => each.call.person === person).length >= lower('openSessionsPerPerson');
    const spent = { tokens: used?.tokens ?? 0, seconds: used?.seconds ?? 0 };
    if (isRefused) {
      told.refused.push(call.sessionId);
      told.tokens += spent.tokens;
      told.seconds += spent.seconds;
      continue;
    }
    const over = Math.max(0, Math.floor((endedAtMs - now) / 1_000) - lower('sessionSeconds'));
    if (over > 0) {
      told.endedEarlier += 1;
      told.endedEarlierSeconds += over;
      told.seconds += Math.min(over, spent.seconds);
    }
    const left = over > 0 ? { tokens: 0, seconds: Math.max(0, spent.seconds - over) } : spent;
    begun.push({ call, endMs: endedAtMs - over * 1_000, ...left });
  }
  return told;
}

const someCalls = fc
  .array(
    fc.record({
      ...{ from: fc.integer({ min: 0, max: 3_600 }), length: fc.integer({ min: 0, max: 900 }) },
      ...{
        person: fc.constantFrom('ann', 'bob', 'cy'),
        tokens: fc.nat(2_000),
        day: fc.constantFrom('2026-05-05', '2026-05-06'),
      },
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all.map(({ from, length, person, tokens, day }, n) =>
      somePastCall(n, [from, from + length], { person, day, used: { tokens, micros: tokens * 50, seconds: length } }),
    ),
  );
const someWidget = fc.record(
  {
    ...{
      sessionSeconds: fc.integer({ min: 0, max: 1_000 }),
      openSessions: fc.nat(8),
      openSessionsPerPerson: fc.nat(4),
    },
    ...{ tokensPerDay: fc.nat(20_000), secondsPerDay: fc.nat(6_000) },
  },
  { requiredKeys: [] },
);

describe('what a draft would have done', () => {
  it('agrees with a replay of the calls one by one under the limits that became lower', () => {
    fc.assert(
      fc.property(someCalls, someWidget, someWidget, (calls, one, other) => {
        const [before, after] = [policyOf({ ...wide, ...one }), policyOf({ ...wide, ...other })];
        const { together } = preview(calls, before, after);
        const { refused, tokens, seconds, ...earlier } = oneByOne(calls, before.limits.widget, after.limits.widget);
        expect(together).toMatchObject({ ...earlier, refused: refused.length });
        expect(together.notSpent).toMatchObject({ tokens, seconds });
      }),
      { numRuns: 400 },
    );
  });
  it('counts no call twice, and nothing where nothing differs', () => {
    fc.assert(
      fc.property(someCalls, someWidget, someWidget, (calls, one, other) => {
        const { together, rules } = preview(calls, policyOf(one), policyOf(other));
        for (const each of [together, ...rules])
          expect(each.refused + each.endedEarlier + each.unknown).toBeLessThanOrEqual(calls.length);
        const same = preview(calls, policyOf(one), policyOf(one));
        expect([same.rules, same.together.refused, same.together.notSpent.tokens]).toEqual([[], 0, 0]);
      }),
    );
  });
  it('holds each rule alone against the calls, and all of them together', () => {
    const calls = [1, 2, 3].map((n) => somePastCall(n, [n, 1_000]));
    const told = preview(calls, policyOf(wide), policyOf({ ...wide, openSessions: 2, sessionSeconds: 600 }));
    expect(ruleOf(told, 'openSessions')).toMatchObject({
      ...{ kind: 'widget', change: 'stricter', before: 100, after: 2, isTold: true, refused: 1, endedEarlier: 0 },
      notSpent: { tokens: 1_000, micros: 50_000, seconds: 997 },
      ...{
        agents: [{ name: 'guide', calls: 1 }],
        models: [{ name: 'gpt-realtime-2.1', calls: 1 }],
        examples: [idOf(3)],
      },
    });
    expect(ruleOf(told, 'sessionSeconds')).toMatchObject({ refused: 0, endedEarlier: 3, endedEarlierSeconds: 1_194 });
    expect(told.together).toMatchObject({ refused: 1, endedEarlier: 2, endedEarlierSeconds: 797, notSpentUnknown: 2 });
    expect(told.reached).toEqual([
      { day: '2026-05-05', rule: 'openSessions', kind: 'widget', at: '2026-05-05T12:00:02.000Z' },
    ]);
    expect(told.peaks).toEqual([{ kind: 'widget', open: 3, at: '2026-05-05T12:00:03.000Z', before: 100, after: 2 }]);
    expect(told.cannotTell).toEqual(['live-calls', 'gone-calls', 'visitors', 'shortened-use']);
  });
  it('holds limits of one kind of identity against its calls alone', () => {
    const calls = [somePastCall(1, [0, 9], { kind: 'console', widgetKey: undefined }), somePastCall(2, [0, 9])];
    expect(preview(calls, policyOf(wide), policyOf({ ...wide, openSessions: 0 })).together).toMatchObject({
      refused: 1,
    });
  });
  it('says of a looser limit which calls it had ended, and not how long they would have gone on', () => {
    const ends = (['max_duration', 'idle', 'quota', 'client'] as const).map((endReason, n) =>
      somePastCall(n, [0, 900], { endReason }),
    );
    const looser = { sessionSeconds: 1_800, idleSeconds: 600, tokensPerDay: 900_000, openSessions: 200 };
    const told = preview(ends, policyOf(wide), policyOf({ ...wide, ...looser }));
    for (const rule of ['sessionSeconds', 'idleSeconds', 'tokensPerDay'])
      expect([rule, ruleOf(told, rule)]).toMatchObject([
        rule,
        { change: 'looser', isTold: true, refused: 0, endedEarlier: 0, unknown: 1 },
      ]);
    expect(ruleOf(told, 'openSessions')).toMatchObject({ change: 'looser', isTold: false, unknown: 0 });
    expect(told.together).toMatchObject({ refused: 0, unknown: 3 });
    expect(told.cannotTell).toContain('refused-then');
  });
  it('says of a shorter silence by how much calls that ended in one would have ended earlier, where that is kept', () => {
    const idle = { endReason: 'idle' as const };
    const calls = [somePastCall(1, [0, 400], idle), somePastCall(2, [0, 400], { ...idle, granted: undefined })];
    const told = preview(calls, policyOf(wide), policyOf({ ...wide, idleSeconds: 100 }));
    expect(ruleOf(told, 'idleSeconds')).toMatchObject({ endedEarlier: 1, endedEarlierSeconds: 200, unknown: 1 });
    expect(told.cannotTell).toEqual(expect.arrayContaining(['silence', 'records']));
  });
  it('tells nothing of limits that what is kept does not show, and says so', () => {
    const after = { ...wide, requestsPerMinute: 1, startsPerAddress: 1 };
    const told = preview([somePastCall(1, [0, 9])], policyOf(wide), policyOf(after));
    expect(told.rules.map(({ rule, change, isTold }) => [rule, change, isTold])).toEqual([
      ['requestsPerMinute', 'stricter', false],
      ['startsPerAddress', 'stricter', false],
    ]);
    expect(told.cannotTell).toEqual(expect.arrayContaining(['addresses', 'requests']));
  });
  it('says of limits of a person that visitors who were linked count as one', () => {
    for (const rule of ['openSessionsPerPerson', 'startsPerPerson'] as const)
      expect(preview([], policyOf(wide), policyOf({ ...wide, [rule]: 1 })).cannotTell).toContain('linked');
    expect(preview([], policyOf(wide), policyOf({ ...wide, openSessions: 1 })).cannotTell).not.toContain('linked');
  });
  it('names no person', () => {
    const told = preview(
      [somePastCall(1, [0, 9], { person: 'somebody' })],
      policyOf(wide),
      policyOf({ openSessions: 0 }),
    );
    expect(JSON.stringify(told)).not.toContain('somebody');
  });
});
