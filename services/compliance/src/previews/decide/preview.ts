import { type Amount, type IdentityKind, identityKinds, type PreviewedPolicy } from '@vox/contracts';
import { judges } from './choices.ts';
import { type Both, type Differing, differing } from './differing.ts';
import { gapsOf } from './gaps.ts';
import { type Outcome, type Outcomes, type PastCall, refused, unknown } from './past-call.ts';
import { peakOf } from './peak.ts';
import {
  type CappedLimit,
  cappedLimits,
  isBudget,
  type Reached,
  type ReplayedCall,
  type ReplayedCaps,
  replay,
} from './replay.ts';
import { effectOf, rowOf, spentUnknown } from './tally.ts';
import { budgetOutcome, isTimeLimit, timeOutcome } from './time-limits.ts';

export type PreviewSource = Both &
  Readonly<{
    /** Of one tenant, begun since `fromMs` and over. */
    calls: readonly PastCall[];
    fromMs: number;
    nowMs: number;
    isPart: boolean;
  }>;

type Judged = Readonly<{ rule: Differing; outcomes: Outcomes; reached: readonly Reached[] }>;

/** What a draft would have done to calls that are over, told by the policy in force. */
export function previewOf(source: PreviewSource): PreviewedPolicy {
  const { inForce, drafted, calls, fromMs, nowMs, isPart } = source;
  const judged = differing(source).map((rule) => judge(rule, source));
  const rules = judged.map(({ rule }) => rule);
  const joint = together(judged, source);
  const effect = effectOf(joint);
  return {
    tenantId: inForce.policy.tenantId,
    ...{ from: iso(fromMs), to: iso(nowMs), timeZone: drafted.policy.timeZone },
    ...{ calls: calls.length, isPart },
    rules: judged.map(({ rule, outcomes }) => rowOf(rule, outcomes, isTold(rule, outcomes))),
    together: { ...effect, notSpentUnknown: spentUnknown(joint) },
    reached: judged.flatMap(({ rule: { rule, kind }, reached }) =>
      reached.flatMap(({ day, atMs }) => (kind === null ? [] : [{ day, rule, kind, at: iso(atMs) }])),
    ),
    peaks: identityKinds.flatMap((kind) => {
      const peak = peakOf(calls.filter((call) => call.kind === kind));
      const [before, after] = [inForce, drafted].map(({ policy }) => policy.limits[kind].openSessions);
      return peak === undefined
        ? []
        : [{ kind, open: peak.open, at: iso(peak.atMs), before: before ?? 0, after: after ?? 0 }];
    }),
    cannotTell: gapsOf({ ...source, rules, together: effect }),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
const capOf = ({ rule }: Differing): CappedLimit | undefined => cappedLimits.find((each) => each === rule);

/** What is looser shows in calls that a limit ended. Whoever was refused then is no call. */
function isTold({ rule, change }: Differing, outcomes: Outcomes): boolean {
  if (change === 'looser') return outcomes.size > 0 || isTimeLimit(rule) || isBudget(rule);
  return judges[rule] !== undefined || isTimeLimit(rule) || cappedLimits.some((each) => each === rule);
}

/** What one rule would have done, as if it alone differed. */
function judge(rule: Differing, source: PreviewSource): Judged {
  const { calls } = source;
  const cap = capOf(rule);
  if (cap !== undefined && rule.change === 'stricter') {
    const ofKind = calls.filter(({ kind }) => kind === rule.kind);
    const replayed = replay(replayedCalls(ofKind, whole), { [cap]: rule.after ?? 0 });
    const gone = ofKind.filter(({ sessionId }) => replayed.refused.has(sessionId));
    const reached = replayed.reached.filter(({ limit }) => limit === cap);
    return { rule, outcomes: new Map(gone.map((call) => [call, refused])), reached };
  }
  const outcomeOf = (call: PastCall): Outcome | undefined => {
    if (isBudget(rule.rule)) return budgetOutcome(call, rule.kind);
    if (isTimeLimit(rule.rule)) return timeOutcome(call, rule);
    return judges[rule.rule]?.(call, source, rule.change);
  };
  const found = calls.flatMap((call): (readonly [PastCall, Outcome])[] => {
    const outcome = outcomeOf(call);
    return outcome === undefined ? [] : [[call, outcome]];
  });
  return { rule, outcomes: new Map(found), reached: [] };
}

const none: Amount = { tokens: 0, micros: 0, seconds: 0 };
type Cut = (call: PastCall) => number;
/** A call that is not shortened. */
const whole: Cut = () => 0;

/** Calls as they are replayed, shortened by so many seconds: of what such a call spent, its seconds alone are sure. */
const replayedCalls = (calls: readonly PastCall[], cutOf: Cut): ReplayedCall[] =>
  calls.flatMap((call) => {
    const { sessionId, kind, widgetKey, person, day, startedAtMs, endedAtMs, used } = call;
    if (kind === undefined) return [];
    const cut = cutOf(call);
    const spent = used ?? none;
    const left = cut === 0 ? spent : { ...none, seconds: Math.max(0, spent.seconds - cut) };
    const times = { startMs: startedAtMs, endMs: endedAtMs - cut * 1_000, day };
    return [{ id: sessionId, kind, widgetKey, person, ...times, spent: left }];
  });

/** What all rules would have done together: a call that one of them refuses leaves room under the others. */
function together(judged: readonly Judged[], source: PreviewSource): Outcomes {
  const outcomes = new Map<PastCall, Outcome>();
  for (const { rule, outcomes: alone } of judged)
    for (const [call, outcome] of alone)
      if (capOf(rule) === undefined || outcome.kind !== 'refused')
        outcomes.set(call, graver(outcomes.get(call), outcome));
  const remaining = source.calls.filter((call) => outcomes.get(call)?.kind !== 'refused');
  const cutOf: Cut = (call) => {
    const outcome = outcomes.get(call);
    return outcome?.kind === 'earlier' ? outcome.seconds : 0;
  };
  for (const kind of identityKinds) {
    const ofKind = remaining.filter((call) => call.kind === kind);
    const gone = replay(replayedCalls(ofKind, cutOf), capsOf(judged, kind)).refused;
    for (const call of ofKind) if (gone.has(call.sessionId)) outcomes.set(call, refused);
  }
  return outcomes;
}

const capsOf = (judged: readonly Judged[], of: IdentityKind): ReplayedCaps =>
  Object.fromEntries(
    judged.flatMap(({ rule }) => {
      const cap = capOf(rule);
      return cap !== undefined && rule.kind === of && rule.change === 'stricter' ? [[cap, rule.after ?? 0]] : [];
    }),
  );

/** Of two outcomes of one call: refused before shortened, the longer cut before the shorter, both before unknown. */
function graver(one: Outcome | undefined, other: Outcome): Outcome {
  if (one === undefined || other.kind === 'refused') return other;
  if (one.kind === 'refused') return one;
  if (one.kind === 'earlier' && other.kind === 'earlier') return one.seconds >= other.seconds ? one : other;
  return one.kind === 'earlier' ? one : other.kind === 'earlier' ? other : unknown;
}
