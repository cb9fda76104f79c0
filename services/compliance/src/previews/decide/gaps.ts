import { PreviewGap, type PreviewRule } from '@vox/contracts';
import type { Both, Differing } from './differing.ts';
import type { PastCall } from './past-call.ts';
import { isBudget } from './replay.ts';
import type { Effect } from './tally.ts';

export type GapSource = Both &
  Readonly<{ rules: readonly Differing[]; calls: readonly PastCall[]; together: Effect; nowMs: number }>;

/** When each is missing. The two that are always missing: calls that go on, and those of which nothing is kept. */
const isMissing: Readonly<Record<PreviewGap, (source: GapSource) => boolean>> = {
  'live-calls': () => true,
  'gone-calls': () => true,
  visitors: ({ together: { refused, endedEarlier, unknown } }) => refused + endedEarlier + unknown > 0,
  'refused-then': ({ rules }) => rules.some(({ change }) => change === 'looser' || change === 'both'),
  records: ({ rules, calls }) =>
    rules.length > 0 && calls.some(({ kind, granted, asked }) => !kind || !granted || !asked),
  'worst-cases': ({ rules }) => rules.some(({ rule, change }) => isBudget(rule) && change === 'stricter'),
  'shortened-use': ({ together }) => together.endedEarlier > 0,
  'month-before': ({ rules }) => rules.some(({ rule, change }) => /PerMonth$/.test(rule) && change === 'stricter'),
  overrides: ({ inForce: { policy }, rules, nowMs }) =>
    rules.some(({ rule, kind }) =>
      policy.overrides.some((each) => each.limit === rule && each.kind === kind && Date.parse(each.until) > nowMs),
    ),
  silence: ({ rules }) => rules.some(({ rule, change }) => rule === 'idleSeconds' && change === 'stricter'),
  addresses: names('openSessionsPerAddress', 'startsPerAddress'),
  linked: names('openSessionsPerPerson', 'startsPerPerson'),
  requests: names('requestsPerMinute', 'burst'),
  bots: names('botMode', 'botUnavailable'),
  consents: names('consent'),
  instructions: names('instructions', 'tools'),
  providers: names('providers'),
  'time-zone': names('timeZone'),
};

function names(...wanted: PreviewRule[]): (source: GapSource) => boolean {
  return ({ rules }) => rules.some(({ rule }) => wanted.includes(rule));
}

/** What cannot be told of a draft, in the order of the list of gaps. */
export const gapsOf = (source: GapSource): PreviewGap[] => PreviewGap.options.filter((gap) => isMissing[gap](source));
