import type { Retention, RetentionClass } from '@vox/contracts';

const dayMs = 86_400_000;

/** What is older than this moment has been kept as long as promised. */
export const cutoffMs = (retention: Retention, kind: RetentionClass, nowMs: number): number =>
  nowMs - retention[kind] * dayMs;

/** How far the sweeps of one class of one tenant are. */
export type Sweep = Readonly<{
  tenantId: string;
  class: RetentionClass;
  /** The newest receipt: its place, and the digest that the next one goes on from. */
  last: Readonly<{ sequence: number; digest: string }>;
  run: SweepRun | null;
}>;

/** A sweep under way. Whoever finds its lease over goes on where it was. */
export type SweepRun = Readonly<{
  runId: string;
  by: string;
  leaseUntilMs: number;
  olderThanMs: number;
  removed: number;
  digest: string;
  /** What goes next, stored before it goes: it is counted once, whoever removes it and however often. */
  batch: readonly string[];
  /** Nothing more is taken: the receipt is due. */
  closedAtMs: number | null;
}>;

export const leaseMs = 30_000;

export type SweepClaim = Readonly<{ runId: string; by: string; olderThanMs: number; nowMs: number }>;

/** The sweep as taken by one copy; `busy` while another copy works on it. */
export function claim(sweep: Sweep, { runId, by, olderThanMs, nowMs }: SweepClaim): Sweep | 'busy' {
  const { run, last } = sweep;
  if (run !== null && run.by !== by && run.leaseUntilMs > nowMs) return 'busy';
  const leaseUntilMs = nowMs + leaseMs;
  if (run !== null) return { ...sweep, run: { ...run, by, leaseUntilMs } };
  const born = { runId, by, leaseUntilMs, olderThanMs, removed: 0, digest: last.digest, batch: [], closedAtMs: null };
  return { ...sweep, run: born };
}

/** A copy may change its own run alone: it may have been taken over. */
function ofOwnRun(sweep: Sweep | undefined, by: string, next: (run: SweepRun) => SweepRun): Sweep | undefined {
  return sweep?.run?.by === by ? { ...sweep, run: next(sweep.run) } : undefined;
}

export const planned = (sweep: Sweep | undefined, by: string, batch: readonly string[], nowMs: number) =>
  ofOwnRun(sweep, by, (run) => ({ ...run, batch, leaseUntilMs: nowMs + leaseMs }));

/** Digests what goes behind what went before it. */
type Chained = (before: string, id: string) => string;

/** The batch is gone: it counts, and its ids go into the digest. */
export const batchRemoved = (sweep: Sweep | undefined, by: string, nowMs: number, digest: Chained) =>
  ofOwnRun(sweep, by, (run) => ({
    ...run,
    batch: [],
    leaseUntilMs: nowMs + leaseMs,
    removed: run.removed + run.batch.length,
    digest: run.batch.reduce((before, id) => digest(before, id), run.digest),
  }));

export const closed = (sweep: Sweep | undefined, by: string, nowMs: number) =>
  ofOwnRun(sweep, by, (run) => ({ ...run, closedAtMs: run.closedAtMs ?? nowMs, leaseUntilMs: nowMs + leaseMs }));

/** The receipt is published. A run that removed nothing leaves none. */
export const finished = (sweep: Sweep | undefined, by: string): Sweep | undefined =>
  sweep?.run?.by === by ? { ...sweep, last: receiptOf(sweep).last, run: null } : undefined;

/** What the receipt of a run says of it. */
export function receiptOf({ last, run }: Sweep): Readonly<{ last: Sweep['last']; isDue: boolean }> {
  if (run === null || run.removed === 0) return { last, isDue: false };
  return { last: { sequence: last.sequence + 1, digest: run.digest }, isDue: true };
}
