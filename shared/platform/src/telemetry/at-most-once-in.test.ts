import { describe, expect, it } from 'vitest';
import { stoppedClock } from '../time/mod.ts';
import { atMostOnceIn } from './at-most-once-in.ts';

describe('a report that many requests cause', () => {
  it('is made once in a while, with the number of reports left out', () => {
    const clock = stoppedClock('2026-05-05T12:00:00.000Z');
    const said: [unknown, number][] = [];
    const say = atMostOnceIn(1_000, clock, (error, unsaid) => said.push([error, unsaid]));
    for (let n = 0; n < 500; n += 1) say(n);
    clock.advanceMs(999);
    say('still too soon');
    clock.advanceMs(1);
    say('again');
    clock.advanceMs(1_000);
    say('alone');
    expect(said).toEqual([
      [0, 0],
      ['again', 500],
      ['alone', 0],
    ]);
  });
});
