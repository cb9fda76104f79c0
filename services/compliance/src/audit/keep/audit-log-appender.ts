import { Fault, orUnavailable } from '@vox/platform/fault';
import { batcher } from '@vox/platform/time';
import { type Collection, MongoBulkWriteError } from 'mongodb';
import type { Entry, Head } from '../decide/chain.ts';
import type { AuditLog } from './audit-log.ts';

type Waiting = Readonly<{
  factId: string;
  follow: (head: Head) => Entry;
  resolve: () => void;
  reject: (error: unknown) => void;
}>;

const triesMax = 50;
const batchMax = 200;
const headsMax = 10_000;
const inOneCommand = { sizeMax: 16, waitMs: 5 };
const duplicateKey = 11_000;

/** Where a chain ends and after which place it begins, as the store knows them now. */
export type Ends = Readonly<{
  head: (tenantId: string) => Promise<Head>;
  begins: (tenantId: string) => Promise<number>;
}>;

/**
 * Appends to the chains of a collection. Facts that come while a write of the same tenant is under way go together in
 * the next: one write, not one for each. Each is answered only once its own entry stands. The server inserts in order
 * and stops at the first it refuses, so a chain never has a gap, not even after a crash in the middle.
 *
 * A copy may hold a head of long ago, and find its place free because the front was removed meanwhile. What it writes
 * there stands before the beginning of the chain, where nobody looks, and goes no further than to the first entry that
 * was left. So after each write it looks where the chain begins, takes away what stands before that, and appends it
 * anew.
 */
export function appender(rows: Collection<Entry>, ends: Ends): AuditLog['append'] {
  /** The newest head this copy knows. Another copy may be ahead: then the place is taken, and the head is read anew. */
  const heads = new Map<string, Head>();
  /** Who waits, by tenant; a tenant stands here while somebody writes for it. */
  const queues = new Map<string, Waiting[]>();

  /** What several tenants append at one moment goes in one command. */
  const insert = batcher<readonly Entry[], number>(inOneCommand, (chains) =>
    orUnavailable(() => insertedEach(rows, chains)),
  );

  function remember(tenantId: string, { sequence, hash }: Head): void {
    if (heads.size >= headsMax) heads.clear();
    heads.set(tenantId, { sequence, hash });
  }

  /** Writes what it can in one go. Answers who still waits, because a place or a fact was taken. */
  async function write(tenantId: string, waiting: readonly Waiting[]): Promise<readonly Waiting[]> {
    let head = heads.get(tenantId) ?? (await ends.head(tenantId));
    const entries = waiting.map(({ follow }) => {
      const entry = follow(head);
      head = entry;
      return entry;
    });
    const inserted = await insert(entries);
    const begins = inserted === 0 ? 0 : await ends.begins(tenantId);
    const lost = entries.slice(0, inserted).filter(({ sequence }) => sequence <= begins);
    const last = entries[inserted - 1];
    if (inserted === entries.length && last !== undefined && lost.length === 0) remember(tenantId, last);
    else heads.delete(tenantId);
    await takeAway(tenantId, lost, begins);
    for (const { resolve } of waiting.slice(lost.length, inserted)) resolve();
    return [...waiting.slice(0, lost.length), ...waiting.slice(inserted)];
  }

  /** Removes what stands before the beginning of a chain, so that its facts can be appended. */
  async function takeAway(tenantId: string, found: readonly Pick<Entry, 'factId'>[], begins: number): Promise<void> {
    if (found.length === 0) return;
    const factIds = found.map(({ factId }) => factId);
    await orUnavailable(() => rows.deleteMany({ tenantId, factId: { $in: factIds }, sequence: { $lte: begins } }));
  }

  /** Answers those whose fact stands in the chain already, and who is left. */
  async function withoutKnown(tenantId: string, waiting: readonly Waiting[]): Promise<readonly Waiting[]> {
    const factIds = waiting.map(({ factId }) => factId);
    const found = await orUnavailable(() =>
      rows.find({ tenantId, factId: { $in: factIds } }, { projection: { factId: 1, sequence: 1 } }).toArray(),
    );
    const begins = found.length === 0 ? 0 : await ends.begins(tenantId);
    const known = new Set(found.filter(({ sequence }) => sequence > begins).map(({ factId }) => factId));
    await takeAway(
      tenantId,
      found.filter(({ factId }) => !known.has(factId)),
      begins,
    );
    for (const { factId, resolve } of waiting) if (known.has(factId)) resolve();
    return waiting.filter(({ factId }) => !known.has(factId));
  }

  async function settle(tenantId: string, batch: readonly Waiting[]): Promise<void> {
    let left = batch;
    try {
      for (let tries = 1; left.length > 0; tries += 1) {
        if (tries > triesMax)
          throw new Fault('UNAVAILABLE', {}, { cause: new Error('an audit log is appended to by too many at once') });
        left = await write(tenantId, left);
        if (left.length > 0) left = await withoutKnown(tenantId, left);
      }
    } catch (error) {
      heads.delete(tenantId);
      for (const { reject } of left) reject(error);
    }
  }

  async function work(tenantId: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, batchMax);
      const firsts = new Map(batch.toReversed().map((each) => [each.factId, each]));
      const isFirst = (each: Waiting): boolean => firsts.get(each.factId) === each;
      // The same fact twice in one batch: the second finds the first in the chain.
      queue.unshift(...batch.filter((each) => !isFirst(each)));
      await settle(tenantId, batch.filter(isFirst));
    }
    queues.delete(tenantId);
  }

  return (tenantId, factId, follow) =>
    new Promise<void>((resolve, reject) => {
      const waiting = { factId, follow, resolve, reject };
      const queue = queues.get(tenantId);
      if (queue !== undefined) return void queue.push(waiting);
      const own = [waiting];
      queues.set(tenantId, own);
      void work(tenantId, own);
    });
}

/**
 * How many of the first entries of each chain now stand. The server stops at the first that it refuses: what is left of
 * that chain is left, for a chain has no gap, and the chains behind it go on.
 */
async function insertedEach(rows: Collection<Entry>, chains: readonly (readonly Entry[])[]): Promise<number[]> {
  const stand: number[] = [];
  while (stand.length < chains.length) {
    let left = await insertedOf(rows, chains.slice(stand.length).flat());
    for (const chain of chains.slice(stand.length)) {
      stand.push(Math.min(left, chain.length));
      if (left < chain.length) break;
      left -= chain.length;
    }
  }
  return stand;
}

/** How many of the first entries now stand; fewer than all when a place or a fact was taken. */
async function insertedOf(rows: Collection<Entry>, entries: readonly Entry[]): Promise<number> {
  try {
    return (
      await rows.insertMany(
        entries.map((entry) => ({ ...entry })),
        { ordered: true },
      )
    ).insertedCount;
  } catch (error) {
    if (error instanceof MongoBulkWriteError && error.code === duplicateKey) return error.insertedCount;
    throw error;
  }
}
