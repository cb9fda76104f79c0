import { type Policy, RetentionReceipt } from '@vox/contracts';
import type { Bus, Replica } from '@vox/platform/bus';
import { derivedUuid, digest } from '@vox/platform/crypto';
import { type Clock, inParallel } from '@vox/platform/time';
import { type HoldDependencies, holding } from '../../holds/mod.ts';
import type { Receipts } from '../../vault/mod.ts';
import {
  batchRemoved,
  claim,
  closed,
  cutoffMs,
  finished,
  planned,
  receiptOf,
  type Sweep,
  type SweepRun,
} from '../decide/retention.ts';
import { type RetentionReceipts, retentionReceiptKey, type Sweeps, sweepKey } from '../keep/retention.ts';
import { publishSwept } from '../publish/facts.ts';
import type { ExpiredData, ExpiredItem, SweptClass } from './expired-data.ts';

export type SweepClass = HoldDependencies &
  Readonly<{
    bus: Pick<Bus, 'publish'>;
    policies: Pick<Replica<Policy>, 'get' | 'current'>;
    receipts: Pick<Receipts, 'sign'>;
    sweeps: Pick<Sweeps, 'read' | 'update'>;
    retentionReceipts: Pick<RetentionReceipts, 'decideOnce'>;
    clock: Clock;
    uuid: () => string;
  }>;
/** One class of one tenant, and what it holds that is old. */
type Swept = Readonly<{ tenantId: string; kind: SweptClass; data: ExpiredData }>;

const batchMax = 100;
/** So many are removed side by side: more would take the store from those who call. */
const atOnce = 8;

/**
 * Sweeps one class of one tenant. Answers for how long the oldest item that is left, and not held, has been overdue, in
 * milliseconds.
 */
export async function sweepClass(dependencies: SweepClass, swept: Swept): Promise<number> {
  const { policies, clock, uuid } = dependencies;
  const { tenantId, kind, data } = swept;
  const policy = policies.get(tenantId);
  if (policy === undefined || !policies.current()) return 0;
  const nowMs = clock.now().getTime();
  const olderThanMs = cutoffMs(policy.retention, kind, nowMs);
  if (!(await isDue(dependencies, swept, olderThanMs))) return 0;
  const by = uuid();
  // A run that was taken over ends at its own time; what has grown old since then needs one of its own.
  for (let reachedMs = 0; reachedMs < olderThanMs; ) {
    const taken = await update(dependencies, swept, (sweep) => claim(sweep, { runId: uuid(), by, olderThanMs, nowMs }));
    if (taken === 'busy' || taken.run === null) return 0;
    await finish(dependencies, swept, taken.run);
    reachedMs = taken.run.olderThanMs;
  }
  const left = await first(data.older(tenantId, olderThanMs));
  const isHeld = await holding(dependencies, tenantId);
  return left === undefined || (await isHeld(left)) !== undefined ? 0 : olderThanMs - left.sinceMs;
}

async function first(items: AsyncIterable<ExpiredItem>): Promise<ExpiredItem | undefined> {
  for await (const item of items) return item;
  return undefined;
}

/** Whether there is anything to do, so that a tenant with nothing old costs no write. */
async function isDue({ sweeps }: SweepClass, { tenantId, kind, data }: Swept, olderThanMs: number): Promise<boolean> {
  if ((await first(data.older(tenantId, olderThanMs))) !== undefined) return true;
  return (await sweeps.read(sweepKey(tenantId, kind)))?.run != null;
}

/** Removes batch by batch from where the run is, and proves it. Ends early where another copy took the run over. */
async function finish(dependencies: SweepClass, swept: Swept, run: SweepRun): Promise<void> {
  const { by, olderThanMs } = run;
  const { tenantId, data } = swept;
  const step = (next: (sweep: Sweep | undefined, nowMs: number) => Sweep | undefined) =>
    update(dependencies, swept, (sweep) => next(sweep, dependencies.clock.now().getTime()) ?? 'busy');
  const remove = async (ids: readonly string[]): Promise<boolean> => {
    for (let at = 0; at < ids.length; at += atOnce)
      await inParallel(ids.slice(at, at + atOnce), (id) => data.remove(tenantId, id, olderThanMs));
    return (await step((sweep, nowMs) => batchRemoved(sweep, by, nowMs, digest))) !== 'busy';
  };
  if (run.batch.length > 0 && !(await remove(run.batch))) return;
  if (run.closedAtMs === null) {
    for await (const ids of batches(dependencies, swept, olderThanMs)) {
      if ((await step((sweep, nowMs) => planned(sweep, by, ids, nowMs))) === 'busy') return;
      if (!(await remove(ids))) return;
    }
  }
  const done = await step((sweep, nowMs) => closed(sweep, by, nowMs));
  if (done === 'busy') return;
  await prove(dependencies, done);
  await step((sweep) => finished(sweep, by));
}

/** What is old and not held, in bounded batches. */
async function* batches(dependencies: SweepClass, { tenantId, data }: Swept, olderThanMs: number) {
  const isHeld = await holding(dependencies, tenantId);
  let ids: string[] = [];
  for await (const item of data.older(tenantId, olderThanMs)) {
    if ((await isHeld(item)) === undefined) ids.push(item.id);
    if (ids.length < batchMax) continue;
    yield ids;
    ids = [];
  }
  if (ids.length > 0) yield ids;
}

/** Stores the receipt and publishes it. Both derive from the run, so that whoever repeats it adds nothing. */
async function prove({ bus, receipts, retentionReceipts }: SweepClass, sweep: Sweep): Promise<void> {
  const { tenantId, class: kind, run } = sweep;
  const { last, isDue } = receiptOf(sweep);
  if (run === null || !isDue) return;
  const { sequence } = last;
  const olderThan = new Date(run.olderThanMs).toISOString();
  const says = { tenantId, class: kind, sequence, olderThan, removed: run.removed, digest: last.digest };
  const receiptId = derivedUuid('retention', run.runId);
  const receipt = await receipts.sign(RetentionReceipt, receiptId, says);
  await retentionReceipts.decideOnce(retentionReceiptKey(tenantId, kind, sequence), {
    propose: () => ({ tenantId, class: kind, sequence, receipt }),
  });
  await publishSwept(bus, says, receiptId, new Date(run.closedAtMs ?? run.olderThanMs));
}

function update(
  { sweeps }: Pick<SweepClass, 'sweeps'>,
  { tenantId, kind }: Swept,
  next: (sweep: Sweep) => Sweep | 'busy',
): Promise<Sweep | 'busy'> {
  const born: Sweep = { tenantId, class: kind, last: { sequence: 0, digest: '' }, run: null };
  return sweeps.update<Sweep | 'busy'>(sweepKey(tenantId, kind), (now = born) => {
    const state = next(now);
    return state === 'busy' ? { result: state } : { result: state, state };
  });
}
