import type { Policy, PolicyAgent, PreviewRule, ToldAgent } from '@vox/contracts';
import { somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { resolved, somePastCall, someTold } from '../previews.fixture.ts';
import { judges } from './choices.ts';
import { differing } from './differing.ts';
import { type PastCall, toldBy } from './past-call.ts';

const [guide] = somePolicy().agents as [PolicyAgent];
const agents = (...given: Partial<PolicyAgent>[]): Partial<Policy> => ({
  agents: given.map((each) => ({ ...guide, ...each })),
});
const both = agents({}, { agentId: 'clerk' });
const call = (over: Partial<PastCall> = {}): PastCall => somePastCall(1, [0, 60], over);
const [mini, full] = ['gpt-realtime-2.1-mini', 'gpt-realtime-2.1'];

/** How a rule changes, and what it would have done to a call. */
function judgedBy(rule: PreviewRule, before: Partial<Policy>, after: Partial<Policy>, of: PastCall, told = toldSame) {
  const given = { inForce: resolved(somePolicy(before), told[0]), drafted: resolved(somePolicy(after), told[1]) };
  const found = differing(given).find((each) => each.rule === rule);
  return [found?.change, found && judges[rule]?.(of, given, found.change)?.kind];
}
const toldSame: readonly (readonly ToldAgent[])[] = [[someTold()], [someTold()]];

describe('a rule that is no limit', () => {
  it.each<[string, PreviewRule, Partial<Policy>, Partial<Policy>, PastCall, unknown[]]>([
    [
      'refuses who asked for an agent that is gone',
      'agents',
      both,
      agents({ agentId: 'clerk' }),
      call({ asked: { agentId: 'guide' } }),
      ['stricter', 'refused'],
    ],
    [
      'gives who asked for no agent another one',
      'agents',
      both,
      agents({ agentId: 'clerk' }),
      call(),
      ['stricter', 'unknown'],
    ],
    [
      'knows nothing of a call whose request is not kept',
      'agents',
      both,
      agents({ agentId: 'clerk' }),
      call({ asked: undefined }),
      ['stricter', 'unknown'],
    ],
    [
      'leaves calls of an agent that was gone already',
      'agents',
      both,
      agents({ agentId: 'clerk' }),
      call({ agentId: 'former' }),
      ['stricter', undefined],
    ],
    [
      'gives who asked for no agent the new default',
      'agents',
      both,
      agents({ agentId: 'clerk' }, {}),
      call(),
      ['other', 'unknown'],
    ],
    [
      'refuses who asked for a model that is gone',
      'models',
      {},
      agents({ models: [mini] }),
      call({ asked: { model: full } }),
      ['stricter', 'refused'],
    ],
    [
      'gives who asked for no model the new default',
      'models',
      {},
      agents({ models: [mini] }),
      call(),
      ['stricter', 'unknown'],
    ],
    [
      'leaves who asked for a model that stays',
      'models',
      {},
      agents({ models: [mini, full] }),
      call({ asked: { model: full } }),
      ['other', undefined],
    ],
    [
      'takes a model for another',
      'models',
      {},
      agents({ models: [full, 'new'] }),
      call({ granted: { mode: 'direct', model: mini }, asked: { model: mini } }),
      ['both', 'refused'],
    ],
    [
      'refuses who asked for a voice that is gone',
      'voices',
      {},
      agents({ voices: ['cedar'] }),
      call({ asked: { voice: 'marin' } }),
      ['stricter', 'refused'],
    ],
    [
      'refuses calls of a mode that is allowed no more',
      'calls',
      {},
      { calls: 'brokered' },
      call({ granted: { mode: 'direct' } }),
      ['stricter', 'refused'],
    ],
    ['leaves calls of a mode that stays', 'calls', {}, { calls: 'brokered' }, call(), ['stricter', undefined]],
    [
      'would have asked visitors for a consent',
      'consent',
      {},
      { consent: { ...somePolicy().consent, disclosure: true } },
      call(),
      ['stricter', 'unknown'],
    ],
    [
      'asks no console user for a consent',
      'consent',
      {},
      { consent: { ...somePolicy().consent, disclosure: true } },
      call({ kind: 'console' }),
      ['stricter', undefined],
    ],
    [
      'would have asked visitors for a proof',
      'botMode',
      {},
      { bot: { mode: 'turnstile', whenUnavailable: 'deny' } },
      call(),
      ['stricter', 'unknown'],
    ],
    [
      'asks for no proof any more',
      'botMode',
      { bot: { mode: 'botid', whenUnavailable: 'deny' } },
      {},
      call(),
      ['looser', undefined],
    ],
  ])('%s', (_what, rule, before, after, of, expected) => {
    expect(judgedBy(rule, before, after, of)).toEqual(expected);
  });
  it('refuses whom the verifier did not answer for, once that is no longer let in', () => {
    const of = (whenUnavailable: 'flag' | 'deny') => ({ bot: { mode: 'botid' as const, whenUnavailable } });
    const judged = (passed: PastCall['asked']) =>
      judgedBy('botUnavailable', of('flag'), of('deny'), call({ asked: passed }))[1];
    expect(judged({ passed: ['bot-unverified'] })).toBe('refused');
    expect(judged({ passed: ['bot'] })).toBeUndefined();
    expect(judged(undefined)).toBe('unknown');
  });
  it('touches the calls that used a tool which is gone, and says that words differ', () => {
    const tool = (name: string, hash = 'h') => ({ name, hash });
    const told = [[someTold({ tools: [tool('find'), tool('book')] })], [someTold({ tools: [tool('book', 'i')] })]];
    const given = { inForce: resolved(somePolicy(), told[0]), drafted: resolved(somePolicy(), told[1]) };
    expect(differing(given).map(({ rule, change }) => [rule, change])).toEqual([
      ['tools', 'stricter'],
      ['instructions', 'other'],
    ]);
    const judged = (over: Partial<PastCall>) => judges.tools?.(call(over), given, 'stricter')?.kind;
    expect([judged({ tools: ['find'] }), judged({ tools: ['book'] })]).toEqual(['unknown', undefined]);
    expect(judged({ granted: undefined })).toBe('unknown');
  });
  it('is not among those that differ where two policies say the same', () => {
    const same = resolved(somePolicy());
    expect(differing({ inForce: same, drafted: same })).toEqual([]);
  });
});

describe('what the audit log tells of calls', () => {
  const id = '00000000-0000-4000-8000-000000000001';
  const entry = (factId: string, data: object) => ({ factId, data: JSON.stringify(data) });
  it('is what was asked for, what was granted and which tools were used, each tool once', () => {
    const told = toldBy([
      entry(`requested:${id}`, { model: full, passed: ['origin', 'bot'], identity: { visitorId: 'v_1' } }),
      entry(`granted:${id}`, { model: full, voice: 'marin', idleSeconds: 60 }),
      entry(`tool-used:${id}:1`, { name: 'find' }),
      entry(`tool-used:${id}:2`, { name: 'find' }),
    ]);
    expect(told.get(id)).toEqual({
      asked: { agentId: undefined, model: full, voice: undefined, passed: ['origin', 'bot'] },
      granted: { mode: 'direct', model: full, voice: 'marin', idleSeconds: 60 },
      tools: ['find'],
    });
  });
});
