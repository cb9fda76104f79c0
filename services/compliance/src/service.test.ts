import { KeyRevoked, makeFact, VerifyAudit } from '@vox/contracts';
import { settled } from '@vox/testing';
import { expect, it } from 'vitest';
import type { Entry } from './audit/decide/chain.ts';
import { onTwins } from './compliance.fixture.ts';
import { startCompliance } from './service.ts';

const revoked = (id: string) =>
  makeFact(
    KeyRevoked,
    { id, source: 'auth', at: new Date('2026-05-05T12:00:00.000Z') },
    { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', actor: 'tester' },
  );

it('compliance records every fact in its tenant’s log, and verify names the entry that was tampered with', async () => {
  const twins = onTwins();
  const { bus, auditLog } = twins;
  let tampered: ((entry: Entry) => Entry) | undefined;
  const seen = {
    ...auditLog,
    async *entries(...asked: Parameters<typeof auditLog.entries>) {
      for await (const entry of auditLog.entries(...asked)) yield tampered?.(entry) ?? entry;
    },
  };
  const service = await startCompliance({ ...twins, auditLog: seen });
  for (const id of ['a', 'b', 'c']) await bus.publish(KeyRevoked, revoked(id));
  await settled(bus);
  expect(await bus.ask(VerifyAudit, { tenantId: 'acme' })).toMatchObject({ entries: 3, broken: null });
  await expect(bus.ask(VerifyAudit, { tenantId: 'other' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  tampered = (entry) => (entry.factId === 'b' ? { ...entry, data: '{"tenantId":"acme"}' } : entry);
  expect(await bus.ask(VerifyAudit, { tenantId: 'acme' })).toMatchObject({
    entries: 1,
    broken: { sequence: 2, cause: 'changed' },
  });
  await service.stop();
  await bus.close();
});
