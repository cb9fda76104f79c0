/** How long something has been down, and how often that was not said. */
export type Outage = Readonly<{ downSeconds: number; unsaid: number }>;

export type Outages = Readonly<{
  /** Notes a failure of something. Answers what to say, at most once in ten seconds for each. */
  failed: (what: string) => Outage | undefined;
  /**
   * Notes that something answers. Answers what to say once it has done nothing else for a while, if it was said to be
   * down.
   */
  answered: (what: string) => Outage | undefined;
}>;

type State = { sinceMs: number; saidAtMs: number; failedAtMs: number; unsaid: number; down: boolean };

const quietMs = 10_000;
/** What answers once between two failures is not back. */
const settledMs = 2_000;
/** What failed so long ago, and was never said to answer, has nothing to do with what fails now. */
const forgottenMs = 60_000;

/** What is down, and when that was said last. `nowMs` only goes on. */
export function outages(nowMs: () => number): Outages {
  const known = new Map<string, State>();
  const told = (state: State): Outage => {
    const { unsaid } = state;
    state.unsaid = 0;
    return { downSeconds: Math.round((nowMs() - state.sinceMs) / 1_000), unsaid };
  };
  return {
    failed(what) {
      const now = nowMs();
      const before = known.get(what);
      const never = { saidAtMs: Number.NEGATIVE_INFINITY, unsaid: 0 };
      const isNew = before === undefined || !before.down || now - before.failedAtMs > forgottenMs;
      const state = isNew ? { ...never, ...before, sinceMs: now, failedAtMs: now, down: true } : before;
      known.set(what, state);
      state.failedAtMs = now;
      if (now - state.saidAtMs < quietMs) {
        state.unsaid += 1;
        return undefined;
      }
      state.saidAtMs = now;
      return told(state);
    },
    answered(what) {
      const state = known.get(what);
      if (state === undefined || !state.down || nowMs() - state.failedAtMs < settledMs) return undefined;
      state.down = false;
      // A failure that was not said has no end to be told of.
      return state.saidAtMs >= state.sinceMs ? told(state) : undefined;
    },
  };
}
