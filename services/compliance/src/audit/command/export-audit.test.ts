import { type AuditLine, ListAudit } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type AuditFixture,
  by,
  entriesOf,
  exportedLines,
  fill,
  openAudit,
  streamed,
  tenantId,
} from '../audit.fixture.ts';
import type { Entry } from '../decide/chain.ts';
import { verifyExport } from '../decide/export.ts';
import { exportReaders } from '../keep/receipt-readers.ts';
import { listAudit } from './list-audit.ts';

describe('an export of the audit log', () => {
  let fixture: AuditFixture;
  let whole: AuditLine[];
  const check = async (lines: readonly AuditLine[]) =>
    verifyExport(streamed(lines), digest, exportReaders(await fixture.receipts.keys()));
  const listed = (over: object) => listAudit(fixture)(ListAudit.request.parse({ tenantId, ...by, ...over }));
  beforeEach(async () => {
    fixture ??= await openAudit();
    if ((await fixture.auditLog.head(tenantId)).sequence === 0) await fill(fixture, 1_100);
    whole ??= await exportedLines(fixture);
  });

  it('holds every entry in signed pages, and proves sound with the public keys alone', async () => {
    expect(whole.filter(({ kind }) => kind === 'page')).toHaveLength(3);
    expect(await check(whole)).toEqual({ first: 1, entries: 1_100, checkpoints: 18, broken: null });
  });
  it('leaves one entry for each request, however many pages it has', async () => {
    const { entries } = await listed({ filter: { action: 'audit.export' } });
    expect(entries).toMatchObject([{ actor: by.actor, requestId: by.requestId, outcome: 'done' }]);
  });
  it('names the first line that was dropped, doubled or moved, or where it was cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom('drop', 'double', 'move', 'cut'), async (at, how) => {
        const index = 1 + (at % (whole.length - 2));
        const line = whole[index] as AuditLine;
        fc.pre(line.kind !== 'checkpoint');
        const changed = {
          drop: () => whole.toSpliced(index, 1),
          double: () => whole.toSpliced(index, 0, line),
          move: () => whole.toSpliced(index, 2, whole[index + 1] as AuditLine, line),
          cut: () => whole.slice(0, index),
        }[how]();
        const { broken } = await check(changed);
        const before = entriesOf(whole.slice(0, index)).length;
        expect(broken).not.toBeNull();
        // A page stands after its entries: without it, or out of its place, the next thing that is wrong is at the page
        // after.
        expect(broken?.sequence).toBeGreaterThanOrEqual(line.kind === 'entry' ? before + 1 : 1);
        expect(broken?.sequence).toBeLessThanOrEqual(before + 2);
      }),
      { numRuns: 80 },
    );
  });
  it('names an entry that was changed, and one that was put in anew with sound hashes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom('actor', 'target', 'data', 'reason', 'time'), async (at, field) => {
        const index = whole.findIndex((line, place) => line.kind === 'entry' && place >= at % (whole.length - 3));
        const line = whole[index] as Entry & AuditLine;
        const { broken } = await check(whole.with(index, { ...line, [field]: 'another' } as AuditLine));
        expect(broken).toEqual({ sequence: line.sequence, cause: 'changed' });
      }),
      { numRuns: 40 },
    );
  });
  it('holds only what a filter lets through, and shows what is missing of that', async () => {
    const filter = { action: 'key.*', actor: 'operator:0' };
    const excerpt = await exportedLines(fixture, filter);
    const entries = entriesOf(excerpt);
    expect(entries).toHaveLength(37);
    expect(await check(excerpt)).toMatchObject({ entries: 37, broken: null });
    for (const line of [entries[0], entries.at(-1)]) {
      const { broken } = await check(excerpt.filter((each) => each !== line));
      expect(broken).toMatchObject({ cause: 'missing' });
      expect(line?.sequence).toBeGreaterThanOrEqual(broken?.sequence ?? Number.POSITIVE_INFINITY);
      expect(line?.sequence).toBeLessThanOrEqual(broken?.upto ?? 0);
    }
    const opened = excerpt.map((line) => (line.kind === 'export' ? { ...line, filter: {} } : line));
    expect((await check(opened)).broken).not.toBeNull();
  });
  it('takes a time range, from the first moment up to and without the last', async () => {
    const [from, to] = ['2026-05-05T12:00:10Z', '2026-05-05T12:00:20Z'];
    const times = entriesOf(await exportedLines(fixture, { from, to })).map(({ time }) => time);
    expect(times).toHaveLength(10);
    expect(times[0]).toBe('2026-05-05T12:00:10.000Z');
  });
});
