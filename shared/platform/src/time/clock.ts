/** Where a service reads the time. UTC; a test stops it. */
export type Clock = Readonly<{ now: () => Date }>;

export const systemClock: Clock = { now: () => new Date() };

export type StoppedClock = Clock & { advanceMs: (ms: number) => void };

export function stoppedClock(at: string): StoppedClock {
  let time = Date.parse(at);
  return {
    now: () => new Date(time),
    advanceMs: (ms) => {
      time += ms;
    },
  };
}
