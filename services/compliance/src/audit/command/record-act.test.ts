import type { AuditAct } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { describe, expect, it } from 'vitest';
import { onTwins, vaultOf } from '../../compliance.fixture.ts';
import type { Entry } from '../decide/chain.ts';
import { recordAct, recorded } from './record-act.ts';

const visitorId = 'v_CanaryCanaryCanary0001';
const address = 'canary.person@example.com';
const number = '+34 600 123 456';
const canaries = [visitorId, address, number];

const twins = onTwins();
const dependencies = { ...twins, vault: vaultOf(twins) };

describe('an act that no fact tells of', () => {
  const entries = async () => {
    const found: Entry[] = [];
    for await (const entry of dependencies.auditLog.entries('acme')) found.push(entry);
    return found;
  };
  const act: Omit<AuditAct, 'outcome'> = {
    ...{ tenantId: 'acme', actor: 'operator:ada', requestId: 'request-1' },
    reason: `asked for by ${address}, ${number}`,
    ...{ action: 'transcript.read', target: 'session:1' },
  };

  it('stands in the audit log before its answer leaves, without persons, and once for each id', async () => {
    expect(await recorded(dependencies, { ...act, details: { visitor: visitorId } }, async () => 'text')).toBe('text');
    await recordAct(dependencies, { ...act, outcome: 'done' }, 'same');
    await recordAct(dependencies, { ...act, outcome: 'done' }, 'same');
    const all = await entries();
    expect(all).toMatchObject([
      { action: 'transcript.read', outcome: 'done', target: 'session:1', requestId: 'request-1' },
      { factId: 'act:same' },
    ]);
    for (const canary of canaries) expect(JSON.stringify(all)).not.toContain(canary);
  });
  it('that is refused stands in the audit log with the code and no more; one that broke does not', async () => {
    const failing = (error: Error) => recorded(dependencies, act, () => Promise.reject(error)).catch(() => undefined);
    const before = (await entries()).length;
    await failing(new Fault('FORBIDDEN', { message: address }));
    await failing(new Fault('UNAVAILABLE'));
    await failing(new Error('broke'));
    expect((await entries()).slice(before)).toMatchObject([{ outcome: 'refused', data: '{"code":"FORBIDDEN"}' }]);
  });
  it('is not answered when it cannot be recorded', async () => {
    const auditLog = { ...dependencies.auditLog, append: () => Promise.reject(new Fault('UNAVAILABLE')) };
    const asked = recorded({ ...dependencies, auditLog }, act, async () => 'text');
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
