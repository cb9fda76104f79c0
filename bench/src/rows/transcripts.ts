import { randomBytes } from 'node:crypto';
import { PolicyDocument } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { somePolicy } from '@vox/testing';
import autocannon from 'autocannon';
import { publishGranted, publishWords, whenIdle } from '../calls.ts';
import { connections } from '../load.ts';
import { seconds } from '../measure.ts';
import { complianceOn, dropDatabase, openDatabase } from '../paths/compliance.ts';
import type { Servers } from '../servers.ts';
import { spawnPath } from '../spawn.ts';
import type { Table } from '../table.ts';

const batchOf = 10;
const warmUpSeconds = 3;
const words = 'I would like to move my appointment to next week, on Tuesday the 14th at 3 please.';

/** Measures batches of ten messages, each of the next call. */
async function appended(servers: Servers, path: string): Promise<{ perSecond: number; p99Ms: number; failed: number }> {
  const { url, credentials: tokens, stop } = await spawnPath(servers, path);
  let n = 0;
  const batch = (): { headers: Record<string, string>; body: string } => {
    n += 1;
    const message = (at: number) => ({ id: `${process.pid}-${n}-${at}`, role: 'user', text: words, ts: Date.now() });
    return {
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[n % tokens.length]}` },
      body: JSON.stringify({ messages: Array.from({ length: batchOf }, (_, at) => message(at)) }),
    };
  };
  const load = (duration: number) =>
    autocannon({
      ...{ url: `${url}/api/transcripts/append`, method: 'POST', connections, duration },
      requests: [{ setupRequest: (request) => ({ ...request, ...batch() }) }],
    });
  await load(warmUpSeconds);
  const { requests, latency, non2xx, errors } = await load(seconds);
  await stop();
  return { perSecond: requests.average * batchOf, p99Ms: latency.p99, failed: non2xx + errors };
}

const tenantId = 'acme';
const calls = 40;
const messages = 20;

/** Messages that compliance seals and keeps in a second, on MongoDB. They come from a bus in memory. */
async function kept(uri: string): Promise<number> {
  const store = await openDatabase(uri, 'words');
  const bus = memoryBus();
  await bus.documents(PolicyDocument).put(tenantId, somePolicy());
  const service = await complianceOn(bus, store);
  const ids: string[] = [];
  for (let n = 0; n < calls; n += 1) ids.push((await publishGranted(bus, tenantId)).sessionId);
  await whenIdle(bus);
  const began = performance.now();
  for (let n = 0; n < messages; n += 1) {
    // As many at once as there are calls: a bus in memory delivers all that it has.
    for (const sessionId of ids) await publishWords(bus, { tenantId, sessionId }, n, words);
    await whenIdle(bus);
  }
  const took = performance.now() - began;
  await service.stop();
  await dropDatabase(store);
  return (calls * messages) / (took / 1_000);
}

/** The floor: two documents read, one changed and one new for each message, as many at once, on the same server. */
async function bareWrites(uri: string): Promise<number> {
  const store = await openDatabase(uri, 'bare');
  const rows = store.db.collection<{ _id: string; n: number; sealed: string }>('rows');
  const sealed = randomBytes(160).toString('base64url');
  for (let call = 0; call < calls; call += 1) await rows.insertOne({ _id: `c${call}`, n: 0, sealed });
  const one = async (call: number, n: number): Promise<void> => {
    await rows.replaceOne({ _id: `c${call}` }, { n, sealed });
    await Promise.all([
      rows.findOne({ _id: `c${(call + 1) % calls}` }),
      rows.findOne({ _id: `c${(call + 2) % calls}` }),
    ]);
    await rows.insertOne({ _id: `c${call}/${n}`, n, sealed });
  };
  const began = performance.now();
  await Promise.all(
    Array.from({ length: calls }, async (_, call) => {
      for (let n = 0; n < messages; n += 1) await one(call, n);
    }),
  );
  const took = performance.now() - began;
  await dropDatabase(store);
  return (calls * messages) / (took / 1_000);
}

export const transcripts: Table = {
  name: 'transcripts',
  title: 'What is said: messages a second',
  measure: async (servers, report) => {
    const ours = await appended(servers, 'append');
    const bare = await appended(servers, 'bare append');
    report({
      ...{ path: `append, ${batchOf} a batch`, floor: 'Express, one Redis round trip, the same messages published' },
      ...{ ratio: ours.perSecond / bare.perSecond, perSecond: ours.perSecond, floorPerSecond: bare.perSecond },
      ...{ p99Ms: ours.p99Ms, floorP99Ms: bare.p99Ms, failed: ours.failed + bare.failed },
    });
    const [keeps, writes] = [await kept(servers.mongo), await bareWrites(servers.mongo)];
    report({
      ...{ path: 'kept by compliance', floor: 'the same document reads and writes' },
      ...{ ratio: keeps / writes, perSecond: keeps, floorPerSecond: writes },
      ...{ p99Ms: 0, floorP99Ms: 0, failed: 0 },
    });
  },
};
