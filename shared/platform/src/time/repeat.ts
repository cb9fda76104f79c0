/** Runs `work` every `everyMs` after its last end, never twice at once, until stopped. */
export type Repeat = Readonly<{ stop: () => Promise<void> }>;

export function repeat(everyMs: number, work: () => Promise<unknown>, onError: (error: unknown) => void): Repeat {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const round = (): void => {
    running = work()
      .catch(onError)
      .then(() => {
        if (!stopped) timer = setTimeout(round, everyMs);
      });
  };
  timer = setTimeout(round, everyMs);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
