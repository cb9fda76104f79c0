import { describe, expect, it, vi } from 'vitest';
import { onTwins, vaultOf } from '../../compliance.fixture.ts';
import { recordAct } from '../command/record-act.ts';
import { checkpointedLog } from './checkpointed-log.ts';

const tenantId = 'acme';
const many = Array.from({ length: 200 }, (_, n) => n);
const pace = { everyEntries: 1_000, everyMs: 60_000 };

describe('an audit log with checkpoints', () => {
  it('writes the place of a chain once, and again when that has grown old, however many append at once', async () => {
    const twins = onTwins();
    const update = vi.spyOn(twins.checkpointPlaces, 'update');
    const one = {
      ...twins,
      vault: vaultOf(twins),
      auditLog: checkpointedLog(twins.auditLog, { ...twins, pace }),
    };
    const act = { tenantId, actor: 'operator:ada', action: 'key.revoke', target: 'key:1', outcome: 'done' } as const;
    for (const round of [1, 2]) {
      await Promise.all(many.map(() => recordAct(one, act)));
      expect(update).toHaveBeenCalledTimes(round);
      twins.clock.advanceMs(pace.everyMs);
    }
  });
});
