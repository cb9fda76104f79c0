import { mistakeSaid, type SignedPlace, type VerifyAudit } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { digest } from '@vox/platform/crypto';
import { type Fault, invalidField } from '@vox/platform/fault';
import type { z } from 'zod';
import type { Receipts } from '../../vault/mod.ts';
import { verifyPart } from '../decide/verify.ts';
import type { AuditLog } from '../keep/audit-log.ts';
import { entriesAfter, partMax } from '../keep/entries-after.ts';
import { placeReader } from '../keep/receipt-readers.ts';
import { newestPublished } from '../publish/checkpoints.ts';

type Asked = z.infer<(typeof VerifyAudit)['request']>;
type Reply = z.input<(typeof VerifyAudit)['reply']>;

type VerifyDependencies = Readonly<{
  auditLog: Pick<AuditLog, 'anchor' | 'entries' | 'checkpoints'>;
  receipts: Pick<Receipts, 'keys'>;
  bus: Pick<Bus, 'newest'>;
}>;

/**
 * Walks the next part of a tenant's chain, at first from where it begins, in constant memory, up to the first break.
 */
export const verifyAudit =
  (dependencies: VerifyDependencies, entriesMax = partMax) =>
  async ({ tenantId, from }: Asked): Promise<Reply> => {
    const part = await walkedPart(dependencies, tenantId, from, entriesMax);
    if (part.next === null || part.entries === entriesMax) return part;
    // It ended before a checkpoint. It is looked at once more, so that whoever asks only once is told that it is cut
    // off.
    const rest = await walkedPart(dependencies, tenantId, part.next, entriesMax);
    const [entries, checkpoints] = [part.entries + rest.entries, part.checkpoints + rest.checkpoints];
    return { ...rest, first: part.first, entries, checkpoints };
  };

async function walkedPart(
  { auditLog, receipts, bus }: VerifyDependencies,
  tenantId: string,
  from: Asked['from'],
  entriesMax: number,
): Promise<Reply> {
  const anchor = await auditLog.anchor(tenantId);
  const after = from?.sequence ?? anchor?.sequence ?? 0;
  if (after < (anchor?.sequence ?? 0)) throw removed();
  const witness = await newestPublished(bus, tenantId, after);
  const checkpoints = withWitness(auditLog.checkpoints(tenantId, { after }), witness);
  const chain = { tenantId, anchor, from, entries: entriesAfter(auditLog, tenantId, after), checkpoints };
  const { found, next } = await verifyPart(chain, entriesMax, digest, placeReader(await receipts.keys()));
  // Retention may have taken the front of what was being read.
  if (found.broken !== null && ((await auditLog.anchor(tenantId))?.sequence ?? 0) > after) throw removed();
  return { ...found, next };
}

const removed = (): Fault => invalidField('from', mistakeSaid('entry-removed'));

/** Checkpoints in the order of their places, with one more among them. */
async function* withWitness(
  checkpoints: AsyncIterable<SignedPlace>,
  witness: SignedPlace | undefined,
): AsyncIterable<SignedPlace> {
  let held = witness;
  for await (const checkpoint of checkpoints) {
    if (held !== undefined && held.sequence <= checkpoint.sequence) {
      yield held;
      held = undefined;
    }
    yield checkpoint;
  }
  if (held !== undefined) yield held;
}
