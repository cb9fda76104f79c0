import { stoppedClock } from '@vox/platform/time';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptPins, pinsKeptMs } from './kept-pins.ts';
import { pinned } from './mcp.fixture.ts';

const tool = (name: string) => pinned('https://mcp.shop.com/mcp', { tool: name });
const opened = () => {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  return { clock, pins: keptPins(clock, { tenant: 3, all: 7 }) };
};

describe('the pins that are kept', () => {
  it('are of one tenant, one server, its headers, one tool and what it was pinned as', () => {
    const { pins } = opened();
    const kept = tool('a');
    pins.of('acme', kept).keep();
    expect(pins.of('acme', kept).isKept()).toBe(true);
    expect(pins.of('other', kept).isKept()).toBe(false);
    for (const over of [{ tool: 'b' }, { pin: 'x' }, { server: 'https://b.com/' }, { headers: {} }])
      expect(pins.of('acme', { ...kept, ...over }).isKept()).toBe(false);
  });
  it('are never more than a tenant may have, nor than all may, and all that are older than a minute are dropped', () => {
    const step = fc.record({
      tenant: fc.nat(5),
      name: fc.nat(9),
      ms: fc.constantFrom(0, 1, pinsKeptMs / 2, pinsKeptMs),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { clock, pins } = opened();
        const keptAt = new Map<string, number>();
        for (const { tenant, name, ms } of steps) {
          clock.advanceMs(ms);
          const one = pins.of(`t${tenant}`, tool(`n${name}`));
          const at = keptAt.get(`${tenant} ${name}`);
          if (one.isKept()) expect(clock.now().getTime() - (at ?? 0)).toBeLessThan(pinsKeptMs);
          one.keep();
          keptAt.set(`${tenant} ${name}`, clock.now().getTime());
          expect(one.isKept()).toBe(true);
          expect(pins.size()).toBeLessThanOrEqual(7);
          const ofTenant = Array.from({ length: 10 }, (_, n) => pins.of(`t${tenant}`, tool(`n${n}`)).isKept());
          expect(ofTenant.filter(Boolean).length).toBeLessThanOrEqual(3);
        }
        clock.advanceMs(pinsKeptMs);
        pins.of('acme', tool('a')).keep();
        expect(pins.size()).toBe(1);
      }),
    );
  });
});
