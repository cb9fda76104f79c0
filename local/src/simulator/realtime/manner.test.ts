import { describe, expect, it } from 'vitest';
import { Manner } from './manner.ts';
import { eventsOfTurn } from './turn.ts';
import type { TurnUsage } from './usage.ts';

const { listener } = await import(new URL('../../../../widget/src/page/direct/heard.js', import.meta.url).href);
const usage: TurnUsage = { textIn: 1, audioIn: 1, cachedIn: 0, textOut: 1, audioOut: 1 };
const script = { heard: ['What are your hours?'], said: ['We are open from nine to five.'] };

/** What the widget's page, for which these events are made, keeps of one turn. */
function kept(manner: Manner): [string, string, string[]][] {
  const heard = listener(() => 0);
  const events = eventsOfTurn({ turn: 0, usage, script: { ...script, manners: [manner] }, transcribed: true });
  const messages = [...events.flatMap((event) => heard.hear(event)), ...heard.flush()];
  return messages.map(({ role, text, meta = {} }) => [role, text, Object.keys(meta)]);
}
const user = ['user', 'What are your hours?', []];
const agent = ['assistant', 'We are open from nine to five.', []];

describe('a turn of the simulated provider', () => {
  it.each([
    ['whole', [user, agent]],
    ['older', [user, agent]],
    ['streamed', [user, agent]],
    ['interrupted', [user, ['assistant', 'We are open from nine to ', ['interrupted']]]],
    ['truncated', [user, agent, ['assistant', '[interrupted: the rest was not heard]', ['truncates', 'heardMs']]]],
    ['failed', [['user', '[not transcribed]', ['gap']], agent]],
    ['late', [user, agent]],
    ['broken', [['user', 'What are your hours?\ufffd', []], agent]],
    ['empty', [agent]],
  ] as const)('that comes in the manner “%s” is kept by the widget’s page as it was', (manner, messages) => {
    expect(kept(manner)).toEqual(messages);
  });
  it('can come in every manner that has a name', () => {
    for (const manner of Manner.options) expect(kept(manner).length).toBeGreaterThan(0);
  });
});
