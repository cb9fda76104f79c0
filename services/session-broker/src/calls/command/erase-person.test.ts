import { randomUUID } from 'node:crypto';
import { EraseFrom, ExportFrom } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { openFixture } from '../../broker.fixture.ts';

describe('the erasure of a person', () => {
  it('ends the person’s call for the reason privacy, forgets whose it was and leaves other calls alone', async () => {
    const { grant, beat, bus, reasons } = await openFixture();
    const [erased, other] = [randomUUID(), randomUUID()];
    await grant(erased, 1);
    await grant(other, 2);
    const person = { visitorIds: [], userIds: [], sessionIds: [erased] };
    const erase = (tenantId: string) => bus.ask(EraseFrom['session-broker'], { tenantId, ...person });
    expect(await erase('other')).toEqual({ erased: 0 });
    expect(reasons()).toEqual([]);
    for (let again = 0; again < 2; again += 1) expect(await erase('acme')).toEqual({ erased: 1 });
    expect(reasons()).toEqual(['privacy']);
    expect(await beat(erased)).toMatchObject({ kind: 'ended', reason: 'privacy' });
    expect(await beat(other)).toMatchObject({ kind: 'live' });
  });
});

describe('the export of a person', () => {
  it('shows how each session of the person stands, without its secret, and none of another tenant', async () => {
    const { grant, end, bus } = await openFixture({ limits: { openSessionsPerPerson: 2 } });
    const sessionIds = [randomUUID(), randomUUID(), randomUUID()];
    const [ended = '', live, denied] = sessionIds;
    for (const id of sessionIds) await grant(id);
    await end(ended);
    const person = { visitorIds: [], userIds: [], sessionIds };
    const { records } = await bus.ask(ExportFrom['session-broker'], { tenantId: 'acme', ...person });
    expect(records).toMatchObject([
      { kind: 'sessions', id: ended, data: { state: 'ended', agentId: 'guide', reason: 'client' } },
      { kind: 'sessions', id: live, data: { state: 'live', agentId: 'guide' } },
      { kind: 'sessions', id: denied, data: { state: 'denied', reason: 'too-many-open' } },
    ]);
    expect(JSON.stringify(records)).not.toMatch(/sealed|secret/i);
    expect(await bus.ask(ExportFrom['session-broker'], { tenantId: 'other', ...person })).toEqual({ records: [] });
  });
});
