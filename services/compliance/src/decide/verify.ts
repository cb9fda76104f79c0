import type { AuditBreak, AuditPlace, SignedPlace } from '@vox/shared/contracts';
import { breakAt, type Digest, type Entry, emptyChain, type Head } from './chain.ts';

/** What a receipt of a place says, or `undefined` when nobody of ours signed it. */
export type ReadPlace = (kind: 'checkpoint' | 'anchor', receipt: string) => Promise<AuditPlace | undefined>;

export type Chain = Readonly<{
  tenantId: string;
  anchor: SignedPlace | undefined;
  /** In their order, from the anchor on. */
  entries: AsyncIterable<Entry>;
  /** In the order of their places. */
  checkpoints: AsyncIterable<SignedPlace>;
}>;

/** How far a chain is sound: `entries` counts what was found so, up to the first break. */
export type Verified = Readonly<{ first: number; entries: number; checkpoints: number; broken: AuditBreak | null }>;

/**
 * Walks a chain from its anchor in constant memory, and holds it against its signed checkpoints: what was changed, dropped, moved or repeated shows by
 * the links, what was written anew or cut from the end by the checkpoints. Names the first break.
 */
export async function verify(chain: Chain, digest: Digest, read: ReadPlace): Promise<Verified> {
  const { tenantId, anchor } = chain;
  const proven = async (kind: 'checkpoint' | 'anchor', { receipt, ...place }: SignedPlace): Promise<boolean> => {
    const says = await read(kind, receipt);
    return says?.tenantId === tenantId && says.sequence === place.sequence && says.hash === place.hash;
  };
  const first = (anchor?.sequence ?? 0) + 1;
  let head: Head = anchor ?? emptyChain;
  let checkpoints = 0;
  const so = (broken: AuditBreak | null): Verified => ({
    first,
    entries: head.sequence + 1 - first,
    checkpoints,
    broken,
  });
  if (anchor !== undefined && !(await proven('anchor', anchor)))
    return so({ sequence: anchor.sequence, cause: 'anchor-forged' });

  const signed = chain.checkpoints[Symbol.asyncIterator]();
  let next = await signed.next();
  for await (const entry of chain.entries) {
    const broken = breakAt(head, entry, digest);
    if (broken !== undefined) return so(broken);
    for (; !next.done && next.value.sequence <= entry.sequence; next = await signed.next()) {
      if (!(await proven('checkpoint', next.value)))
        return so({ sequence: next.value.sequence, cause: 'checkpoint-forged' });
      if (next.value.hash !== entry.hash) return so({ sequence: entry.sequence, cause: 'rewritten' });
      checkpoints += 1;
    }
    head = entry;
  }
  if (next.done) return so(null);
  const isProven = await proven('checkpoint', next.value);
  return so(
    isProven
      ? { sequence: head.sequence + 1, cause: 'truncated' }
      : { sequence: next.value.sequence, cause: 'checkpoint-forged' },
  );
}
