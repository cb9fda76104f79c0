import type { Retention, RetentionClass } from '@vox/contracts';
import type { Digest } from '../../audit/mod.ts';

const dayMs = 86_400_000;

/** What is older than this has been kept as long as promised. */
export const cutoffMs = (retention: Retention, kind: RetentionClass, nowMs: number): number =>
  nowMs - retention[kind] * dayMs;

/** What one class of one tenant is being swept of. */
export type Sweep = Readonly<{
  tenantId: string;
  class: RetentionClass;
  /** The newest receipt: its place, and the digest that the next one goes on from. */
  last: Readonly<{ sequence: number; digest: string }>;
  run: Run | null;
}>;

/** A sweep under way. Whoever finds its lease over carries on where it was. */
export type Run = Readonly<{
  runId: string;
  by: string;
  leaseUntilMs: number;
  olderThanMs: number;
  removed: number;
  digest: string;
  /** What goes next, written down before it goes: it is counted once, whoever takes it away, and however often. */
  batch: readonly string[];
  /** Nothing more is taken: the receipt is due. */
  closedAtMs: number | null;
}>;

export const leaseMs = 30_000;

export type Claim = Readonly<{ runId: string; by: string; olderThanMs: number; nowMs: number }>;

/** The sweep as taken by one copy, or `busy` while another is at it. */
export function claim(sweep: Sweep, { runId, by, olderThanMs, nowMs }: Claim): Sweep | 'busy' {
  const { run, last } = sweep;
  if (run !== null && run.by !== by && run.leaseUntilMs > nowMs) return 'busy';
  const leaseUntilMs = nowMs + leaseMs;
  if (run !== null) return { ...sweep, run: { ...run, by, leaseUntilMs } };
  const born = { runId, by, leaseUntilMs, olderThanMs, removed: 0, digest: last.digest, batch: [], closedAtMs: null };
  return { ...sweep, run: born };
}

/** What a copy may change of a run: only its own, for it may have been taken over. */
function mine(sweep: Sweep | undefined, by: string, next: (run: Run) => Run): Sweep | undefined {
  return sweep?.run?.by === by ? { ...sweep, run: next(sweep.run) } : undefined;
}

export const planned = (sweep: Sweep | undefined, by: string, batch: readonly string[], nowMs: number) =>
  mine(sweep, by, (run) => ({ ...run, batch, leaseUntilMs: nowMs + leaseMs }));

/** The batch is gone: it counts, and its ids go into the digest. */
export const carried = (sweep: Sweep | undefined, by: string, nowMs: number, digest: Digest) =>
  mine(sweep, by, (run) => ({
    ...run,
    batch: [],
    leaseUntilMs: nowMs + leaseMs,
    removed: run.removed + run.batch.length,
    digest: run.batch.reduce((before, id) => digest(before, id), run.digest),
  }));

export const closed = (sweep: Sweep | undefined, by: string, nowMs: number) =>
  mine(sweep, by, (run) => ({ ...run, closedAtMs: run.closedAtMs ?? nowMs, leaseUntilMs: nowMs + leaseMs }));

/** The receipt is out. A run that removed nothing leaves none. */
export const finished = (sweep: Sweep | undefined, by: string): Sweep | undefined =>
  sweep?.run?.by === by ? { ...sweep, last: receiptOf(sweep).last, run: null } : undefined;

/** What the receipt of a run says of it. */
export function receiptOf({ last, run }: Sweep): Readonly<{ last: Sweep['last']; isDue: boolean }> {
  if (run === null || run.removed === 0) return { last, isDue: false };
  return { last: { sequence: last.sequence + 1, digest: run.digest }, isDue: true };
}
