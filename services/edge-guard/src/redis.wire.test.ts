import { eventually, redisServer } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { promisesOfLimits } from './limits/keep/limits.promises.ts';
import { type RedisStore, redisStore } from './redis.ts';
import { promisesOfClaims } from './store/keep/claims.promises.ts';
import { promisesOfRedactionStates } from './transcripts/keep/redaction-states.promises.ts';

const server = await redisServer(process.env);
const spanMs = 600;
const opened: RedisStore[] = [];
const open = async (withinMs?: number): Promise<RedisStore> => {
  const store = redisStore(server?.url ?? '', { spanMs, ...(withinMs && { withinMs }) });
  opened.push(store);
  await eventually(async () => {
    if (!(await store.healthy())) throw new Error('not there yet');
  });
  return store;
};
afterAll(async () => {
  for (const { close } of opened) await close();
  await server?.stop();
});

describe.skipIf(server === undefined)('Redis', () => {
  // What it keeps is asked here, and not how fast a busy machine is.
  const patientMs = 5_000;
  const openTwo = async () => [await open(patientMs), await open(patientMs)] as const;
  promisesOfLimits('Redis', spanMs, openTwo);
  promisesOfClaims('Redis', openTwo);
  promisesOfRedactionStates('Redis', openTwo);

  it('is not taken for silent by a process that was busy itself', async () => {
    const { limits, claims } = await open();
    const ip = { scope: 'ip' as const, key: 'busy', limit: { perMinute: 5, burst: 0 } };
    const [taken, claimed] = [limits.take([ip]), claims.claim('busy', '1', 1_000)];
    for (const until = performance.now() + 200; performance.now() < until; );
    expect([(await taken).kind, await claimed]).toEqual(['taken', undefined]);
  });
  it('says UNAVAILABLE at once while the server hangs, and counts again when it is back', async ({ skip }) => {
    if (!server?.owned) skip('the server is not ours to stop');
    const { limits, healthy } = await open();
    const ip = { scope: 'ip' as const, key: 'hung', limit: { perMinute: 5, burst: 0 } };
    server?.kill('SIGSTOP');
    await expect.poll(healthy, { timeout: 5_000 }).toBe(false);
    await expect(limits.take([ip])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    server?.kill('SIGCONT');
    await expect.poll(() => limits.take([ip]).catch(() => undefined), { timeout: 5_000 }).toBeDefined();
  });
});
