import { version } from '@vox/platform/lifecycle';
import { listPrices } from '@vox/quota/prices';
import { policiesIn } from '../bus/policies.ts';
import { type Facts, type ModelEnds, type Reading, readOf } from './facts.ts';
import { attempt, ifGiven, notGiven } from './read/attempt.ts';
import { authoritiesOf, certificatePlaces, readCertificate } from './read/certificates.ts';
import { lastDrill } from './read/drill.ts';
import { readMongo } from './read/mongo.ts';
import { readMonitor } from './read/monitor.ts';
import { natsLink, readNats } from './read/nats.ts';
import { readRedis } from './read/redis.ts';
import { readRights } from './read/rights.ts';
import { readSecrets } from './read/secrets.ts';
import { readDoor, readServices } from './read/services.ts';
import type { Places } from './settings.ts';

const setNats = 'Set NATS_URL, and NATS_NKEY_SEED to the seed of the operator.';

/** When the provider shuts models down, by the newest list of prices. */
export const modelEnds: ModelEnds = new Map(Object.entries(listPrices.at(-1)?.endsAtMs ?? {}));

/** What only the bus tells. One connection reads all of it. */
async function readBus({ NATS_URL: servers, NATS_NKEY_SEED: nkeySeed, NATS_CA: ca }: Places) {
  if (servers === undefined) {
    const unread = notGiven(setNats);
    return { nats: unread, tenants: unread, drill: unread };
  }
  const reach = { servers, nkeySeed, ca };
  const opened = await attempt('nats', () => natsLink(reach));
  if (!('read' in opened)) return { nats: opened, tenants: opened, drill: opened };
  const { link, manager } = opened.read;
  try {
    return {
      nats: await attempt('nats', () => readNats(opened.read, reach)),
      tenants: await attempt('nats', async () => [...(await policiesIn(manager)).values()]),
      drill: await attempt('nats', () => lastDrill(manager)),
    };
  } finally {
    await link.close();
  }
}

async function readCertificates(places: Places): Promise<Facts['certificates']> {
  const servers = certificatePlaces(places);
  const authorities = authoritiesOf(places);
  if (servers.length + authorities.length === 0) return notGiven('Give addresses of servers that speak TLS.');
  const shown = await Promise.all(servers.map((each) => attempt('', () => readCertificate(each))));
  const silent = servers.filter((_, at) => readOf(shown[at] as Reading<unknown>) === undefined);
  const known = [...shown.flatMap((each) => readOf(each) ?? []), ...authorities];
  return { read: { known, silent: silent.map(({ of }) => of) } };
}

/** Reads everything that was given, all parts at once. A part that does not answer costs a few seconds. */
export async function examine(places: Places, nowMs: number): Promise<Facts> {
  const { NATS_MONITOR_URL, REDIS_URL, REDIS_CA, MONGODB_URI, MONGODB_CA } = places;
  const setStore = (name: string): string => `Set ${name}, as a service has it.`;
  const [bus, monitor, redis, mongo, services, door, certificates, secrets, rights] = await Promise.all([
    readBus(places),
    ifGiven(NATS_MONITOR_URL, 'nats', 'Set NATS_MONITOR_URL, or give --monitor.', readMonitor),
    ifGiven(REDIS_URL, 'redis', setStore('REDIS_URL'), (url) => readRedis(url, REDIS_CA)),
    ifGiven(MONGODB_URI, 'mongodb', setStore('MONGODB_URI'), (uri) => readMongo(uri, MONGODB_CA)),
    ifGiven(places.services, '', 'Give --service with the private port of each copy.', readServices),
    ifGiven(places.door, '', 'Give --door with the address that browsers use.', readDoor),
    readCertificates(places),
    ifGiven(places.secrets, '', 'Give --secrets with the folder of seeds, keys and passwords.', readSecrets),
    ifGiven(places.natsConfig, '', 'Give --nats-config with the configuration of the NATS server.', readRights),
  ]);
  return { nowMs, version, modelEnds, ...bus, monitor, redis, mongo, services, door, certificates, secrets, rights };
}
