import type { AuditBreak, AuditPlace, SignedPlace } from '@vox/shared/contracts';
import { breakAt, breakAtLink, type Digest, type Entry, emptyChain, type Head, type Link } from './chain.ts';

/** What a receipt of a place says, or `undefined` when nobody of ours signed it. */
export type ReadPlace = (kind: 'checkpoint' | 'anchor', receipt: string) => Promise<AuditPlace | undefined>;

/** How far a chain is sound: `entries` counts what was found so, up to the first break. */
export type Verified = Readonly<{ first: number; entries: number; checkpoints: number; broken: AuditBreak | null }>;

/**
 * Walks a chain step by step in constant memory. Each step answers what is wrong there, or `undefined`. What was changed, dropped, moved or
 * repeated shows by the links; what was written anew or cut from the end shows by the signed checkpoints.
 */
export function walk(tenantId: string, digest: Digest, read: ReadPlace) {
  let first = 1;
  let head: Head = emptyChain;
  let checkpoints = 0;
  const isProven = async (kind: 'checkpoint' | 'anchor', place: SignedPlace): Promise<boolean> => {
    const says = await read(kind, place.receipt);
    return [says?.tenantId, place.tenantId].every((each) => each === tenantId) && isSamePlace(place, says);
  };
  return {
    /** Where the chain begins, before its first entry. */
    async anchor(place: SignedPlace): Promise<AuditBreak | undefined> {
      if (!(await isProven('anchor', place))) return { sequence: place.sequence, cause: 'anchor-forged' };
      first = place.sequence + 1;
      head = place;
      return undefined;
    },
    entry(entry: Entry): AuditBreak | undefined {
      const broken = breakAt(head, entry, digest);
      if (broken === undefined) head = entry;
      return broken;
    },
    /** An entry that its own hash has proven already. */
    link(link: Link): AuditBreak | undefined {
      const broken = breakAtLink(head, link);
      if (broken === undefined) head = link;
      return broken;
    },
    /** A checkpoint of the entry that came last, or of one that should have come. */
    async checkpoint(place: SignedPlace): Promise<AuditBreak | undefined> {
      const { sequence } = place;
      if (!(await isProven('checkpoint', place))) return { sequence, cause: 'checkpoint-forged' };
      if (sequence > head.sequence) return { sequence: head.sequence + 1, cause: 'truncated' };
      if (sequence < head.sequence || place.hash !== head.hash) return { sequence, cause: 'rewritten' };
      checkpoints += 1;
      return undefined;
    },
    at: (): number => head.sequence,
    so: (broken: AuditBreak | null): Verified => ({ first, entries: head.sequence + 1 - first, checkpoints, broken }),
  };
}

const isSamePlace = (one: AuditPlace, other: AuditPlace | undefined): boolean =>
  one.sequence === other?.sequence && one.hash === other.hash;

export type Chain = Readonly<{
  tenantId: string;
  anchor: SignedPlace | undefined;
  /** In their order, from the anchor on. */
  entries: AsyncIterable<Entry>;
  /** In the order of their places, from the anchor on. */
  checkpoints: AsyncIterable<SignedPlace>;
}>;

/** Walks a chain from its anchor to its end, or to the first break. */
export async function verify(chain: Chain, digest: Digest, read: ReadPlace): Promise<Verified> {
  const steps = walk(chain.tenantId, digest, read);
  const forged = chain.anchor && (await steps.anchor(chain.anchor));
  if (forged !== undefined) return steps.so(forged);
  const signed = chain.checkpoints[Symbol.asyncIterator]();
  let next = await signed.next();
  for await (const entry of chain.entries) {
    const broken = steps.entry(entry);
    if (broken !== undefined) return steps.so(broken);
    for (; !next.done && next.value.sequence <= entry.sequence; next = await signed.next()) {
      const unmet = await steps.checkpoint(next.value);
      if (unmet !== undefined) return steps.so(unmet);
    }
  }
  return steps.so(next.done ? null : ((await steps.checkpoint(next.value)) ?? null));
}
