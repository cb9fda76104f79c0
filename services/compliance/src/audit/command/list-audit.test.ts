import { ListAudit } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { type AuditFixture, by, fill, openAudit, tenantId } from '../audit.fixture.ts';
import { listAudit } from './list-audit.ts';

const listed = (fixture: AuditFixture, over: object) =>
  listAudit(fixture)(ListAudit.request.parse({ tenantId, ...by, ...over }));

describe('a list of the audit log', () => {
  it('holds the newest that a filter lets through, and looks back from there', async () => {
    const fixture = await openAudit();
    await fill(fixture, 1_100);
    const first = await listed(fixture, { limit: 5, filter: { action: 'session.start' } });
    expect(first.entries.map(({ target }) => target)).toEqual([1095, 1096, 1097, 1098, 1099].map((n) => `key:${n}`));
    const { entries } = await listed(fixture, { limit: 1, before: first.earlier, filter: { action: 'session.start' } });
    expect(entries).toMatchObject([{ target: 'key:1094' }]);
  });
});
