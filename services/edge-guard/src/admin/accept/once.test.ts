import { apiRowOf, CreateSecret, TryTool } from '@vox/contracts';
import { readySealKey } from '@vox/platform/crypto';
import { stoppedClock } from '@vox/platform/time';
import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { memoryClaims } from '../../store/keep/memory-claims.ts';
import { once } from './once.ts';

const manager = { tenantId: 'acme', id: 'm_1', actor: 'member:m_1', proof: 'a proof' };
const sent = asked({ headers: { 'idempotency-key': 'k' } });
Object.assign(sent.request, { method: 'POST', path: '/api/v1/an/operation' });
const needs = { ...sent, manager, asked: { name: 'find_order' } };

describe('the key of an operation', () => {
  it.each([
    ['that is waited for in minutes is held for as long', TryTool, 125_000, 'IDEMPOTENCY_CONFLICT'],
    ['that is answered in seconds is free again behind its deadline', CreateSecret, 7_000, 'free'],
  ])('%s', async (_what, question, laterMs, expected) => {
    const clock = stoppedClock('2026-05-05T12:00:00.000Z');
    const row = apiRowOf(question as unknown as Parameters<typeof apiRowOf>[0]);
    if (row === undefined) throw new Error('no operation');
    const run = once(row).run({
      idempotencyKeys: memoryClaims(clock),
      sealKey: readySealKey(new Uint8Array(32)),
      requestDeadlineMs: 5_000,
    });
    await run(needs);
    clock.advanceMs(laterMs);
    const again = await Promise.resolve(run(needs)).then(
      () => 'free',
      ({ code }: { code: string }) => code,
    );
    expect(again).toBe(expected);
  });
});
