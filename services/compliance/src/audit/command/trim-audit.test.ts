import { digest } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { describe, expect, it } from 'vitest';
import { type AuditFixture, by, exportedLines, fill, openAudit, streamed, tenantId } from '../audit.fixture.ts';
import { verifyExport } from '../decide/export.ts';
import { exportReaders } from '../keep/receipt-readers.ts';
import { exportAudit } from './export-audit.ts';
import { oldAudit, trimAudit } from './trim-audit.ts';
import { verifyAudit } from './verify-audit.ts';

describe('the front of a chain that has outlived its retention', () => {
  it('is removed behind a signed anchor, from which verify and an export start', async () => {
    const fixture = await openAudit();
    await fill(fixture, 30);
    const before = new Date('2026-05-05T12:00:20.000Z');
    expect((await oldAudit(fixture, tenantId, before, 1_000)).count).toBe(20);
    expect(await trimAudit(fixture, tenantId, before)).toBe(20);
    expect(await trimAudit(fixture, tenantId, before)).toBe(0);
    expect(await verifyAudit(fixture)({ tenantId })).toMatchObject({ first: 21, entries: 10, broken: null });
    const lines = await exportedLines(fixture);
    const read = exportReaders(await fixture.receipts.keys());
    expect(await verifyExport(streamed(lines), digest, read)).toMatchObject({ first: 21, broken: null });
    const without = lines.filter(({ kind }) => kind !== 'anchor');
    expect((await verifyExport(streamed(without), digest, read)).broken).toEqual({ sequence: 1, cause: 'missing' });
  });
  it('leaves a sound chain wherever its removal is killed, and goes with the next', async () => {
    const fixture = await openAudit();
    await fill(fixture, 30);
    const before = new Date('2026-05-05T12:00:20.000Z');
    // Killed after the anchor stands and before anything is removed.
    let anchor: Parameters<AuditFixture['auditLog']['trim']>[0] | undefined;
    const killed = {
      ...fixture.auditLog,
      trim: (place: NonNullable<typeof anchor>) => {
        anchor = place;
        return Promise.reject(new Fault('UNAVAILABLE'));
      },
    };
    await trimAudit({ ...fixture, auditLog: killed }, tenantId, before).catch(() => undefined);
    const standing = { ...fixture, auditLog: { ...fixture.auditLog, anchor: async () => anchor } };
    expect(await verifyAudit(standing)({ tenantId })).toMatchObject({ first: 21, entries: 10, broken: null });
    expect(await trimAudit(standing, tenantId, before)).toBe(20);
  });
  it('ends at the first entry that is young enough, so that it never leaves a hole', async () => {
    const fixture = await openAudit();
    await fill(fixture, 3);
    fixture.clock.advanceMs(-10_000);
    await fill(fixture, 3);
    expect(await trimAudit(fixture, tenantId, new Date('2026-05-05T12:00:00.500Z'))).toBe(1);
    expect(await verifyAudit(fixture)({ tenantId })).toMatchObject({ first: 2, broken: null });
  });
  it('is refused to whoever exports it meanwhile, who must begin again', async () => {
    const fixture = await openAudit();
    await fill(fixture, 30);
    await trimAudit(fixture, tenantId, new Date('2026-05-05T12:00:20.000Z'));
    const asked = exportAudit(fixture)({ tenantId, filter: {}, from: { after: 5, upto: 30 }, ...by });
    await expect(asked).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
