export type Timers = Readonly<{
  after: (ms: number, run: () => void) => void;
  every: (ms: number, run: () => void) => void;
  clear: () => void;
}>;

/** The timers of one call, which end together. None of them keeps the process alive. */
export function timersOf(): Timers {
  const running = new Set<NodeJS.Timeout>();
  return {
    after(ms, run) {
      const timer = setTimeout(() => {
        running.delete(timer);
        run();
      }, ms);
      running.add(timer.unref());
    },
    every: (ms, run) => void running.add(setInterval(run, ms).unref()),
    clear() {
      for (const timer of running) clearTimeout(timer);
      running.clear();
    },
  };
}
