import { randomBytes, randomUUID } from 'node:crypto';
import { PolicyDocument } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import type { MongoStore } from '@vox/platform/store';
import { somePolicy } from '@vox/testing';
import { complianceOn, dropDatabase, openDatabase } from '../paths/compliance.ts';
import type { Table } from '../table.ts';

const tenantId = 'acme';
const calls = Number(process.env.BENCH_SWEEP_CALLS ?? '500');
const messages = 20;
const events = Number(process.env.BENCH_SWEEP_EVENTS ?? '5000');
/** As many as the sweep removes at once. */
const eventsAtOnce = 100;
const oldMs = Date.now() - 400 * 86_400_000;
const sealed = randomBytes(160).toString('base64url');
const tag = `tenant:${tenantId}`;
const insertedAtOnce = 1_000;

type Row = { _id: string; [field: string]: unknown };
type Collections = Readonly<Record<'utterances' | 'transcripts' | 'security_events', Row[]>>;

/** Old transcripts, or old security events, as compliance stores them. */
function oldTranscripts(): Collections {
  const [utterances, transcripts]: [Row[], Row[]] = [[], []];
  for (let n = 0; n < calls; n += 1) {
    const [sessionId, subjectId] = [randomUUID(), randomUUID()];
    const call = { tenantId, sessionId, subjectId, agentId: 'guide', startedAtMs: oldMs + n, endedAtMs: oldMs + n };
    const over = { closesAtMs: oldMs, complete: true, finalisedAtMs: oldMs, clearedAtMs: oldMs };
    const state = { ...call, messages, bytes: messages * 80, ...over };
    transcripts.push({ _id: `${tenantId}/${sessionId}`, revision: 1, state });
    for (let m = 0; m < messages; m += 1) {
      const said = { role: 'user', atMs: oldMs + n, sequence: m, bytes: 80, sealed };
      utterances.push({ _id: `${tenantId}/${sessionId}/m${m}`, tenantId, sessionId, messageId: `m${m}`, ...said });
    }
  }
  return { utterances, transcripts, security_events: [] };
}
function oldEvents(): Collections {
  const stored = Array.from({ length: events }, (_, n) => {
    const atMs = oldMs + n;
    const state = { tenantId, factId: `f${n}`, type: 'vox.security.bot-blocked.v1', atMs, data: '{}' };
    return { _id: `${tenantId}/f${n}`, revision: 1, state, dueAt: new Date(atMs), tags: [tag] };
  });
  return { utterances: [], transcripts: [], security_events: stored };
}

async function fill({ db }: MongoStore, all: Collections): Promise<void> {
  for (const [name, rows] of Object.entries(all))
    for (let at = 0; at < rows.length; at += insertedAtOnce)
      await db.collection<Row>(name).insertMany(rows.slice(at, at + insertedAtOnce));
}

/** Seconds that the sweep of one tenant takes, with its receipt, on a bus in memory. */
async function swept(uri: string, all: Collections): Promise<number> {
  const store = await openDatabase(uri, 'sweep');
  const bus = memoryBus();
  await bus.documents(PolicyDocument).put(tenantId, somePolicy());
  const service = await complianceOn(bus, store);
  await fill(store, all);
  const began = performance.now();
  await service.sweepRetention();
  const took = (performance.now() - began) / 1_000;
  const left =
    (await store.db.collection('utterances').countDocuments()) +
    (await store.db.collection('security_events').countDocuments());
  if (left > 0) throw new RangeError(`the sweep left ${left} documents`);
  await service.stop();
  await dropDatabase(store);
  return took;
}

/** Deletes the words of each call at once, by known ids, and writes its header anew. */
async function deletedCalls({ db }: MongoStore, { transcripts, utterances }: Collections): Promise<void> {
  for (const [at, { _id, state }] of transcripts.entries()) {
    const ids = utterances.slice(at * messages, (at + 1) * messages).map((row) => row._id);
    await db.collection<Row>('utterances').deleteMany({ _id: { $in: ids } });
    await db.collection<Row>('transcripts').replaceOne({ _id, revision: 1 }, { revision: 2, state });
  }
}

/** Deletes a hundred at once, by known ids. */
async function deletedEvents({ db }: MongoStore, all: Collections): Promise<void> {
  const ids = all.security_events.map(({ _id }) => _id);
  for (let at = 0; at < ids.length; at += eventsAtOnce)
    await db.collection<Row>('security_events').deleteMany({ _id: { $in: ids.slice(at, at + eventsAtOnce) } });
}

/** Seconds that the floor takes under the same indexes. It checks nothing, notes nothing and proves nothing. */
async function deleted(uri: string, all: Collections): Promise<number> {
  const store = await openDatabase(uri, 'deleted');
  const service = await complianceOn(memoryBus(), store);
  await fill(store, all);
  const began = performance.now();
  await deletedCalls(store, all);
  await deletedEvents(store, all);
  const took = (performance.now() - began) / 1_000;
  await service.stop();
  await dropDatabase(store);
  return took;
}

export const sweep: Table = {
  name: 'sweep',
  title: 'The sweep of what is old: documents a second',
  measure: async ({ mongo }, report) => {
    for (const { path, floor, all } of [
      {
        ...{ path: `transcripts of ${messages} messages`, all: oldTranscripts() },
        floor: 'one deleteMany and one write a transcript',
      },
      { path: 'security events', all: oldEvents(), floor: `deleteMany of ${eventsAtOnce} at once` },
    ]) {
      const documents = Object.values(all).reduce((sum, rows) => sum + rows.length, 0);
      const [ours, bare] = [documents / (await swept(mongo, all)), documents / (await deleted(mongo, all))];
      report({ path, floor, ratio: ours / bare, documents, perSecond: ours, floorPerSecond: bare });
    }
  },
};
