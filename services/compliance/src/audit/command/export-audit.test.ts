import { type AuditFilter, type AuditLine, ExportAudit, ListAudit } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { onTwins } from '../../on-twins.ts';
import { openReceipts } from '../../vault/command/open-receipts.ts';
import { vault as openVault } from '../../vault/command/open-vault.ts';
import { keyRing } from '../../vault/keep/key-ring.ts';
import { operatorsOnly } from '../decide/authority.ts';
import type { Entry } from '../decide/chain.ts';
import { verifyExport } from '../decide/export.ts';
import { marking } from '../keep/checkpointed-log.ts';
import { answerExport, answerList } from './export-audit.ts';
import { recordAct } from './record-act.ts';
import { signDueChains } from './sign-due-chains.ts';
import { oldAudit, trimAudit } from './trim-audit.ts';
import { answerVerify, exportReaders, partMax } from './verify-audit.ts';

const tenantId = 'acme';
const by = { actor: 'operator:ada', requestId: 'request-1' };
const pace = { everyEntries: 400, everyMs: 60_000 };

async function openFixture() {
  const twins = onTwins();
  const ring = keyRing(twins);
  const auditLog = marking(twins.auditLog, { ...twins, pace });
  const receipts = await openReceipts(ring, twins);
  return { ...twins, auditLog, authority: operatorsOnly, vault: openVault(ring, twins), receipts, pace };
}
type Fixture = Awaited<ReturnType<typeof openFixture>>;

const filled = async (needs: Fixture, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) {
    const what = n % 10 === 0 ? 'key.revoke' : 'session.start';
    await recordAct(needs, { tenantId, actor: `operator:${n % 3}`, action: what, target: `key:${n}`, outcome: 'done' });
    needs.clock.advanceMs(1_000);
    await signDueChains(needs);
  }
};
const exported = async (needs: Fixture, filter: AuditFilter = {}): Promise<AuditLine[]> => {
  const answer = answerExport(needs);
  const lines: AuditLine[] = [];
  let from: { after: number; upto: number } | undefined;
  do {
    const page = ExportAudit.reply.parse(await answer({ tenantId, filter, from, ...by }));
    lines.push(...page.lines);
    from = page.next ?? undefined;
  } while (from !== undefined);
  return lines;
};
/** As a file brings them: some lines at once. */
async function* streamed(all: readonly AuditLine[]): AsyncIterable<readonly string[]> {
  const texts = all.map((line) => JSON.stringify(line));
  for (let at = 0; at < texts.length; at += 7) yield texts.slice(at, at + 7);
}
const listed = (needs: Fixture, over: object = {}) =>
  answerList(needs)(ListAudit.request.parse({ tenantId, ...by, ...over }));
const entriesOf = (lines: readonly AuditLine[]): Entry[] => lines.filter((line) => line.kind === 'entry');

describe('an export of the audit log', () => {
  let needs: Fixture;
  let whole: AuditLine[];
  const check = async (lines: readonly AuditLine[]) =>
    verifyExport(streamed(lines), digest, exportReaders(await needs.receipts.keys()));
  beforeEach(async () => {
    needs ??= await openFixture();
    if ((await needs.auditLog.head(tenantId)).sequence === 0) await filled(needs, 1_100);
    whole ??= await exported(needs);
  });

  it('holds every entry in signed pages, and proves sound with the public keys alone', async () => {
    expect(whole.filter(({ kind }) => kind === 'page')).toHaveLength(3);
    expect(await check(whole)).toEqual({ first: 1, entries: 1_100, checkpoints: 18, broken: null });
  });
  it('leaves one entry for each request, however many pages it has', async () => {
    const { entries } = await listed(needs, { filter: { action: 'audit.export' } });
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
        // A page stands after its entries: without it, or out of its place, the next thing that is wrong is at the page after.
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
    const excerpt = await exported(needs, filter);
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
    const times = entriesOf(await exported(needs, { from, to })).map(({ time }) => time);
    expect(times).toHaveLength(10);
    expect(times[0]).toBe('2026-05-05T12:00:10.000Z');
  });
  it('lists the newest that a filter lets through, and looks back from there', async () => {
    const first = await listed(needs, { limit: 5, filter: { action: 'session.start' } });
    expect(first.entries.map(({ target }) => target)).toEqual([1095, 1096, 1097, 1098, 1099].map((n) => `key:${n}`));
    const { entries } = await listed(needs, { limit: 1, before: first.earlier, filter: { action: 'session.start' } });
    expect(entries).toMatchObject([{ target: 'key:1094' }]);
  });
  it('is refused to whoever may not, and that stands in the log', async () => {
    const asked = answerExport(needs)({ tenantId, filter: {}, ...by, actor: 'user:eve' });
    await expect(asked).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { entries } = await listed(needs, { filter: { actor: 'user:eve' } });
    expect(entries).toMatchObject([{ action: 'audit.export', outcome: 'refused' }]);
  });
});

describe('an audit log that is longer than one question reaches', () => {
  it('is verified part by part to its end, and to a break in a later part', async () => {
    const needs = await openFixture();
    await filled(needs, 60);
    const part = 25;
    const parts = async (over: Fixture = needs) => {
      const answer = answerVerify(over, part);
      const found = [await answer({ tenantId })];
      for (let next = found[0]?.next; next; next = found.at(-1)?.next)
        found.push(await answer({ tenantId, from: next }));
      return found.map(({ first, entries, broken }) => [first, entries, broken]);
    };
    expect(await parts()).toEqual([
      [1, 25, null],
      [26, 25, null],
      [51, 10, null],
    ]);
    const eves = (entry: Entry): Entry => (entry.sequence === part + 7 ? { ...entry, actor: 'operator:eve' } : entry);
    const auditLog = {
      ...needs.auditLog,
      async *entries(...asked: Parameters<Fixture['auditLog']['entries']>) {
        for await (const entry of needs.auditLog.entries(...asked)) yield eves(entry);
      },
    };
    const broken = { sequence: part + 7, cause: 'changed' };
    expect(await parts({ ...needs, auditLog })).toEqual([
      [1, 25, null],
      [26, 6, broken],
    ]);
  });
  it('is not sound because a hole is longer than a part', async () => {
    const needs = await openFixture();
    await filled(needs, 3);
    const [entry] = entriesOf(await exported(needs));
    const far = { ...entry, sequence: 4 + 2 * partMax } as Entry;
    const auditLog: Fixture['auditLog'] = {
      ...needs.auditLog,
      async *entries(...asked) {
        const { after = 0, upto = Infinity } = asked[1] ?? {};
        yield* needs.auditLog.entries(...asked);
        if (far.sequence > after && far.sequence <= upto) yield far;
      },
    };
    const { entries, broken } = await answerVerify({ ...needs, auditLog })({ tenantId });
    expect([entries, broken]).toEqual([4, { sequence: 5, cause: 'missing' }]);
  });
  it('tells whoever verifies what retention removes meanwhile to begin again', async () => {
    const needs = await openFixture();
    await filled(needs, 30);
    const trimmed = (): Promise<number> => trimAudit(needs, tenantId, new Date('2026-05-05T12:00:20.000Z'));
    const auditLog = {
      ...needs.auditLog,
      async *entries(...asked: Parameters<Fixture['auditLog']['entries']>) {
        await trimmed();
        yield* needs.auditLog.entries(...asked);
      },
    };
    await expect(answerVerify({ ...needs, auditLog })({ tenantId })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    const from = { sequence: 3, hash: 'h' };
    await expect(answerVerify(needs)({ tenantId, from })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(await answerVerify(needs)({ tenantId })).toMatchObject({ first: 21, broken: null, next: null });
  });
});

describe('the front of a chain that has outlived its retention', () => {
  it('is removed behind a signed anchor, from which verify and an export start', async () => {
    const needs = await openFixture();
    await filled(needs, 30);
    const before = new Date('2026-05-05T12:00:20.000Z');
    expect((await oldAudit(needs, tenantId, before, 1_000)).count).toBe(20);
    expect(await trimAudit(needs, tenantId, before)).toBe(20);
    expect(await trimAudit(needs, tenantId, before)).toBe(0);
    expect(await answerVerify(needs)({ tenantId })).toMatchObject({ first: 21, entries: 10, broken: null });
    const lines = await exported(needs);
    const read = exportReaders(await needs.receipts.keys());
    expect(await verifyExport(streamed(lines), digest, read)).toMatchObject({ first: 21, broken: null });
    const without = lines.filter(({ kind }) => kind !== 'anchor');
    expect((await verifyExport(streamed(without), digest, read)).broken).toEqual({ sequence: 1, cause: 'missing' });
  });
  it('leaves a sound chain wherever its removal is killed, and goes with the next', async () => {
    const needs = await openFixture();
    await filled(needs, 30);
    const before = new Date('2026-05-05T12:00:20.000Z');
    // Killed after the anchor stands and before anything is removed.
    let anchor: Parameters<Fixture['auditLog']['trim']>[0] | undefined;
    const killed = {
      ...needs.auditLog,
      trim: (place: NonNullable<typeof anchor>) => {
        anchor = place;
        return Promise.reject(new Fault('UNAVAILABLE'));
      },
    };
    await trimAudit({ ...needs, auditLog: killed }, tenantId, before).catch(() => undefined);
    const standing = { ...needs, auditLog: { ...needs.auditLog, anchor: async () => anchor } };
    expect(await answerVerify(standing)({ tenantId })).toMatchObject({ first: 21, entries: 10, broken: null });
    expect(await trimAudit(standing, tenantId, before)).toBe(20);
  });
  it('ends at the first entry that is young enough, so that it never leaves a hole', async () => {
    const needs = await openFixture();
    await filled(needs, 3);
    needs.clock.advanceMs(-10_000);
    await filled(needs, 3);
    expect(await trimAudit(needs, tenantId, new Date('2026-05-05T12:00:00.500Z'))).toBe(1);
    expect(await answerVerify(needs)({ tenantId })).toMatchObject({ first: 2, broken: null });
  });
  it('tells whoever exports meanwhile to begin again', async () => {
    const needs = await openFixture();
    await filled(needs, 30);
    await trimAudit(needs, tenantId, new Date('2026-05-05T12:00:20.000Z'));
    const asked = answerExport(needs)({ tenantId, filter: {}, from: { after: 5, upto: 30 }, ...by });
    await expect(asked).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
