import type { SignedPlace } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import { describe, expect, it } from 'vitest';
import { type Entry, emptyChain, type Head, link } from '../decide/chain.ts';
import type { AuditLog } from './audit-log.ts';

const following = (tenantId: string, factId: string) => (head: Head) =>
  link(
    tenantId,
    head,
    {
      factId,
      type: 't',
      source: 's',
      subject: tenantId,
      time: '2026-05-05T12:00:00.000Z',
      actor: 'operator:ada',
      action: 'key.revoke',
      target: 'key:one',
      reason: null,
      outcome: 'done',
      requestId: null,
      traceId: null,
      data: '{}',
    },
    digest,
  );
const add = (log: AuditLog, tenantId: string, factId: string) =>
  log.append(tenantId, factId, following(tenantId, factId));
const listed = async <T>(stream: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const each of stream) found.push(each);
  return found;
};
const all = (log: AuditLog, tenantId: string): Promise<Entry[]> => listed(log.entries(tenantId));
const placesOf = async (stream: AsyncIterable<{ sequence: number }>) =>
  (await listed(stream)).map(({ sequence }) => sequence);
const signed = ({ sequence, hash }: Head, receipt = 'receipt'): SignedPlace => ({
  tenantId: 'acme',
  sequence,
  hash,
  receipt,
});
const filled = async (log: AuditLog, count: number): Promise<Entry[]> => {
  await Promise.all(Array.from({ length: count }, (_, n) => add(log, 'acme', `f${n}`)));
  return all(log, 'acme');
};
const isUnbroken = (entries: readonly Entry[], first = 1): boolean =>
  entries.every(({ sequence }, n) => sequence === first + n) &&
  entries.slice(1).every(({ previous }, n) => previous === entries[n]?.hash);

/** `open` gives copies of one empty log. */
export function auditLogPromises(name: string, open: (copies: number) => Promise<readonly AuditLog[]>): void {
  describe(`${name} keeps an audit log’s promises`, () => {
    const opened = async (copies: number) => (await open(copies)) as [AuditLog, AuditLog];

    it('streams what was appended, in its order, each tenant’s alone', async () => {
      const [log] = await opened(1);
      for (const id of ['a', 'b', 'c']) await add(log, 'acme', id);
      await add(log, 'other', 'a');
      expect((await all(log, 'acme')).map(({ factId, sequence }) => [factId, sequence])).toEqual([
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ]);
      expect(await log.recorded('acme', ['c', 'x', 'a'])).toEqual(new Set(['a', 'c']));
      expect(await log.recorded('other', ['b'])).toEqual(new Set());
      expect(await all(log, 'other')).toHaveLength(1);
      expect(await all(log, 'nobody')).toEqual([]);
    });
    it('finds entries by the ids of their facts and by how those begin, each tenant’s alone', async () => {
      const [log] = await opened(1);
      for (const id of ['b:2:9', 'a:1', 'b:1:1', 'a:12', 'b:1:20', 'b:1']) await add(log, 'acme', id);
      await add(log, 'other', 'a:1');
      const found = await log.named('acme', { factIds: ['a:1', 'x'], beginnings: ['b:1:'] });
      expect(found.map(({ factId }) => factId)).toEqual(['a:1', 'b:1:1', 'b:1:20']);
      expect(await log.named('nobody', { factIds: ['a:1'], beginnings: ['b'] })).toEqual([]);
    });
    it('appends a fact once, however often it is delivered', async () => {
      const [one, two] = await opened(2);
      await Promise.all([add(one, 'acme', 'a'), add(two, 'acme', 'a'), add(one, 'acme', 'a')]);
      await add(two, 'acme', 'a');
      expect(await all(one, 'acme')).toHaveLength(1);
    });
    it('keeps one unbroken chain when copies append at once', async () => {
      const [one, two] = await opened(2);
      const ids = Array.from({ length: 30 }, (_, n) => `f${n}`);
      await Promise.all(ids.map((id, n) => add(n % 2 === 0 ? one : two, 'acme', id)));
      const entries = await all(two, 'acme');
      expect(isUnbroken(entries)).toBe(true);
      expect(new Set(entries.map(({ factId }) => factId))).toEqual(new Set(ids));
    });
    it('keeps one unbroken chain, each fact once, when copies append the same facts at once and out of order', async () => {
      const [one, two] = await opened(2);
      const ids = Array.from({ length: 150 }, (_, n) => `f${n}`);
      const heard = [...ids.map((id) => [one, id] as const), ...ids.toReversed().map((id) => [two, id] as const)];
      await Promise.all(heard.map(([log, id]) => add(log, 'acme', id)));
      await Promise.all(heard.slice(0, 50).map(([, id]) => add(two, 'acme', id)));
      const entries = await all(one, 'acme');
      expect(entries).toHaveLength(ids.length);
      expect(isUnbroken(entries)).toBe(true);
    });
    it('answers an append only once its own entry stands', async () => {
      const [one, two] = await opened(2);
      await Promise.all(
        Array.from({ length: 40 }, async (_, n) => {
          await add(n % 2 === 0 ? one : two, 'acme', `f${n}`);
          expect((await all(one, 'acme')).some(({ factId }) => factId === `f${n}`)).toBe(true);
        }),
      );
    });
    it('streams a part of a chain, and tells its head', async () => {
      const [log] = await opened(1);
      expect(await log.head('acme')).toEqual(emptyChain);
      const entries = await filled(log, 5);
      expect(await placesOf(log.entries('acme', { after: 1, upto: 3 }))).toEqual([2, 3]);
      expect(await placesOf(log.entries('acme', { after: 5 }))).toEqual([]);
      expect(await log.head('acme')).toEqual({ sequence: 5, hash: entries[4]?.hash });
    });
    it('keeps one checkpoint for each place, the first', async () => {
      const [one, two] = await opened(2);
      const place = { sequence: 3, hash: 'h' };
      const kept = await Promise.all([one, two, one].map((log, n) => log.checkpoint(signed(place, `r${n}`))));
      expect(kept.filter(Boolean)).toHaveLength(1);
      expect(await one.checkpoint(signed({ sequence: 1, hash: 'g' }))).toBe(true);
      expect(await placesOf(two.checkpoints('acme'))).toEqual([1, 3]);
      expect(await placesOf(two.checkpoints('acme', { after: 1 }))).toEqual([3]);
      expect(await placesOf(two.checkpoints('other'))).toEqual([]);
    });
    it('removes the front of a chain behind an anchor, with its checkpoints, and goes on where it was', async () => {
      const [one, two] = await opened(2);
      const entries = await filled(one, 6);
      for (const n of [1, 3, 5]) await one.checkpoint(signed(entries[n] as Entry));
      const anchor = signed(entries[3] as Entry);
      expect(await one.anchor('acme')).toBeUndefined();
      expect(await one.trim(anchor)).toBe(4);
      expect(await two.anchor('acme')).toEqual(anchor);
      expect(await placesOf(two.entries('acme'))).toEqual([5, 6]);
      expect(await placesOf(two.checkpoints('acme'))).toEqual([6]);
      await add(two, 'acme', 'later');
      expect(isUnbroken(await all(one, 'acme'), 5)).toBe(true);
    });
    it('never moves an anchor back: a trim that comes late or again only finishes', async () => {
      const [one, two] = await opened(2);
      const entries = await filled(one, 6);
      const [early, late] = [signed(entries[1] as Entry), signed(entries[4] as Entry)];
      const removed = await Promise.all([one.trim(late), two.trim(early), two.trim(late)]);
      expect(removed.reduce((sum, each) => sum + each, 0)).toBe(5);
      expect(await one.trim(early)).toBe(0);
      expect(await one.anchor('acme')).toEqual(late);
    });
    it('goes on from the anchor when a chain was trimmed whole, also in a copy that comes later', async () => {
      const [one, two] = await opened(2);
      const entries = await filled(one, 3);
      await one.trim(signed(entries[2] as Entry));
      expect(await two.head('acme')).toEqual({ sequence: 3, hash: entries[2]?.hash });
      await add(two, 'acme', 'next');
      expect(await listed(one.entries('acme', { after: 3 }))).toMatchObject([
        { sequence: 4, previous: entries[2]?.hash },
      ]);
    });
    it('loses nothing of a copy that slept while others appended and the front was removed', async () => {
      const [one, two] = await opened(2);
      await add(two, 'acme', 'before');
      const entries = await filled(one, 8);
      for (const whole of [6, 8]) {
        await one.trim(signed(entries[whole] as Entry));
        await Promise.all(['a', 'b', 'c'].map((id) => add(two, 'acme', `${id}${whole}`)));
        const left = await listed(one.entries('acme', { after: entries[whole]?.sequence ?? 0 }));
        expect(left.map(({ factId }) => factId)).toEqual(
          expect.arrayContaining(['a', 'b', 'c'].map((id) => `${id}${whole}`)),
        );
        expect(isUnbroken(left, (entries[whole]?.sequence ?? 0) + 1)).toBe(true);
      }
    });
    it('appends in one unbroken chain while its front is being removed', async () => {
      const [one, two] = await opened(2);
      const entries = await filled(one, 20);
      const appended = Promise.all(Array.from({ length: 40 }, (_, n) => add(two, 'acme', `g${n}`)));
      await one.trim(signed(entries[14] as Entry));
      await appended;
      const left = await all(one, 'acme');
      expect(left).toHaveLength(45);
      expect(isUnbroken(left, 16)).toBe(true);
    });
  });
}
