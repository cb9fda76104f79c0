import { AuditCheckpointed, makeFact } from '@vox/contracts';
import { CheckpointReceipt, digest } from '@vox/platform/crypto';
import type { Needs } from '../../dependencies.ts';
import type { Head } from '../decide/chain.ts';
import { type CheckpointPace, checkpointed, type Mark, quiet } from '../decide/checkpoint-place.ts';

type SweepNeeds = Pick<Needs, 'auditLog' | 'auditMarks' | 'receipts' | 'bus' | 'clock' | 'log'> & {
  pace: CheckpointPace;
};

const batch = 100;

/** Signs every chain that went on since it was signed last. Several copies may run it at once, and any may be killed in between. */
export async function signDueChains(needs: SweepNeeds): Promise<void> {
  const nowMs = needs.clock.now().getTime();
  for (const { key, state } of await needs.auditMarks.due(nowMs, batch)) await signIfGrown(needs, key, state, nowMs);
}

async function signIfGrown(needs: SweepNeeds, tenantId: string, mark: Mark, nowMs: number): Promise<void> {
  const head = await needs.auditLog.head(tenantId);
  // Only somebody with the store's own rights can have done this. Verify names the place; here it must not pass in silence.
  if (head.sequence < mark.checkpointed)
    needs.log.error(
      { tenant: tenantId, checkpointed: mark.checkpointed, head: head.sequence },
      'an audit chain is shorter than it was signed',
    );
  const grown = head.sequence > mark.checkpointed;
  if (grown) await sign(needs, tenantId, head);
  await needs.auditMarks.update(tenantId, (known = mark) => {
    const state = grown ? checkpointed(known, head.sequence, nowMs, needs.pace) : quiet(known, nowMs, needs.pace);
    return { result: undefined, state };
  });
}

/** Kept first, then told: after a crash between the two it is told again, and the place has its checkpoint already. */
async function sign(
  { auditLog, receipts, bus, clock }: SweepNeeds,
  tenantId: string,
  { sequence, hash }: Head,
): Promise<void> {
  const id = `audit-checkpoint:${digest(tenantId, String(sequence))}`;
  const place = { tenantId, sequence, hash };
  const checkpoint = { ...place, receipt: await receipts.sign(CheckpointReceipt, id, place) };
  await auditLog.checkpoint(checkpoint);
  await bus.publish(
    AuditCheckpointed,
    makeFact(AuditCheckpointed, { id, source: 'compliance', at: clock.now() }, checkpoint),
  );
}
