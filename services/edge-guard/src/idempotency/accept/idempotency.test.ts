import { readySealKey } from '@vox/platform/crypto';
import { describe, expect, it } from 'vitest';
import { asked, clock } from '../../checks/asked.fixture.ts';
import { callers } from '../../checks/tenants.fixture.ts';
import { memoryClaims } from '../../store/keep/memory-claims.ts';
import { idempotency } from './idempotency.ts';

function openFixture(kept: string[] = []) {
  const claims = memoryClaims(clock);
  const dependencies = {
    idempotencyKeys: {
      ...claims,
      claim(key: string, value: string, lifeMs: number) {
        kept.push(value);
        return claims.claim(key, value, lifeMs);
      },
    },
    sealKey: readySealKey(new Uint8Array(32)),
    requestDeadlineMs: 5_000,
  };
  const request = (body: object, given?: string, caller: (typeof callers)['token' | 'key'] = callers.token) => ({
    ...asked({ headers: given === undefined ? {} : { 'idempotency-key': given } }),
    ...{ tenantId: 'acme', caller, ip: '192.0.2.1', origin: 'https://acme.example', body },
  });
  return { run: idempotency.run(dependencies), after: idempotency.afterRefusal?.(dependencies), request };
}

describe('the idempotency check', () => {
  it('lets a request without a key pass', async () => {
    const { run, request } = openFixture();
    expect(await run(request({}))).toEqual({ once: undefined });
  });
  it('gives the same request its answer again, whatever its bot proof', async () => {
    const { run, request } = openFixture();
    const { once } = await run(request({ model: 'a', bot: 1 }, 'k'));
    await once?.remember({ id: 's1' });
    expect((await run(request({ model: 'a', bot: 2 }, 'k'))).once?.answered).toEqual({ id: 's1' });
    await expect(run(request({ model: 'b' }, 'k'))).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
  });
  it('refuses the same request while the first is under way, until that comes to nothing', async () => {
    const { run, after, request } = openFixture();
    const first = request({}, 'k');
    const added = await run(first);
    await expect(run(first)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    await after?.({ ...first, ...added }, new Error('refused'));
    expect((await run(first)).once?.answered).toBeUndefined();
  });
  it('keeps nothing from which a short secret in a body could be guessed', async () => {
    const kept: string[] = [];
    for (const _ of ['first', 'second']) {
      const { run, request } = openFixture(kept);
      await run(request({ value: '1234' }, 'k'));
    }
    expect(kept).toHaveLength(2);
    expect(kept[0]).not.toBe(kept[1]);
  });
  it('keeps the keys of one caller apart from those of another', async () => {
    const { run, request } = openFixture();
    await run(request({}, 'k'));
    await expect(run(request({}, 'k', callers.key))).resolves.toBeDefined();
  });
  it.each(['', 'a b', 'é', 'k'.repeat(256)])('refuses what is no key: %j', async (given) => {
    const { run, request } = openFixture();
    await expect(run(request({}, given))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
