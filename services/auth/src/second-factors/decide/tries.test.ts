import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockedUntilMs, triesAllowed, withFailure } from './tries.ts';

const day = 24 * 3_600_000;

describe('the tries of a second factor', () => {
  it('never pass five within any hour and twenty within any day, whenever they are made', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_600_000 }), { maxLength: 200 }), (pauses) => {
        let nowMs = 1_000_000_000_000;
        let failures: readonly number[] = [];
        const evaluated: number[] = [];
        for (const pause of pauses) {
          nowMs += pause;
          if (blockedUntilMs(failures, nowMs) !== undefined) continue;
          failures = withFailure(failures, nowMs);
          evaluated.push(nowMs);
        }
        for (const { most, withinMs } of triesAllowed)
          for (const [at, startMs] of evaluated.entries())
            expect(evaluated.slice(at).filter((each) => each < startMs + withinMs).length).toBeLessThanOrEqual(most);
      }),
    );
  });
  it('come back by themselves: nobody is shut out for longer than a day', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: day }), { maxLength: 40 }), (pauses) => {
        let nowMs = 1_000_000_000_000;
        let failures: readonly number[] = [];
        for (const pause of pauses) failures = withFailure(failures, (nowMs += pause));
        expect(blockedUntilMs(failures, nowMs + day)).toBeUndefined();
        expect(failures.length).toBeLessThanOrEqual(20);
      }),
    );
  });
});
