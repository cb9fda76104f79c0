import { digest } from '@vox/shared/crypto';
import { describe, expect, it } from 'vitest';
import { type Entry, type Head, link } from '../decide/chain.ts';
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
const all = async (log: AuditLog, tenantId: string): Promise<Entry[]> => {
  const found: Entry[] = [];
  for await (const entry of log.entries(tenantId)) found.push(entry);
  return found;
};

/** `open` gives copies of one empty log. */
export function auditLogPromises(name: string, open: (copies: number) => Promise<readonly AuditLog[]>): void {
  describe(`${name} keeps an audit log’s promises`, () => {
    const opened = async (copies: number) => (await open(copies)) as [AuditLog, AuditLog];

    it('gives back what was appended, in its order, each tenant’s alone', async () => {
      const [log] = await opened(1);
      for (const id of ['a', 'b', 'c']) await add(log, 'acme', id);
      await add(log, 'other', 'a');
      expect((await all(log, 'acme')).map(({ factId, sequence }) => [factId, sequence])).toEqual([
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ]);
      expect(await all(log, 'other')).toHaveLength(1);
      expect(await all(log, 'nobody')).toEqual([]);
    });
    it('appends a fact once, however often it is heard', async () => {
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
      expect(entries.map(({ sequence }) => sequence)).toEqual(ids.map((_, n) => n + 1));
      expect(entries.slice(1).map(({ previous }) => previous)).toEqual(entries.slice(0, -1).map(({ hash }) => hash));
      expect(new Set(entries.map(({ factId }) => factId))).toEqual(new Set(ids));
    });
  });
}
