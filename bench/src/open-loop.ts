import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Load, next } from './load.ts';

export type Latencies = Readonly<{ p50Ms: number; p99Ms: number; failed: number }>;

/**
 * Each request leaves when it is due, whatever became of those before, and its time counts from the moment at which it
 * was due. So a request that waits because others wait is counted. (With autocannon's own rates every connection sends
 * its share of a second at once and then rests.)
 */
export async function openLoop(to: Load, { seconds, perSecond }: Readonly<{ seconds: number; perSecond: number }>) {
  const agent = new Agent({ keepAlive: true });
  const took: number[] = [];
  let failed = 0;
  const asked: Promise<void>[] = [];
  const begunAt = performance.now();
  for (let n = 0; n < seconds * perSecond; n += 1) {
    const dueAt = begunAt + (n * 1_000) / perSecond;
    const early = dueAt - performance.now();
    if (early > 0) await pause(Math.ceil(early));
    asked.push(
      ask(to, agent).then(
        (status) => {
          took.push(performance.now() - dueAt);
          if (!to.oneAddress && status !== 200) failed += 1;
        },
        () => {
          failed += 1;
        },
      ),
    );
  }
  await Promise.all(asked);
  agent.destroy();
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? Number.NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99), failed } satisfies Latencies;
}

function ask(to: Load, agent: Agent): Promise<number> {
  const { headers, body } = next(to);
  return new Promise((resolve, reject) => {
    const asking = request(`${to.url}/api/session`, { method: 'POST', headers, agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    asking.once('error', reject);
    asking.end(body);
  });
}
