import { randomUUID } from 'node:crypto';
import { eventually, redisServer } from '@vox/testing';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { promisesOfLimits } from './limits/keep/limits.promises.ts';
import { type RedisStore, redisStore } from './redis.ts';
import { promisesOfClaims } from './store/keep/claims.promises.ts';
import { redisHash, redisRights, redisUser } from './store/keep/redis-rights.ts';
import { promisesOfRedactionStates } from './transcripts/keep/redaction-states.promises.ts';

const server = await redisServer(process.env);
/** With the rights of edge-guard alone, where the server is ours to make users on. */
const url = server?.owned ? await asEdgeGuard(server.url) : (server?.url ?? '');
const spanMs = 600;
const opened: RedisStore[] = [];
const open = async (withinMs?: number): Promise<RedisStore> => {
  const store = redisStore(url, { spanMs, ...(withinMs && { withinMs }) });
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

async function asEdgeGuard(plain: string): Promise<string> {
  const password = randomUUID();
  const admin = new Redis(plain);
  admin.on('error', () => undefined);
  await eventually(() => admin.call('ACL', 'SETUSER', redisUser, 'on', `#${redisHash(password)}`, ...redisRights));
  admin.disconnect();
  const made = new URL(plain);
  [made.username, made.password] = [redisUser, password];
  return made.href;
}
