import autocannon from 'autocannon';
import { connections } from '../load.ts';
import { seconds } from '../measure.ts';
import type { Servers } from '../servers.ts';
import { spawnPath } from '../spawn.ts';
import type { Table } from '../table.ts';

const warmUpSeconds = 3;
const aim = 0.8;
type Measured = Readonly<{ perSecond: number; p50Ms: number; p99Ms: number; failed: number }>;

/** Measures `GET /api/v1/me`, each time with the next credential from an address of its own. */
async function asked(servers: Servers, path: string): Promise<Measured> {
  const { url, credentials, stop } = await spawnPath(servers, path);
  let n = 0;
  const next = (request: autocannon.Request): autocannon.Request => {
    n += 1;
    const place = n % credentials.length;
    const [name = '', value = ''] = (credentials[place] ?? '').split(': ');
    const from = `198.18.${place >> 8}.${place & 255}`;
    return { ...request, headers: { [name]: value, 'x-forwarded-for': from } };
  };
  const load = (duration: number) =>
    autocannon({ url: `${url}/api/v1/me`, connections, duration, requests: [{ setupRequest: next }] });
  await load(warmUpSeconds);
  const { requests, latency, non2xx, errors } = await load(seconds);
  await stop();
  return { perSecond: requests.average, p50Ms: latency.p50, p99Ms: latency.p99, failed: non2xx + errors };
}

export const identity: Table = {
  name: 'identity',
  title: 'Who asks: credentials at the edge',
  measure: async (servers, report) => {
    for (const [path, ours, bare, floor] of [
      ['a login', 'login check', 'bare login', 'Express, one signature verified by jose, one Redis round trip'],
      ['an API key', 'API key check', 'bare API key', 'Express, one hash looked up, one Redis round trip'],
    ] as const) {
      const [own, least] = [await asked(servers, ours), await asked(servers, bare)];
      report({
        ...{ path, floor, aim, ratio: own.perSecond / least.perSecond },
        ...{ perSecond: own.perSecond, floorPerSecond: least.perSecond, p50Ms: own.p50Ms, p99Ms: own.p99Ms },
        ...{ floorP99Ms: least.p99Ms, failed: own.failed + least.failed },
      });
    }
  },
};
