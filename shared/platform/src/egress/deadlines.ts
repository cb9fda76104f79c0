/** The time of one request. Its signal ends whatever is under way. */
export type Deadlines = Readonly<{
  signal: AbortSignal;
  /** The line stands: from now on only the whole time counts. */
  connected: () => void;
  /** Ends the request and whatever of it is still open. */
  stop: () => void;
  /** What work answers, or `undefined` when the time is over, or the request is ended, before. */
  orLate: <T>(work: Promise<T>) => Promise<T | undefined>;
}>;

/** Nobody reads why a request ended from its signal: an error with its stack would be made for each of them. */
const over = Symbol('over');

/** `given` ends the request too: whoever wanted it wants it no more. */
export function deadlines(connectMs: number, wholeMs: number, given?: AbortSignal): Deadlines {
  const end = new AbortController();
  const { signal } = end;
  const abort = (): void => end.abort(over);
  const connecting = setTimeout(abort, connectMs);
  const whole = setTimeout(abort, wholeMs);
  given?.addEventListener('abort', abort, { once: true });
  if (given?.aborted) abort();
  const late = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return {
    signal,
    connected: () => clearTimeout(connecting),
    stop() {
      clearTimeout(connecting);
      clearTimeout(whole);
      given?.removeEventListener('abort', abort);
      abort();
    },
    orLate: (work) => Promise.race([work, late]),
  };
}
