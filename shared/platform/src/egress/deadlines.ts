/** The time of one request. Its signal ends whatever is under way. */
export type Deadlines = Readonly<{
  signal: AbortSignal;
  /** The line stands: from now on only the whole time counts. */
  connected: () => void;
  /** Ends the request and whatever of it is still open. */
  stop: () => void;
  /** What work answers, or `undefined` when the time is over before. */
  orLate: <T>(work: Promise<T>) => Promise<T | undefined>;
}>;

export function deadlines(connectMs: number, wholeMs: number): Deadlines {
  const end = new AbortController();
  const { signal } = end;
  const connecting = setTimeout(() => end.abort(), connectMs);
  const whole = setTimeout(() => end.abort(), wholeMs);
  const late = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return {
    signal,
    connected: () => clearTimeout(connecting),
    stop() {
      clearTimeout(connecting);
      clearTimeout(whole);
      end.abort();
    },
    orLate: (work) => Promise.race([work, late]),
  };
}
