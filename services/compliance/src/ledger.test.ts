import { digest } from '@vox/platform/crypto';
import { describe, expect, it } from 'vitest';
import { type Head, link } from './audit/decide/chain.ts';
import { ledgerOf } from './ledger.ts';
import { memoryAuditLog } from './memory.ts';

const noon = Date.parse('2026-05-05T12:00:00.000Z');
const hour = 3_600_000;
const streamed = (id: string, atMs: number) => ({ id, type: 'vox.session.ended.v1', atMs });

describe('what the reconciliation reads of the audit log', () => {
  const add = (log: ReturnType<typeof memoryAuditLog>, factId: string, atMs: number) =>
    log.append('acme', factId, (head: Head) =>
      link(
        'acme',
        head,
        {
          ...{
            factId,
            type: 't',
            source: 's',
            subject: 'acme',
            time: new Date(atMs).toISOString(),
            traceId: null,
            data: '{}',
          },
          ...{ actor: 'a', action: 'b.c', target: 'd', reason: null, outcome: 'done', requestId: null },
        },
        digest,
      ),
    );

  it('names the facts that have no entry', async () => {
    const log = memoryAuditLog();
    await add(log, 'a', noon);
    expect(await ledgerOf(log).unrecorded('acme', [streamed('a', noon), streamed('b', noon)])).toEqual([
      streamed('b', noon),
    ]);
    expect(await ledgerOf(log).unrecorded('other', [streamed('a', noon)])).toEqual([streamed('a', noon)]);
  });
  it('says nothing of facts whose entries outlived their retention', async () => {
    const log = memoryAuditLog();
    await add(log, 'a', noon);
    await add(log, 'b', noon + 24 * hour);
    await log.trim({ tenantId: 'acme', sequence: 1, hash: 'x', receipt: 'y' });
    const late = streamed('c', noon + 48 * hour);
    expect(await ledgerOf(log).unrecorded('acme', [streamed('a', noon), late])).toEqual([late]);
  });
});
