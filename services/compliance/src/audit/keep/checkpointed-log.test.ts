import { describe, expect, it, vi } from 'vitest';
import { onTwins } from '../../on-twins.ts';
import { vault } from '../../vault/command/open-vault.ts';
import { keyRing } from '../../vault/keep/key-ring.ts';
import { recordAct } from '../command/record-act.ts';
import { marking } from './checkpointed-log.ts';

const tenantId = 'acme';
const many = Array.from({ length: 200 }, (_, n) => n);
const pace = { everyEntries: 1_000, everyMs: 60_000 };

describe('what all visitors of a tenant need at once', () => {
  it('is one mark of its audit chain, the first time and when it has grown old, however many append', async () => {
    const twins = onTwins();
    const change = vi.spyOn(twins.auditMarks, 'update');
    const one = {
      ...twins,
      vault: vault(keyRing(twins), twins),
      auditLog: marking(twins.auditLog, { ...twins, pace }),
    };
    const act = { tenantId, actor: 'operator:ada', action: 'key.revoke', target: 'key:1', outcome: 'done' } as const;
    for (const round of [1, 2]) {
      await Promise.all(many.map(() => recordAct(one, act)));
      expect(change).toHaveBeenCalledTimes(round);
      twins.clock.advanceMs(pace.everyMs);
    }
  });
  it('is one look at its keys, the first time and when they are held no longer', async () => {
    const twins = onTwins();
    const change = vi.spyOn(twins.tenantKeys, 'update');
    const ring = keyRing(twins);
    for (const round of [1, 2]) {
      const keys = await Promise.all(many.map(() => ring.keysOf(tenantId)));
      expect(new Set(keys.map(({ data }) => Buffer.from(data).toString('hex'))).size).toBe(1);
      expect(change).toHaveBeenCalledTimes(round);
      twins.clock.advanceMs(120_000);
    }
  });
  it('fails for all who wait when the store fails, and for nobody after', async () => {
    const twins = onTwins();
    vi.spyOn(twins.tenantKeys, 'update').mockRejectedValueOnce(new Error('down'));
    const ring = keyRing(twins);
    const first = await Promise.allSettled(many.map(() => ring.keysOf(tenantId)));
    expect(first.every(({ status }) => status === 'rejected')).toBe(true);
    expect((await ring.keysOf(tenantId)).data).toHaveLength(32);
  });
});
