import { AuditCheckpointed, type SignedPlace, type VerifyAudit } from '@vox/contracts';
import { AnchorReceipt, CheckpointReceipt, digest, PageReceipt, readReceipt } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import type { Needs } from '../../dependencies.ts';
import type { Entry } from '../decide/chain.ts';
import type { ReadPage } from '../decide/export.ts';
import { type ReadPlace, verifyPart } from '../decide/verify.ts';
import type { AuditLog } from '../keep/audit-log.ts';

type Asked = z.infer<(typeof VerifyAudit)['request']>;
type Reply = z.input<(typeof VerifyAudit)['reply']>;

/** Reads receipts of places under a set of public keys. Parsing and signatures cost, so a key is looked up in a map. */
export function placeReader(keys: readonly Readonly<{ kid: string; x: string }>[]): ReadPlace {
  const byKid = new Map(keys.map((key) => [key.kid, key]));
  const kinds = { checkpoint: CheckpointReceipt, anchor: AnchorReceipt };
  return (kind, receipt) =>
    readReceipt(kinds[kind], receipt, (kid) => byKid.get(kid)).then(
      ({ says }) => says,
      () => undefined,
    );
}

/** What an export is verified with. */
export const exportReaders = (
  keys: Parameters<typeof placeReader>[0],
): Readonly<{ place: ReadPlace; page: ReadPage }> => {
  const byKid = new Map(keys.map((key) => [key.kid, key]));
  return {
    place: placeReader(keys),
    page: (receipt) =>
      readReceipt(PageReceipt, receipt, (kid) => byKid.get(kid)).then(
        ({ says }) => says,
        () => undefined,
      ),
  };
};

/** Entries that one question looks at: answered well before whoever asks gives up, and before a service that stops has waited too long for it. */
export const partMax = 5_000;

/**
 * The entries of a chain from a place on. Asked for by a range of places first, which a store finds by its index however long the chain is; then what
 * else there is, for behind a hole that is longer than a part there may stand more.
 */
export async function* entriesAfter({ entries }: AuditLog, tenantId: string, after: number): AsyncIterable<Entry> {
  const upto = after + partMax;
  yield* entries(tenantId, { after, upto });
  yield* entries(tenantId, { after: upto });
}

type PartNeeds = Pick<Needs, 'auditLog' | 'receipts' | 'bus'>;

/** Walks the next part of a tenant's chain, at first from where it begins, in constant memory, up to the first break. */
export const answerVerify =
  (needs: PartNeeds, entriesMax = partMax) =>
  async ({ tenantId, from }: Asked): Promise<Reply> => {
    const part = await walkedPart(needs, tenantId, from, entriesMax);
    if (part.next === null || part.entries === entriesMax) return part;
    // It ended before a checkpoint. Looked at once more, so that whoever asks only once is told that it is cut off.
    const rest = await walkedPart(needs, tenantId, part.next, entriesMax);
    const [entries, checkpoints] = [part.entries + rest.entries, part.checkpoints + rest.checkpoints];
    return { ...rest, first: part.first, entries, checkpoints };
  };

async function walkedPart(needs: PartNeeds, tenantId: string, from: Asked['from'], entriesMax: number): Promise<Reply> {
  const { auditLog, receipts } = needs;
  const anchor = await auditLog.anchor(tenantId);
  const after = from?.sequence ?? anchor?.sequence ?? 0;
  if (after < (anchor?.sequence ?? 0)) throw removed();
  const checkpoints = withWitness(auditLog.checkpoints(tenantId, { after }), await told(needs, tenantId, after));
  const chain = { tenantId, anchor, from, entries: entriesAfter(auditLog, tenantId, after), checkpoints };
  const { found, next } = await verifyPart(chain, entriesMax, digest, placeReader(await receipts.keys()));
  // Retention may have taken the front of what was being read.
  if (found.broken !== null && ((await auditLog.anchor(tenantId))?.sequence ?? 0) > after) throw removed();
  return { ...found, next };
}

const removed = (): Fault =>
  new Fault('INVALID_REQUEST', {
    issues: [{ path: 'from', message: 'was removed meanwhile, its retention is over: begin again' }],
  });

/** The newest checkpoint that the stream still holds: it stands where whoever cut the database has no rights. */
async function told({ bus }: Pick<Needs, 'bus'>, tenantId: string, after: number): Promise<SignedPlace | undefined> {
  const newest = await bus.newest(AuditCheckpointed, tenantId);
  return newest !== undefined && newest.data.sequence > after ? newest.data : undefined;
}

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
