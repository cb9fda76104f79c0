import { makeFact, type RetentionClass, RetentionReceipt, RetentionSwept } from '@vox/contracts';
import { derivedUuid, digest } from '@vox/platform/crypto';
import { inParallel } from '@vox/platform/time';
import type { Needs } from '../../dependencies.ts';
import { holding } from '../../holds/command/holds.ts';
import { type Expiring, expiring, type Old } from '../command/expiring.ts';
import {
  carried,
  claim,
  closed,
  cutoffMs,
  finished,
  planned,
  type Run,
  receiptOf,
  type Sweep,
} from '../decide/retention.ts';
import { retentionReceiptCell, sweepCell } from '../keep/retention.ts';
import { noteOverdue } from '../publish/overdue.ts';
import { sweepAudit } from './on-audit-retention.ts';

export type SweepNeeds = Needs & Readonly<{ tenants: () => Iterable<string> }>;

const batchMax = 100;
/** So many are removed side by side: more would take the store from those who call. */
const atOnce = 8;

/**
 * Removes what every tenant has kept as long as it promised. Several copies may run it at once, each at another class of another tenant, and
 * whoever is killed on the way is followed by one that carries on where it was.
 */
export async function sweepRetention(needs: SweepNeeds): Promise<void> {
  const classes = expiring(needs);
  const oldest = new Map<RetentionClass, number>();
  for (const tenantId of needs.tenants()) {
    for (const [kind, how] of Object.entries(classes) as [Exclude<RetentionClass, 'audit'>, Expiring][]) {
      const leftMs = await sweepClass(needs, tenantId, kind, how).catch(async (error: unknown) => {
        // One class of one tenant that cannot be swept now must not keep the others waiting.
        needs.log.warn({ error, tenant: tenantId, class: kind }, 'a sweep failed and will be tried again');
        return undefined;
      });
      oldest.set(kind, Math.max(oldest.get(kind) ?? 0, leftMs ?? 0));
    }
    await sweepAudit(needs, tenantId).catch((error: unknown) =>
      needs.log.warn({ error, tenant: tenantId, class: 'audit' }, 'a sweep failed and will be tried again'),
    );
  }
  noteOverdue(oldest);
}

/** Sweeps one class of one tenant. Answers for how long the oldest that is left, and not held, has been overdue, in milliseconds. */
async function sweepClass(needs: SweepNeeds, tenantId: string, kind: RetentionClass, how: Expiring): Promise<number> {
  const policy = needs.policies.get(tenantId);
  if (policy === undefined || !needs.policies.current()) return 0;
  const nowMs = needs.clock.now().getTime();
  const olderThanMs = cutoffMs(policy.retention, kind, nowMs);
  if (!(await isDue(needs, tenantId, kind, how, olderThanMs))) return 0;
  const by = needs.uuid();
  // A run that was taken over ends at its own time; what has grown old since then needs one of its own.
  for (let reachedMs = 0; reachedMs < olderThanMs; ) {
    const taken = await change(needs, tenantId, kind, (sweep) =>
      claim(sweep, { runId: needs.uuid(), by, olderThanMs, nowMs }),
    );
    if (taken === 'busy' || taken.run === null) return 0;
    await work(needs, taken, taken.run, how);
    reachedMs = taken.run.olderThanMs;
  }
  const left = (await how.older(tenantId, olderThanMs)[Symbol.asyncIterator]().next()).value as Old | undefined;
  const isHeld = await holding(needs, tenantId);
  return left === undefined || (await isHeld(left)) !== undefined ? 0 : olderThanMs - left.sinceMs;
}

/** Whether there is anything to do, so that a tenant with nothing old costs no write. */
async function isDue(needs: SweepNeeds, tenantId: string, kind: RetentionClass, how: Expiring, olderThanMs: number) {
  for await (const _ of how.older(tenantId, olderThanMs)) return true;
  return (await needs.sweeps.read(sweepCell(tenantId, kind)))?.run != null;
}

async function work(needs: SweepNeeds, { tenantId, class: kind }: Sweep, run: Run, how: Expiring): Promise<void> {
  const { by, olderThanMs } = run;
  const step = (next: (sweep: Sweep | undefined, nowMs: number) => Sweep | undefined) =>
    change(needs, tenantId, kind, (sweep) => next(sweep, needs.clock.now().getTime()) ?? 'busy');
  const carry = async (ids: readonly string[]): Promise<boolean> => {
    for (let at = 0; at < ids.length; at += atOnce)
      await inParallel(ids.slice(at, at + atOnce), (id) => how.remove(tenantId, id, olderThanMs));
    return (await step((sweep, nowMs) => carried(sweep, by, nowMs, digest))) !== 'busy';
  };
  if (run.batch.length > 0 && !(await carry(run.batch))) return;
  if (run.closedAtMs === null) {
    for await (const ids of batches(needs, tenantId, how, olderThanMs)) {
      if ((await step((sweep, nowMs) => planned(sweep, by, ids, nowMs))) === 'busy') return;
      if (!(await carry(ids))) return;
    }
  }
  const done = await step((sweep, nowMs) => closed(sweep, by, nowMs));
  if (done === 'busy' || done === undefined) return;
  await prove(needs, done);
  await step((sweep) => finished(sweep, by));
}

/** What is old and not held, in bounded batches. */
async function* batches(needs: SweepNeeds, tenantId: string, how: Expiring, olderThanMs: number) {
  const isHeld = await holding(needs, tenantId);
  let ids: string[] = [];
  for await (const old of how.older(tenantId, olderThanMs)) {
    if ((await isHeld(old)) === undefined) ids.push(old.id);
    if (ids.length < batchMax) continue;
    yield ids;
    ids = [];
  }
  if (ids.length > 0) yield ids;
}

/** Stores the receipt and tells of it. Both derive from the run, so that whoever repeats it adds nothing. */
async function prove(needs: SweepNeeds, sweep: Sweep): Promise<void> {
  const { tenantId, class: kind, run } = sweep;
  const { last, isDue } = receiptOf(sweep);
  if (run === null || !isDue) return;
  const olderThan = new Date(run.olderThanMs).toISOString();
  const says = { tenantId, class: kind, sequence: last.sequence, olderThan, removed: run.removed, digest: last.digest };
  const receiptId = derivedUuid('retention', run.runId);
  const receipt = await needs.receipts.sign(RetentionReceipt, receiptId, says);
  const key = retentionReceiptCell(tenantId, kind, last.sequence);
  await needs.retentionReceipts.update(key, (now) =>
    now === undefined
      ? { result: undefined, state: { tenantId, class: kind, sequence: last.sequence, receipt } }
      : { result: undefined },
  );
  const head = { id: `swept:${receiptId}`, source: 'compliance', at: new Date(run.closedAtMs ?? run.olderThanMs) };
  await needs.bus.publish(RetentionSwept, makeFact(RetentionSwept, head, { ...says, receiptId }));
}

function change(
  { sweeps }: Pick<Needs, 'sweeps'>,
  tenantId: string,
  kind: RetentionClass,
  next: (sweep: Sweep) => Sweep | 'busy',
): Promise<Sweep | 'busy'> {
  const born: Sweep = { tenantId, class: kind, last: { sequence: 0, digest: '' }, run: null };
  return sweeps.update<Sweep | 'busy'>(sweepCell(tenantId, kind), (now = born) => {
    const state = next(now);
    return state === 'busy' ? { result: state } : { result: state, state };
  });
}
