import { describe, expect, it } from 'vitest';
import { type AuditFixture, entriesOf, exportedLines, fill, openAudit, tenantId } from '../audit.fixture.ts';
import type { Entry } from '../decide/chain.ts';
import { partMax } from '../keep/entries-after.ts';
import { trimAudit } from './trim-audit.ts';
import { verifyAudit } from './verify-audit.ts';

describe('an audit log that is longer than one question reaches', () => {
  it('is verified part by part to its end, and to a break in a later part', async () => {
    const fixture = await openAudit();
    await fill(fixture, 60);
    const part = 25;
    const parts = async (over: AuditFixture = fixture) => {
      const answer = verifyAudit(over, part);
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
      ...fixture.auditLog,
      async *entries(...asked: Parameters<AuditFixture['auditLog']['entries']>) {
        for await (const entry of fixture.auditLog.entries(...asked)) yield eves(entry);
      },
    };
    const broken = { sequence: part + 7, cause: 'changed' };
    expect(await parts({ ...fixture, auditLog })).toEqual([
      [1, 25, null],
      [26, 6, broken],
    ]);
  });
  it('is not taken for sound because a hole is longer than a part', async () => {
    const fixture = await openAudit();
    await fill(fixture, 3);
    const [entry] = entriesOf(await exportedLines(fixture));
    const far = { ...entry, sequence: 4 + 2 * partMax } as Entry;
    const auditLog: AuditFixture['auditLog'] = {
      ...fixture.auditLog,
      async *entries(...asked) {
        const { after = 0, upto = Infinity } = asked[1] ?? {};
        yield* fixture.auditLog.entries(...asked);
        if (far.sequence > after && far.sequence <= upto) yield far;
      },
    };
    const { entries, broken } = await verifyAudit({ ...fixture, auditLog })({ tenantId });
    expect([entries, broken]).toEqual([4, { sequence: 5, cause: 'missing' }]);
  });
  it('is refused to whoever verifies what retention removes meanwhile, who must begin again', async () => {
    const fixture = await openAudit();
    await fill(fixture, 30);
    const trimmed = (): Promise<number> => trimAudit(fixture, tenantId, new Date('2026-05-05T12:00:20.000Z'));
    const auditLog = {
      ...fixture.auditLog,
      async *entries(...asked: Parameters<AuditFixture['auditLog']['entries']>) {
        await trimmed();
        yield* fixture.auditLog.entries(...asked);
      },
    };
    await expect(verifyAudit({ ...fixture, auditLog })({ tenantId })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    const from = { sequence: 3, hash: 'h' };
    await expect(verifyAudit(fixture)({ tenantId, from })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(await verifyAudit(fixture)({ tenantId })).toMatchObject({ first: 21, broken: null, next: null });
  });
});
