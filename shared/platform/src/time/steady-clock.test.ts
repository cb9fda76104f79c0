import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steadyClock } from './steady-clock.ts';

const start = Date.parse('2026-05-05T12:00:00.000Z');
const hour = 3_600_000;

/** True time, and what each of the three clocks is off by. */
function machine() {
  const off = { wall: 0, asleep: 0, shared: 0 };
  let truthMs = start;
  const clock = steadyClock(
    { wallMs: () => truthMs + off.wall, monotonicMs: () => truthMs - start - off.asleep },
    start,
  );
  return {
    off,
    pass: (ms: number) => {
      truthMs += ms;
    },
    hear: () => clock.hear(truthMs + off.shared),
    error: () => clock.now().getTime() - truthMs,
  };
}

describe('a steady clock', () => {
  it.each([hour, -hour])('does not follow a wall clock that is set by %i ms, and reports the offset', (step) => {
    const { off, pass, hear, error } = machine();
    off.wall = step;
    pass(5_000);
    expect(error()).toBe(0);
    expect(hear()).toBe(step);
    expect(error()).toBe(0);
  });
  it('does not follow a shared clock that jumps while the wall clock goes on as before', () => {
    const { off, pass, hear, error } = machine();
    off.shared = hour;
    pass(5_000);
    hear();
    expect(error()).toBe(0);
  });
  it('catches up after the machine slept, because the two others agree', () => {
    const { off, pass, hear, error } = machine();
    pass(hour);
    off.asleep = hour;
    hear();
    expect(error()).toBe(0);
  });
  it('begins with the shared clock, whatever the wall clock of a new machine says', () => {
    const clock = steadyClock({ wallMs: () => start - hour, monotonicMs: () => 17 }, start);
    expect(clock.now().getTime()).toBe(start);
    clock.hear(start);
    expect(clock.now().getTime()).toBe(start);
  });
  it('is never further off than the better two of its three clocks, whichever one is wrong', () => {
    const lie = fc.integer({ min: -48 * hour, max: 48 * hour });
    const near = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('wall', 'shared'), lie, near)), (rounds) => {
        const { off, pass, hear, error } = machine();
        for (const [liar, by, small] of rounds) {
          Object.assign(off, { wall: small, shared: small, [liar as string]: by });
          pass(10_000);
          hear();
          expect(Math.abs(error())).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});
