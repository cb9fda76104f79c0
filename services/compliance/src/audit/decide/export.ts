import {
  type AuditBreak,
  type AuditFilter,
  type AuditLine,
  type AuditPageClaims,
  entryFieldsReader,
  readAuditLine,
} from '@vox/contracts';
import { breakAt, type Digest, type Entry, type Link, provenLink } from './chain.ts';
import { digestOf, isFiltered, passes } from './page.ts';
import { type ReadPlace, type Verified, walk } from './verify.ts';

export type ReadPage = (receipt: string) => Promise<AuditPageClaims | undefined>;
type Readers = Readonly<{ place: ReadPlace; page: ReadPage }>;

/** No page of ours holds more. */
const pageEntriesMax = 2_000;

/**
 * Verifies an export line by line in constant memory. A whole chain is walked as in the store; of an excerpt each entry
 * is held against its own hash, and the entries of each page against its signature. Names the first break. Lines
 * come many at once: to wait for each would cost more than it.
 */
export async function verifyExport(
  lines: AsyncIterable<readonly string[]>,
  digest: Digest,
  read: Readers,
): Promise<Verified> {
  let state: ReturnType<typeof exportOf> | undefined;
  let at = 0;
  for await (const batch of lines)
    for (const text of batch) {
      at += 1;
      if (state === undefined) {
        const line = readAuditLine(text);
        if (line?.kind !== 'export') return nothing;
        state = exportOf(line, digest, read);
        continue;
      }
      const broken = state.take(text);
      const found = broken instanceof Promise ? await broken : broken;
      if (found !== undefined) return { ...state.so(found), line: at };
    }
  return state === undefined ? nothing : state.so(state.end() ?? null);
}

/** An export without its first line. */
const nothing: Verified = { first: 1, entries: 0, checkpoints: 0, broken: { sequence: 1, cause: 'truncated' } };

type Asked = Extract<AuditLine, { kind: 'export' }>;

function exportOf({ tenantId, filter }: Asked, digest: Digest, read: Readers) {
  const steps = walk(tenantId, digest, read.place);
  const whole = !isFiltered(filter);
  const fieldsOf = entryFieldsReader();
  let hashes: string[] = [];
  let found = 0;
  /** Up to where signed pages have covered the chain, and where the last entry of an excerpt stood. */
  let covered = 0;
  let first = 0;
  let latest = 0;
  let pages = 0;
  let ended = false;

  /** An entry, or a link of a whole chain that its own hash has proven. */
  function taken<L extends Link>(line: L, breakOf: (line: L) => AuditBreak | undefined): AuditBreak | undefined {
    if (ended || hashes.length >= pageEntriesMax) return { sequence: line.sequence, cause: 'page-forged' };
    const broken = breakOf(line);
    if (broken !== undefined) return broken;
    hashes.push(line.hash);
    found += 1;
    if (first === 0) first = line.sequence;
    latest = line.sequence;
    return undefined;
  }
  function excerpted(line: Entry): AuditBreak | undefined {
    if (line.sequence <= latest) return { sequence: line.sequence, cause: 'repeated' };
    if (line.tenantId !== tenantId || !passes(filter, line)) return { sequence: line.sequence, cause: 'changed' };
    return breakAt({ sequence: line.sequence - 1, hash: line.previous }, line, digest);
  }
  async function page(receipt: string): Promise<AuditBreak | undefined> {
    const says = await read.page(receipt);
    const next = covered + 1;
    if (says === undefined || says.tenantId !== tenantId || !isSame(says.filter, filter) || ended)
      return { sequence: next, cause: 'page-forged' };
    if (says.after !== covered) return { sequence: next, cause: says.after > covered ? 'missing' : 'repeated' };
    if (whole && steps.at() < says.upto) return { sequence: steps.at() + 1, cause: 'missing' };
    if (says.entries !== hashes.length || says.digest !== digestOf(hashes, digest) || latest > says.upto)
      return { sequence: next, cause: 'missing', upto: says.upto };
    covered = says.upto;
    pages += 1;
    hashes = [];
    ended = says.last;
    return undefined;
  }
  function other(line: AuditLine | undefined): AuditBreak | undefined | Promise<AuditBreak | undefined> {
    // A line that cannot be read stood for the entry that comes next.
    if (line === undefined) return { sequence: at() + 1, cause: 'changed' };
    switch (line.kind) {
      case 'entry':
        return taken(line, whole ? steps.entry : excerpted);
      case 'page':
        return page(line.receipt);
      case 'checkpoint':
        return steps.checkpoint(line);
      case 'export':
        return { sequence: at() + 1, cause: 'page-forged' };
    }
    // Anywhere else an anchor would let the entries before it vanish.
    if (covered > 0 || found > 0) return { sequence: steps.at() + 1, cause: 'anchor-forged' };
    covered = line.sequence;
    return steps.anchor(line);
  }
  const at = (): number => (whole ? steps.at() : latest);
  return {
    take(text: string): AuditBreak | undefined | Promise<AuditBreak | undefined> {
      const fields = whole ? fieldsOf(text) : undefined;
      const link = fields && provenLink(fields, digest);
      return link === undefined ? other(readAuditLine(text)) : taken(link, steps.link);
    },
    end: (): AuditBreak | undefined =>
      ended && hashes.length === 0 ? undefined : { sequence: (whole ? steps.at() : covered) + 1, cause: 'truncated' },
    so: (broken: AuditBreak | null): Verified => ({
      ...steps.so(broken),
      ...(!whole && { first: Math.max(1, first), entries: found, excerpt: { filter, last: latest, pages } }),
    }),
  };
}

const isSame = (one: AuditFilter, other: AuditFilter): boolean =>
  (['from', 'to', 'actor', 'action'] as const).every((name) => one[name] === other[name]);
