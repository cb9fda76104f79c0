import { randomUUID } from 'node:crypto';
import { consumers, makeFact, QuotaThreshold, SessionExpiring } from '@vox/contracts';
import { expect, it, vi } from 'vitest';
import { reject } from '../bus.ts';
import { at, lettersOf, type OpenedBus, passed } from './bus.fixture.ts';

/** What every bus promises of facts that are read back or forgotten. */
export function archivePromises(opened: OpenedBus): void {
  it('forgets the facts and dead letters of one tenant or session, and hands back what it still holds', async () => {
    const { bus } = opened();
    const ended = (tenantId: string, sessionId: string) =>
      makeFact(
        SessionExpiring,
        { id: `${tenantId}:${sessionId}`, source: 'test', at },
        { tenantId, sessionId, endsAt: at.toISOString() },
      );
    const [one, two] = [randomUUID(), randomUUID()];
    const kinds = [SessionExpiring, QuotaThreshold];
    for (const [tenantId, sessionId] of [
      ['acme', one],
      ['acme', two],
      ['other', one],
    ] as const)
      await bus.publish(SessionExpiring, ended(tenantId, sessionId));
    const consumer = { ...consumers.auditCalls, name: `test-${randomUUID()}` };
    await bus.consume(consumer, async ({ subject }) => (subject === `acme/${one}` ? reject('no') : 'ack'));
    await vi.waitFor(async () => expect(await lettersOf(opened(), consumer)).toHaveLength(1), { timeout: 5_000 });
    const held = async (tenantId?: string) => {
      const subjects: string[] = [];
      for await (const { subject } of bus.history(kinds, { tenantId })) subjects.push(subject);
      return subjects.sort();
    };
    expect(await held('acme')).toEqual([`acme/${one}`, `acme/${two}`].sort());
    expect(await bus.forget(kinds, { tenantId: 'acme', sessionId: one })).toBe(2);
    expect(await bus.forget(kinds, { tenantId: 'acme', sessionId: one })).toBe(0);
    expect(await held()).toEqual([`acme/${two}`, `other/${one}`].sort());
    await bus.publish(QuotaThreshold, passed('acme'));
    expect(await bus.forget(kinds, { tenantId: 'acme' })).toBe(2);
    expect(await held()).toEqual([`other/${one}`]);
  });
  it('hands back the newest fact of a kind and tenant for as long as it holds it', async () => {
    const { bus } = opened();
    expect(await bus.newest(QuotaThreshold, 'newest')).toBeUndefined();
    for (const [tenantId, id] of [
      ['newest', 'first'],
      ['newest', 'last'],
      ['newest-not', 'other'],
    ] as const)
      await bus.publish(QuotaThreshold, passed(tenantId, `${id}-${randomUUID()}`));
    expect(await bus.newest(QuotaThreshold, 'newest')).toMatchObject({ id: expect.stringMatching(/^last-/) });
    await bus.forget([QuotaThreshold], { tenantId: 'newest' });
    expect(await bus.newest(QuotaThreshold, 'newest')).toBeUndefined();
  });
}
