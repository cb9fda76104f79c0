import type { ApiKeyProof } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptProofs } from '../keep/kept-proofs.ts';
import { keyId, type MachinesAtEdge, machinesAtEdge, rightKey, sensitive } from '../machines.fixture.ts';

let edge: MachinesAtEdge;
beforeEach(async () => {
  edge = await machinesAtEdge();
});
afterEach(() => edge.close());

describe('the proof of an API key', () => {
  it('is kept for its minute, for one address, and asked for once by requests that come together', async () => {
    const proofs = await Promise.all(Array.from({ length: 20 }, () => edge.ask()));
    expect(new Set(proofs.map(({ proof }) => proof))).toEqual(new Set(['proof-1']));
    expect((await edge.ask()).proof).toBe('proof-1');
    expect((await edge.ask({ ip: '192.0.2.8' })).proof).toBe('proof-2');
    edge.clock.advanceMs(59_999);
    expect((await edge.ask()).proof).toBe('proof-1');
    edge.clock.advanceMs(1);
    expect((await edge.ask()).proof).toBe('proof-3');
  });
  it('is asked for each time where the action is sensitive, and is never kept for another', async () => {
    for (let n = 1; n <= 3; n += 1) expect((await edge.ask({ action: sensitive })).proof).toBe(`proof-${n}`);
    expect((await edge.ask()).proof).toBe('proof-4');
    expect((await edge.ask({ action: sensitive })).proof).toBe('proof-5');
  });
  it('is worth nothing as soon as its key is revoked, and nobody is asked any more', async () => {
    await edge.ask();
    await edge.revoke();
    for (const action of [undefined, sensitive])
      await expect(edge.ask({ ...(action && { action }) })).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    expect(edge.asked).toHaveLength(1);
  });
  it('that comes back after the revocation of its key is worth nothing', async () => {
    const late = await machinesAtEdge({
      answer: async (): Promise<ApiKeyProof> => {
        await late.revoke();
        const expiresAt = new Date(late.clock.now().getTime() + 60_000).toISOString();
        return { proof: 'late', tenantId: 'acme', keyId, env: 'production', scopes: [], expiresAt };
      },
    });
    await expect(late.ask()).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    await late.close();
  });
  it('is used by no copy that may have missed a revocation', async () => {
    await edge.ask();
    edge.missRevocations();
    await expect(edge.ask()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
  it('is asked for again after a failure, which costs the key nothing', async () => {
    let failures = 12;
    const failing = await machinesAtEdge({
      answer: async (): Promise<ApiKeyProof> => {
        failures -= 1;
        if (failures >= 0) throw new Fault('UNAVAILABLE');
        const expiresAt = new Date(failing.clock.now().getTime() + 60_000).toISOString();
        return { proof: 'at last', tenantId: 'acme', keyId, env: 'production', scopes: [], expiresAt };
      },
    });
    for (let n = 0; n < 12; n += 1) await expect(failing.ask()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await failing.ask()).proof).toBe('at last');
    await failing.close();
  });
  it('is kept for no more keys and addresses than there is room for', async () => {
    const kept = keptProofs(2);
    const asked: string[] = [];
    const get = (ip: string) =>
      kept.getOrAsk(rightKey, ip, 0, async () => {
        asked.push(ip);
        return { keyId, expiresAt: '2026-05-05T12:00:00.000Z' } as ApiKeyProof;
      });
    for (const ip of ['a', 'b', 'b', 'c', 'b', 'a']) await get(ip);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
