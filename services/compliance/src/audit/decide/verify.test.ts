import type { AuditPlace, SignedPlace } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, emptyChain, type Head, link } from './chain.ts';
import { type Chain, type ReadPlace, type Verified, verify, verifyPart } from './verify.ts';

const secret = 'a key that nobody else holds';
const place = ({ sequence, hash }: Head): AuditPlace => ({ tenantId: 'acme', sequence, hash });
const receiptOf = (kind: string, says: AuditPlace): string =>
  JSON.stringify({ kind, says, proof: digest(secret, kind, JSON.stringify(says)) });
const signed = (kind: 'checkpoint' | 'anchor', head: Head): SignedPlace => ({
  ...place(head),
  receipt: receiptOf(kind, place(head)),
});
const read: ReadPlace = async (kind, receipt) => {
  const { says } = JSON.parse(receipt) as { says: AuditPlace };
  return receipt === receiptOf(kind, says) ? says : undefined;
};

const follow = (head: Head, n: number, data: string): Entry =>
  link(
    'acme',
    head,
    {
      ...{ factId: `f${n}`, type: 'vox.t.v1', source: 'auth', subject: 'acme', time: '2026-05-05T12:00:00.000Z' },
      ...{ actor: 'operator:ada', action: 'key.revoke', target: 'key:one', reason: n % 2 === 0 ? null : 'why' },
      ...{ outcome: 'done', requestId: n % 3 === 0 ? null : 'r1', traceId: null, data },
    },
    digest,
  );

type Kept = { entries: Entry[]; checkpoints: SignedPlace[]; anchor: SignedPlace | undefined };

/** A chain of `size` entries with a checkpoint every so often and at its end, of which the first `trimmed` are gone. */
function kept(size: number, every: number, trimmed: number): Kept {
  const entries: Entry[] = [];
  for (let n = 0; n < size; n += 1) entries.push(follow(entries.at(-1) ?? emptyChain, n, `{"n":${n}}`));
  const checkpoints = entries.filter(({ sequence }) => sequence % every === 0 || sequence === size);
  const last = entries[trimmed - 1];
  return {
    entries: entries.slice(trimmed),
    checkpoints: checkpoints.filter(({ sequence }) => sequence > trimmed).map((each) => signed('checkpoint', each)),
    anchor: last === undefined ? undefined : signed('anchor', last),
  };
}
async function* streamed<T>(all: readonly T[]): AsyncIterable<T> {
  yield* all;
}
const verified = ({ entries, checkpoints, anchor }: Kept) => {
  const chain: Chain = { tenantId: 'acme', anchor, entries: streamed(entries), checkpoints: streamed(checkpoints) };
  return verify(chain, digest, read);
};

/** The same by parts of so many entries. */
async function verifiedByParts({ entries, checkpoints, anchor }: Kept, partMax: number): Promise<Verified> {
  const past = <T extends { sequence: number }>(all: readonly T[], after: number) =>
    streamed(all.filter(({ sequence }) => sequence > after));
  const parts: Verified[] = [];
  for (let from: Head | null | undefined; from !== null; ) {
    const after: number = from?.sequence ?? anchor?.sequence ?? 0;
    const chain: Chain = {
      ...{ tenantId: 'acme', anchor, from },
      ...{ entries: past(entries, after), checkpoints: past(checkpoints, after) },
    };
    const { found, next } = await verifyPart(chain, partMax, digest, read);
    parts.push(found);
    from = next;
  }
  const sum = (field: 'entries' | 'checkpoints') => parts.reduce((all, part) => all + part[field], 0);
  const [first, broken] = [parts[0]?.first ?? 0, parts.at(-1)?.broken ?? null];
  return { first, entries: sum('entries'), checkpoints: sum('checkpoints'), broken };
}

/** The same value with one bit another; `null` becomes something. */
function flipped(value: unknown, at: number): unknown {
  if (typeof value === 'number') return value ^ (1 << (at % 8));
  if (typeof value !== 'string' || value === '') return 'x';
  const index = at % value.length;
  const code = value.charCodeAt(index) ^ (1 << (at % 7));
  return value.slice(0, index) + String.fromCharCode(code) + value.slice(index + 1);
}

const someChain = fc
  .record({ size: fc.integer({ min: 3, max: 20 }), every: fc.integer({ min: 2, max: 6 }), trimmed: fc.nat({ max: 6 }) })
  .map(({ size, every, trimmed }) => kept(size + trimmed, every, trimmed));
const asserted = (property: (chain: Kept, at: number, how: number) => Promise<void>) =>
  fc.assert(fc.asyncProperty(someChain, fc.nat(), fc.nat(), property), { numRuns: 300 });
const pick = <T>(all: readonly T[], at: number): number => at % all.length;

describe('an audit chain with checkpoints and an anchor', () => {
  it('is sound as it was written, whole and trimmed', () =>
    asserted(async (chain) => {
      const { entries, checkpoints, anchor } = chain;
      const first = (anchor?.sequence ?? 0) + 1;
      expect(await verified(chain)).toEqual({
        first,
        entries: entries.length,
        checkpoints: checkpoints.length,
        broken: null,
      });
    }));
  it('names the first entry of which any field has one bit flipped', () =>
    asserted(async (chain, at, how) => {
      const index = pick(chain.entries, at);
      const entry = chain.entries[index] as Entry;
      const fields = Object.keys(entry) as (keyof Entry)[];
      const field = fields[pick(fields, how)] as keyof Entry;
      const entries = chain.entries.with(index, { ...entry, [field]: flipped(entry[field], how) } as Entry);
      expect((await verified({ ...chain, entries })).broken?.sequence).toBe(entry.sequence);
    }));
  it('names the first entry that was dropped, the last one too', () =>
    asserted(async (chain, at) => {
      const index = pick(chain.entries, at);
      const { broken } = await verified({ ...chain, entries: chain.entries.toSpliced(index, 1) });
      const cause = index === chain.entries.length - 1 ? 'truncated' : 'missing';
      expect(broken).toEqual({ sequence: chain.entries[index]?.sequence, cause });
    }));
  it('names where a chain was cut off that went on to a checkpoint', () =>
    asserted(async (chain, at) => {
      const index = pick(chain.entries, at);
      const { broken } = await verified({ ...chain, entries: chain.entries.slice(0, index) });
      expect(broken).toEqual({ sequence: chain.entries[index]?.sequence, cause: 'truncated' });
    }));
  it('names the first of two entries that changed places', () =>
    asserted(async (chain, one, other) => {
      const { length } = chain.entries;
      const [from, to] = [one % length, other % length].sort((a, b) => a - b) as [number, number];
      fc.pre(from !== to);
      const [a, b] = [chain.entries[from] as Entry, chain.entries[to] as Entry];
      const { broken } = await verified({ ...chain, entries: chain.entries.with(from, b).with(to, a) });
      expect(broken).toEqual({ sequence: a.sequence, cause: 'missing' });
    }));
  it('names the place after an entry that stands there twice', () =>
    asserted(async (chain, at) => {
      const index = pick(chain.entries, at);
      const entry = chain.entries[index] as Entry;
      const { broken } = await verified({ ...chain, entries: chain.entries.toSpliced(index, 0, entry) });
      expect(broken).toEqual({ sequence: entry.sequence + 1, cause: 'repeated' });
    }));
  it('names the first checkpoint that a chain written anew with sound hashes does not meet', () =>
    asserted(async (chain, at) => {
      const index = pick(chain.entries, at);
      const entries = chain.entries.slice(0, index);
      for (let n = index; n < chain.entries.length; n += 1)
        entries.push(follow(entries.at(-1) ?? chain.anchor ?? emptyChain, 1_000 + n, '{"forged":true}'));
      const { sequence } = chain.entries[index] as Entry;
      const met = chain.checkpoints.find((checkpoint) => checkpoint.sequence >= sequence);
      const { broken } = await verified({ ...chain, entries });
      expect(broken).toEqual({ sequence: met?.sequence, cause: 'rewritten' });
    }));
  it('names a checkpoint of which a bit is flipped, or that another kind of receipt was put for', () =>
    asserted(async (chain, at, how) => {
      const index = pick(chain.checkpoints, at);
      const checkpoint = chain.checkpoints[index] as SignedPlace;
      const forged = [
        { ...checkpoint, hash: String(flipped(checkpoint.hash, how)) },
        { ...checkpoint, receipt: receiptOf('anchor', place(checkpoint)) },
        { ...checkpoint, receipt: receiptOf('checkpoint', { ...place(checkpoint), tenantId: 'other' }) },
      ];
      const checkpoints = chain.checkpoints.with(index, forged[how % forged.length] as SignedPlace);
      const { broken } = await verified({ ...chain, checkpoints });
      expect(broken).toEqual({ sequence: checkpoint.sequence, cause: 'checkpoint-forged' });
    }));
  it('names an anchor that was altered, made from a checkpoint, or removed', () =>
    asserted(async (chain, _at, how) => {
      const { anchor } = chain;
      fc.pre(anchor !== undefined);
      const forged = [
        { ...anchor, hash: String(flipped(anchor.hash, how)) },
        { ...anchor, sequence: anchor.sequence + 1 },
        signed('checkpoint', anchor),
      ];
      const put = forged[how % forged.length];
      expect((await verified({ ...chain, anchor: put })).broken).toEqual({
        sequence: put?.sequence,
        cause: 'anchor-forged',
      });
      const { broken } = await verified({ ...chain, anchor: undefined });
      expect(broken).toEqual({ sequence: 1, cause: 'missing' });
    }));
  it('is short of what an older anchor promises, and says so', () =>
    asserted(async (chain) => {
      fc.pre(chain.anchor !== undefined && chain.anchor.sequence > 1);
      const older = signed('anchor', kept(1, 2, 0).entries[0] as Entry);
      const { broken } = await verified({ ...chain, anchor: older });
      expect(broken).toEqual({ sequence: 2, cause: 'missing' });
    }));
  it('is found the same by parts as in one go, sound, changed, with a hole, cut off and written anew', () =>
    asserted(async (chain, at, how) => {
      const index = pick(chain.entries, at);
      const entry = chain.entries[index] as Entry;
      const anew = follow(chain.entries[index - 1] ?? chain.anchor ?? emptyChain, 1_000, '{"forged":true}');
      const entries = [
        chain.entries,
        chain.entries.with(index, { ...entry, actor: 'operator:eve' }),
        chain.entries.toSpliced(index, 1),
        chain.entries.slice(0, index),
        [...chain.entries.slice(0, index), anew],
      ][how % 5] as Entry[];
      const checkpoints = how % 2 === 0 ? chain.checkpoints : chain.checkpoints.slice(0, -1);
      for (const partMax of [1, 3, 7, 100])
        expect(await verifiedByParts({ ...chain, entries, checkpoints }, partMax)).toEqual(
          await verified({ ...chain, entries, checkpoints }),
        );
    }));
  it('is not taken for cut off when it was signed further on while it was read', async () => {
    const { entries, checkpoints } = kept(6, 6, 0);
    // The store gave the first four before the last two stood there, and the checkpoint after.
    const parts = { entries: streamed(entries.slice(0, 4)), checkpoints: streamed(checkpoints) };
    const part = await verifyPart({ tenantId: 'acme', anchor: undefined, ...parts }, 100, digest, read);
    expect(part).toEqual({
      found: { first: 1, entries: 4, checkpoints: 0, broken: null },
      next: { sequence: 4, hash: entries[3]?.hash },
    });
  });
});
