import { describe, expect, it } from 'vitest';
import type { Log } from '../telemetry/mod.ts';
import { watchHealth } from './health.ts';

function noted() {
  const lines: string[] = [];
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: ({ dependency, tried }) => void lines.push(`${dependency} at ${tried} is down`),
    error: () => undefined,
    answered: (dependency) => void lines.push(`${dependency} answers`),
  };
  return { log, lines };
}
const never = () => new Promise<never>(() => undefined);

describe('a dependency of a service', () => {
  it('is reported as down or back even while no request needs it', async () => {
    const { log, lines } = noted();
    let there = false;
    const health = watchHealth(log, 5);
    health.watch({ name: 'store', tried: 'a:1', needed: true, ask: async () => there });
    await expect.poll(() => lines.at(-1)).toBe('store at a:1 is down');
    there = true;
    await expect.poll(() => lines.at(-1)).toBe('store answers');
    await health.stop();
  });

  it('is reported within a second even if it hangs, and is not probed again until it has answered', async () => {
    const { log } = noted();
    let asked = 0;
    const health = watchHealth(log, 10_000);
    const ask = () => {
      asked += 1;
      return never();
    };
    health.watch({ name: 'bus', tried: 'a:1', needed: true, ask });
    const startedMs = performance.now();
    expect([await health.needed(), await health.needed()]).toEqual([{ bus: false }, { bus: false }]);
    expect(performance.now() - startedMs).toBeLessThan(2_000 + 500);
    expect(asked).toBe(1);
    await health.stop();
  });

  it('does not count for readiness if the service works without it', async () => {
    const { log } = noted();
    const health = watchHealth(log, 10_000);
    health.watch({ name: 'counters', tried: 'a:1', needed: false, ask: async () => false });
    expect(await health.needed()).toEqual({});
    await health.stop();
  });
});
