import type { Bus } from '@vox/platform/bus';
import { CheckpointReceipt, digest } from '@vox/platform/crypto';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { Receipts } from '../../vault/mod.ts';
import type { Head } from '../decide/chain.ts';
import { type CheckpointPace, type CheckpointPlace, checkpointed, quiet } from '../decide/checkpoint-place.ts';
import type { AuditLog } from '../keep/audit-log.ts';
import type { CheckpointPlaces } from '../keep/checkpoint-places.ts';
import { publishCheckpoint } from '../publish/checkpoints.ts';

type SignDependencies = Readonly<{
  auditLog: Pick<AuditLog, 'head' | 'checkpoint'>;
  checkpointPlaces: CheckpointPlaces;
  receipts: Pick<Receipts, 'sign'>;
  bus: Pick<Bus, 'publish'>;
  clock: Clock;
  log: Pick<Log, 'error'>;
  pace: CheckpointPace;
}>;

const batchMax = 100;

/**
 * Signs every chain that went on since it was signed last. Several copies may run it at once, and any may be killed in
 * between.
 */
export async function signDueChains(dependencies: SignDependencies): Promise<void> {
  const { checkpointPlaces, clock } = dependencies;
  const nowMs = clock.now().getTime();
  for (const { key: tenantId, state } of await checkpointPlaces.due(nowMs, batchMax))
    await signIfGrown(dependencies, tenantId, state, nowMs);
}

async function signIfGrown(
  dependencies: SignDependencies,
  tenantId: string,
  place: CheckpointPlace,
  nowMs: number,
): Promise<void> {
  const { auditLog, checkpointPlaces, log, pace } = dependencies;
  const head = await auditLog.head(tenantId);
  // Only somebody with the store's own rights can have done this. Verify names the place; here it must not pass in
  // silence.
  if (head.sequence < place.checkpointed)
    log.error(
      { tenant: tenantId, checkpointed: place.checkpointed, head: head.sequence },
      'an audit chain is shorter than it was signed',
    );
  const grown = head.sequence > place.checkpointed;
  if (grown) await sign(dependencies, tenantId, head);
  await checkpointPlaces.update(tenantId, (known = place) => {
    const state = grown ? checkpointed(known, head.sequence, nowMs, pace) : quiet(known, nowMs, pace);
    return { result: undefined, state };
  });
}

/**
 * Stored first, then published: after a crash between the two it is published again, and the place has its checkpoint
 * already.
 */
async function sign(
  { auditLog, receipts, bus, clock }: SignDependencies,
  tenantId: string,
  { sequence, hash }: Head,
): Promise<void> {
  const id = `audit-checkpoint:${digest(tenantId, String(sequence))}`;
  const place = { tenantId, sequence, hash };
  const checkpoint = { ...place, receipt: await receipts.sign(CheckpointReceipt, id, place) };
  await auditLog.checkpoint(checkpoint);
  await publishCheckpoint(bus, { id, at: clock.now() }, checkpoint);
}
