import { describe, expect, it } from 'vitest';
import { outages } from './outages.ts';

function at() {
  let nowMs = 1_000;
  const down = outages(() => nowMs);
  const later = (ms: number): void => {
    nowMs += ms;
  };
  return { down, later };
}

describe('an outage', () => {
  it('is reported once in ten seconds, with its length and the number of reports left out', () => {
    const { down, later } = at();
    const said = Array.from({ length: 31 }, () => {
      const told = down.failed('store');
      later(1_000);
      return told;
    });
    expect(said.filter(Boolean)).toEqual([
      { downSeconds: 0, unsaid: 0 },
      { downSeconds: 10, unsaid: 9 },
      { downSeconds: 20, unsaid: 9 },
      { downSeconds: 30, unsaid: 9 },
    ]);
  });
  it('is reported as over once, after a while without failure', () => {
    const { down, later } = at();
    down.failed('store');
    down.failed('store');
    later(1_999);
    expect(down.answered('store')).toBeUndefined();
    later(1);
    expect(down.answered('store')).toEqual({ downSeconds: 2, unsaid: 1 });
    expect(down.answered('store')).toBeUndefined();
    expect(down.answered('what never failed')).toBeUndefined();
  });
  it('that comes and goes is not reported more often', () => {
    const { down, later } = at();
    let lines = 0;
    for (let n = 0; n < 60; n += 1) {
      if (down.failed('store')) lines += 1;
      later(2_500);
      if (down.answered('store')) lines += 1;
      later(2_500);
    }
    // 300 seconds: one line of each kind in ten.
    expect(lines).toBeLessThanOrEqual(60);
    expect(lines).toBeGreaterThan(2);
  });
  it('does not hide another outage', () => {
    const { down } = at();
    down.failed('store');
    expect(down.failed('bus')).toEqual({ downSeconds: 0, unsaid: 0 });
  });
});
