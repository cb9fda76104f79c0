import { type Amount, type PreviewedRule, previewExamplesMax, previewNamesMax } from '@vox/contracts';
import type { Differing } from './differing.ts';
import type { Outcomes, PastCall } from './past-call.ts';

type Names = PreviewedRule['agents'];
export type Effect = Pick<PreviewedRule, 'refused' | 'endedEarlier' | 'endedEarlierSeconds' | 'unknown' | 'notSpent'>;

const nothing: Amount = { tokens: 0, micros: 0, seconds: 0 };

/** What outcomes are in numbers. What a shortened call would have spent is not known, but for its seconds. */
export function effectOf(outcomes: Outcomes): Effect {
  let [refused, endedEarlier, endedEarlierSeconds, unknown] = [0, 0, 0, 0];
  const notSpent = { ...nothing };
  for (const [{ used }, outcome] of outcomes) {
    const { tokens, micros, seconds } = used ?? nothing;
    if (outcome.kind === 'unknown') unknown += 1;
    else if (outcome.kind === 'refused') {
      refused += 1;
      notSpent.tokens += tokens;
      notSpent.micros += micros;
      notSpent.seconds += seconds;
    } else {
      endedEarlier += 1;
      endedEarlierSeconds += outcome.seconds;
      notSpent.seconds += Math.min(seconds, outcome.seconds);
    }
  }
  return { refused, endedEarlier, endedEarlierSeconds, unknown, notSpent };
}

/** The calls that used less than they did, nobody knows by how much: those shortened, and those never settled. */
export const spentUnknown = (outcomes: Outcomes): number =>
  [...outcomes].filter(([{ used }, { kind }]) => kind === 'earlier' || (kind === 'refused' && used === null)).length;

/** A rule with what it would have done, and to whose calls. */
export function rowOf(rule: Differing, outcomes: Outcomes, isTold: boolean): PreviewedRule {
  const calls = [...outcomes.keys()];
  return {
    ...rule,
    isTold,
    ...effectOf(outcomes),
    agents: namesIn(calls, ({ agentId }) => agentId),
    models: namesIn(calls, ({ granted }) => granted?.model),
    widgetKeys: namesIn(calls, ({ widgetKey }) => widgetKey),
    examples: calls
      .toSorted((one, other) => other.startedAtMs - one.startedAtMs)
      .slice(0, previewExamplesMax)
      .map(({ sessionId }) => sessionId),
  };
}

/** Names by how many calls have them, the most first. */
function namesIn(calls: readonly PastCall[], nameOf: (call: PastCall) => string | undefined): Names {
  const counts = new Map<string, number>();
  for (const call of calls) {
    const name = nameOf(call);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, calls: count }))
    .sort((one, other) => other.calls - one.calls || (one.name < other.name ? -1 : 1))
    .slice(0, previewNamesMax);
}
