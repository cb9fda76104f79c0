import type { Clock } from './clock.ts';

/**
 * Two clocks of this machine: one that somebody may set, and one that only goes on (and stands still while the machine
 * sleeps).
 */
export type OwnClocks = Readonly<{ wallMs: () => number; monotonicMs: () => number }>;

export const ownClocks: OwnClocks = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };

export type SteadyClock = Clock &
  Readonly<{
    /**
     * Takes what a clock that all share says the time is. Answers by how much the wall clock of this machine is off, in
     * milliseconds.
     */
    hear: (sharedMs: number) => number;
  }>;

const median = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

/**
 * A clock that nobody can set. It goes on by itself from what the shared clock said first; each time that it hears the
 * shared clock again it takes the middle of three: what it thinks itself, the wall clock, and the shared one. Whichever
 * one of them jumps is outvoted by the two others.
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
