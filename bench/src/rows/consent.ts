import autocannon from 'autocannon';
import { connections } from '../load.ts';
import { seconds } from '../measure.ts';
import type { Servers } from '../servers.ts';
import { spawnPath } from '../spawn.ts';
import type { Table } from '../table.ts';

const warmUpSeconds = 3;
type Measured = Readonly<{ perSecond: number; p50Ms: number; p99Ms: number; failed: number; writes: number }>;

/** Measures answers, each of another visitor. */
async function answered(servers: Servers, path: string): Promise<Measured> {
  const { url, credentials: answers, counts, stop } = await spawnPath(servers, path);
  let n = 0;
  const next = (request: autocannon.Request): autocannon.Request => {
    n += 1;
    return {
      ...request,
      headers: { 'content-type': 'application/json', origin: 'https://shop.example' },
      body: answers[n % answers.length] ?? '',
    };
  };
  const load = (duration: number) =>
    autocannon({
      ...{ url: `${url}/api/consent`, method: 'POST', connections, duration },
      requests: [{ setupRequest: next }],
    });
  await load(warmUpSeconds);
  const before = await counts();
  const { requests, latency, non2xx, errors } = await load(seconds);
  const after = await counts();
  await stop();
  if (answers.length > 1 && n > answers.length) throw new RangeError('visitors answered twice, which costs less');
  const writes = (after.writes - before.writes) / Math.max(1, requests.total);
  return { perSecond: requests.average, p50Ms: latency.p50, p99Ms: latency.p99, failed: non2xx + errors, writes };
}

export const consent: Table = {
  name: 'consent',
  title: 'Consent: answers a second',
  measure: async (servers, report) => {
    const ours = await answered(servers, 'consent');
    const bare = await answered(servers, 'bare consent');
    report({
      ...{ path: 'a first answer', floor: 'Express, one Redis round trip, the same three writes, one publish' },
      ...{ ratio: ours.perSecond / bare.perSecond, perSecond: ours.perSecond, floorPerSecond: bare.perSecond },
      ...{ p50Ms: ours.p50Ms, p99Ms: ours.p99Ms, floorP99Ms: bare.p99Ms, writesPerAnswer: ours.writes },
      failed: ours.failed + bare.failed,
    });
  },
};
