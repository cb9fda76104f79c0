import type { Paint } from '../text/paint.ts';
import { withoutControls } from '../text/without-controls.ts';
import type { Check, Story, StoryEvent } from './story.ts';

/** A duration as people read it. */
export function afterOf(ms: number): string {
  if (Math.abs(ms) < 1_000) return `+${ms} ms`;
  return ms < 120_000 ? `+${(ms / 1_000).toFixed(1)} s` : `+${Math.round(ms / 60_000)} min`;
}

const states = {
  requested: 'was asked for, and nobody has decided yet',
  denied: 'was denied',
  live: 'lives',
  ended: 'is over',
} as const;

function* plain(details: Readonly<Record<string, unknown>>, before = ''): Iterable<string> {
  for (const [name, value] of Object.entries(details)) {
    const isWithin = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isWithin) yield* plain(value as Record<string, unknown>, `${before}${name}.`);
    else if (value !== undefined && value !== null)
      yield `${before}${name}=${withoutControls(typeof value === 'string' ? value : JSON.stringify(value))}`;
  }
}

const eventLine = ({ at, afterMs, by, what, details }: StoryEvent, paint: Paint): string =>
  [
    ...[at, afterOf(afterMs).padStart(9), withoutControls(by).padEnd(15), paint('name', what.padEnd(24))],
    [...plain(details ?? {})].join(' '),
  ].join('  ');

const marks = { passed: 'good', refused: 'bad', 'not-reached': 'aside' } as const;
const checkLine = ({ by, checks, result, reason }: Check, paint: Paint): string =>
  `  ${by.padEnd(15)}  ${paint(marks[result], result.padEnd(11))}  ${checks}${reason === null ? '' : `: ${reason}`}`;

function decisionLine({ decision }: Story, paint: Paint): string {
  if (decision === null) return 'Decision: none is known.';
  const { outcome, by, reason, tookMs } = decision;
  const word = paint(outcome === 'granted' ? 'good' : 'bad', outcome);
  const took = tookMs === null ? '' : `, ${tookMs} ms after it was asked for`;
  return `Decision: ${word} by ${by}${reason === null ? '' : `, because of ${reason}`}${took}.`;
}

/** The story as text for a person. */
export function storyText(story: Story, paint: Paint): string {
  const { id, tenantId, state, checks, events, transcriptMessages } = story;
  const head =
    state === null
      ? `${id}${tenantId === null ? '' : ` of ${tenantId}`}`
      : `Call ${id} of ${tenantId} ${states[state]}.`;
  const words = transcriptMessages === null ? [] : [`Transcript: ${transcriptMessages} messages are kept.`];
  const lines = [
    head,
    ...(state === null ? [] : [decisionLine(story, paint), ...words]),
    ...(checks.length === 0 ? [] : ['', 'Checks:', ...checks.map((check) => checkLine(check, paint))]),
    ...['', 'What happened:', ...events.map((event) => eventLine(event, paint))],
  ];
  return `${lines.join('\n')}\n`;
}
