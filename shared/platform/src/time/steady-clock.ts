import type { Clock } from './clock.ts';

/**
 * The two clocks of this machine: one that somebody may set, and a monotonic one (which stands still while the machine
 * sleeps).
 */
export type OwnClocks = Readonly<{ wallMs: () => number; monotonicMs: () => number }>;

export const ownClocks: OwnClocks = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };

export type SteadyClock = Clock &
  Readonly<{
    /** Takes the time of a shared clock. Returns the offset of this machine's wall clock, in milliseconds. */
    hear: (sharedMs: number) => number;
  }>;

const median = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

/**
 * A clock that nobody can set. It runs on from the shared clock's first time. Each later time of the shared clock it
 * takes the median of three: its own time, the wall clock, and the shared clock. A jump of any one is outvoted by the
 * other two.
 */
export function steadyClock({ wallMs, monotonicMs }: OwnClocks, sharedMs: number): SteadyClock {
  let aheadMs = sharedMs - monotonicMs();
  const own = (): number => monotonicMs() + aheadMs;
  return {
    now: () => new Date(own()),
    hear(heardMs) {
      aheadMs += median(own(), wallMs(), heardMs) - own();
      return wallMs() - own();
    },
  };
}
