import type { PreviewedPolicy, PreviewedRule, PreviewGap } from '@vox/contracts';
import { tableOf } from './table.ts';
import { withoutControls } from './without-controls.ts';

const gaps: Readonly<Record<PreviewGap, string>> = {
  'live-calls': 'calls that go on now were not looked at',
  'gone-calls': 'calls of persons who were erased, and calls older than the policy keeps usage, are not there',
  visitors: 'what visitors would have done instead',
  'refused-then': 'which calls were refused then and would have begun',
  records: 'some calls are from before all of this was kept, or the audit log no longer has them',
  'worst-cases': 'a budget holds the worst case of each call while it lasts: it may be used up sooner than shown',
  'shortened-use': 'which tokens and money calls that end earlier would have used',
  'month-before': 'what was used in the month before these days',
  overrides: 'limits that are overridden for a time stay so, whatever the policy says',
  silence: 'how long calls were silent before their end',
  addresses: 'from which address a call came',
  linked: 'visitors who were linked to one person count as one here, and were counted apart then',
  requests: 'how many requests there were',
  bots: 'who would have proved to be no bot',
  consents: 'who would have consented',
  instructions: 'what agents would have said or done under other instructions or tools',
  providers: 'how calls would have gone elsewhere',
  'time-zone': 'the days are those of the draft’s time zone, and not those that were counted by then',
};

const numbersOf = ({ isTold, refused, endedEarlier, unknown }: PreviewedRule) =>
  isTold ? { refused, earlier: endedEarlier, unknown } : { refused: '?', earlier: '?', unknown: '?' };

const ruleRows = ({ rules }: PreviewedPolicy) =>
  rules.map((each) => {
    const { rule, kind, change, before, after, examples } = each;
    return { rule, kind, change, before, after, ...numbersOf(each), example: examples[0] };
  });

const dollarsOf = (micros: number): string => `$${(micros / 1_000_000).toFixed(4)}`;

function together({ together: of }: PreviewedPolicy): string[] {
  const { refused, endedEarlier, endedEarlierSeconds, unknown, notSpent, notSpentUnknown } = of;
  const more = notSpentUnknown === 0 ? '' : `, and nobody knows how much of ${notSpentUnknown} calls`;
  return [
    `Together: ${refused} calls would not have begun, ${endedEarlier} would have ended earlier (by at least ` +
      `${endedEarlierSeconds} s in all), and of ${unknown} nobody knows.`,
    `Not spent: ${notSpent.tokens} tokens, ${dollarsOf(notSpent.micros)}, ${notSpent.seconds} s${more}.`,
  ];
}

/** A preview as people read it. */
export function previewText(preview: PreviewedPolicy): string {
  const { calls, from, to, timeZone, isPart, rules, reached, peaks, cannotTell } = preview;
  const part = isPart ? ' There were more in these days: these are the newest.' : '';
  const list = (title: string, rows: readonly object[]): string[] =>
    rows.length === 0 ? [] : ['', title, (tableOf(rows) ?? '').trimEnd()];
  const lines = [
    `Looked at: ${calls} calls from ${from} to ${to} (days in ${withoutControls(timeZone)}).${part}`,
    ...(rules.length === 0 ? ['Nothing differs that binds calls.'] : list('Rule by rule:', ruleRows(preview))),
    ...(rules.length === 0 ? [] : ['', ...together(preview)]),
    ...list('Used up, by then at the latest:', reached),
    ...list('Most open calls at once:', peaks),
    ...['', 'What cannot be told:', ...cannotTell.map((gap) => `- ${gaps[gap]}`)],
  ];
  return `${lines.join('\n')}\n`;
}
