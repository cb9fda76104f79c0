import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LiveEvent } from '../decide/live-event.ts';
import { newLine } from './line.ts';

const state: LiveEvent = { kind: 'state', state: 'listening' };
const ended: LiveEvent = { kind: 'ended', reason: 'quota' };
const outlet = () => {
  const out: string[] = [];
  return {
    out,
    event: (id: string, { kind }: LiveEvent) => void out.push(`${id} ${kind}`),
    silence: () => void out.push('silence'),
    end: (retryMs?: number) => void out.push(`end ${retryMs}`),
  };
};

describe('a line', () => {
  it('says first what comes first, and then what was said before it flowed', () => {
    const [line, page] = [newLine(), outlet()];
    line.say(state);
    line.silence();
    line.begin(7, [{ kind: 'notice', what: 'settings-restored' }]);
    line.flow(page);
    line.say(state);
    expect(page.out).toEqual(['7-1 notice', '7-2 state', '7-3 state']);
  });
  it('ends once, behind its end or when it is told to, whatever comes later and whenever it flows', () => {
    const step = fc.constantFrom('say', 'silence', 'ended', 'end', 'moved', 'flow');
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const [line, page] = [newLine(), outlet()];
        let left = 0;
        line.whenOver(() => void (left += 1));
        line.begin(1, []);
        const acts = {
          ...{ say: () => line.say(state), silence: line.silence, ended: () => line.say(ended), end: () => line.end() },
          ...{ moved: () => line.end(9), flow: () => page.out.length === 0 && line.flow(page) },
        };
        for (const each of steps) acts[each]();
        line.end();
        line.whenOver(() => void (left += 1));
        expect(left).toBe(2);
        const flowed = steps.includes('flow');
        expect(page.out.filter((each) => each.startsWith('end'))).toHaveLength(flowed ? 1 : 0);
        if (flowed) expect(page.out.at(-1)).toMatch(/^end/);
      }),
    );
  });
  it('that was ended before it flows says nothing but when to come back', () => {
    const [line, page] = [newLine(), outlet()];
    line.begin(1, [state]);
    line.end(700);
    line.end();
    line.flow(page);
    expect(page.out).toEqual(['end 700']);
  });
});
