/** How long something has been down, and how many reports were left out. */
export type Outage = Readonly<{ downSeconds: number; unsaid: number }>;

export type Outages = Readonly<{
  /** Notes a failure. Returns a report at most once in ten seconds for each key. */
  failed: (what: string) => Outage | undefined;
  /**
   * Notes that something answers. Returns a report once it has only answered for a while, if its failure was reported.
   */
  answered: (what: string) => Outage | undefined;
}>;

type State = { sinceMs: number; saidAtMs: number; failedAtMs: number; unsaid: number; down: boolean };

const quietMs = 10_000;
/** One answer between two failures does not count as recovery. */
const settledMs = 2_000;
/** A failure this long ago that was never reported as over is unrelated to a new one. */
const forgottenMs = 60_000;

/** What is down, and when that was last reported. `nowMs` is monotonic. */
export function outages(nowMs: () => number): Outages {
  const known = new Map<string, State>();
  const outageOf = (state: State): Outage => {
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
      return outageOf(state);
    },
    answered(what) {
      const state = known.get(what);
      if (state === undefined || !state.down || nowMs() - state.failedAtMs < settledMs) return undefined;
      state.down = false;
      // A failure that was not reported has no end to report.
      return state.saidAtMs >= state.sinceMs ? outageOf(state) : undefined;
    },
  };
}
