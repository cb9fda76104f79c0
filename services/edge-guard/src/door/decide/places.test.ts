import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachOf, placesOf } from './places.ts';

describe('places', () => {
  it('are all free, and no holder is remembered, after any order of takes and leaves, each left once or twice', () => {
    const step = fc.record({ holder: fc.constantFrom('a', 'b', 'c', 'd'), leaves: fc.nat(40), twice: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(step),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        (steps, all, each) => {
          const places = placesOf({ all, each });
          const held: { holder: string; leave: () => void }[] = [];
          for (const { holder, leaves, twice } of steps) {
            const own = held.filter((one) => one.holder === holder).length;
            const taken = places.take(holder);
            if (typeof taken === 'string') expect(taken).toBe(own >= each ? 'holder-has-enough' : 'all-taken');
            else held.push({ holder, leave: taken.leave });
            expect(held.length).toBeLessThanOrEqual(all);
            const [gone] = leaves < held.length ? held.splice(leaves, 1) : [];
            gone?.leave();
            if (twice) gone?.leave();
            expect(places.count()).toEqual({
              taken: held.length,
              holders: new Set(held.map((one) => one.holder)).size,
            });
          }
          for (const { leave } of held) leave();
          expect(places.count()).toEqual({ taken: 0, holders: 0 });
        },
      ),
    );
  });
  it('go to one holder up to a tenth of them, at least eight and at most what is set', () => {
    expect([eachOf(2_000, 64), eachOf(300, 64), eachOf(20, 64), eachOf(1_000_000, 200)]).toEqual([64, 30, 8, 200]);
  });
});
