import type { AuditBreak, AuditFilter, AuditPlace, SignedPlace } from '@vox/contracts';
import { breakAt, breakAtLink, type Digest, type Entry, emptyChain, type Head, type Link } from './chain.ts';

/** What a receipt of a place says, or `undefined` when nobody of ours signed it. */
export type ReadPlace = (kind: 'checkpoint' | 'anchor', receipt: string) => Promise<AuditPlace | undefined>;

/**
 * How far a chain is sound: `entries` counts the sound ones, up to the first break. For an export, `line` says in which
 * of its lines the break stands. An excerpt is what a filter let through: its entries have gaps, so `last` says which
 * was the last.
 */
export type Verified = Readonly<{
  first: number;
  entries: number;
  checkpoints: number;
  broken: AuditBreak | null;
  line?: number;
  excerpt?: Readonly<{ filter: AuditFilter; last: number; pages: number }>;
}>;

/**
 * Walks a chain step by step in constant memory. Each step answers what is wrong there, or `undefined`. The links show
 * an entry that was changed, dropped, moved or repeated; the signed checkpoints show one that was written anew or cut
 * from the end.
 */
export function walk(tenantId: string, digest: Digest, read: ReadPlace, from: Head = emptyChain) {
  let first = from.sequence + 1;
  let head = from;
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
    head: (): Head => head,
    at: (): number => head.sequence,
    so: (broken: AuditBreak | null): Verified => ({ first, entries: head.sequence + 1 - first, checkpoints, broken }),
  };
}

const isSamePlace = (one: AuditPlace, other: AuditPlace | undefined): boolean =>
  one.sequence === other?.sequence && one.hash === other.hash;

export type Chain = Readonly<{
  tenantId: string;
  anchor: SignedPlace | undefined;
  /** Where an earlier walk of the same chain ended; it begins there instead of at the anchor. */
  from?: Head | undefined;
  /**
   * In their order, from where it begins. A part takes no more of them than it needs, but they must not end before the
   * chain does.
   */
  entries: AsyncIterable<Entry>;
  /** In the order of their places, from where it begins, also those past the last of these entries. */
  checkpoints: AsyncIterable<SignedPlace>;
}>;

/**
 * Where a walk ended. `unmet` is the first checkpoint that no entry reached, and `cutOff` what it says of a chain that
 * ends here.
 */
type Walked = Readonly<{
  found: Verified;
  head: Head;
  unmet: SignedPlace | undefined;
  cutOff: () => Promise<Verified>;
}>;

/** Walks so much of a chain, or to its end, or to the first break. */
async function walkPart(chain: Chain, entriesMax: number, digest: Digest, read: ReadPlace): Promise<Walked> {
  const steps = walk(chain.tenantId, digest, read, chain.from);
  let unmet: SignedPlace | undefined;
  const cutOff = async () => steps.so((unmet && (await steps.checkpoint(unmet))) ?? null);
  const so = (broken: AuditBreak | null): Walked => ({ found: steps.so(broken), head: steps.head(), unmet, cutOff });
  const { from, anchor } = chain;
  const forged = from === undefined && anchor !== undefined ? await steps.anchor(anchor) : undefined;
  if (forged !== undefined) return so(forged);
  const signed = chain.checkpoints[Symbol.asyncIterator]();
  const next = async (): Promise<SignedPlace | undefined> => {
    const { done, value } = await signed.next();
    return done ? undefined : value;
  };
  try {
    unmet = await next();
    for await (const entry of chain.entries) {
      const broken = steps.entry(entry);
      if (broken !== undefined) return so(broken);
      for (; unmet !== undefined && unmet.sequence <= entry.sequence; unmet = await next()) {
        const missed = await steps.checkpoint(unmet);
        if (missed !== undefined) return so(missed);
      }
      if (steps.so(null).entries === entriesMax) break;
    }
  } finally {
    // A cursor that is left where it is stays open on the server for minutes.
    await signed.return?.();
  }
  return so(null);
}

/** Walks a chain from its anchor to its end, or to the first break. */
export async function verify(chain: Chain, digest: Digest, read: ReadPlace): Promise<Verified> {
  const { found, cutOff } = await walkPart(chain, Infinity, digest, read);
  return found.broken === null ? cutOff() : found;
}

/**
 * Walks the next part of a chain that others append to meanwhile, `entriesMax` of it. Only where no entry follows at
 * all is it cut off before a checkpoint: one that is newer than the entries just read may have been signed, and its
 * entries appended, while they were read.
 */
export async function verifyPart(
  chain: Chain,
  entriesMax: number,
  digest: Digest,
  read: ReadPlace,
): Promise<Readonly<{ found: Verified; next: Head | null }>> {
  const { found, head, unmet, cutOff } = await walkPart(chain, entriesMax, digest, read);
  if (found.broken !== null) return { found, next: null };
  const { sequence, hash } = head;
  if (found.entries === entriesMax || (found.entries > 0 && unmet !== undefined))
    return { found, next: { sequence, hash } };
  return { found: await cutOff(), next: null };
}
