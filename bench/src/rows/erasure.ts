import { EraseFrom, OpenPrivacyRequest, PolicyDocument, ShowPrivacyRequest, stepServices } from '@vox/contracts';
import { type MemoryBus, memoryBus } from '@vox/platform/bus';
import { somePolicy } from '@vox/testing';
import { publishGranted, publishWords, whenIdle } from '../calls.ts';
import { allWrites, countWrites } from '../count-writes.ts';
import { complianceOn, dropDatabase, openDatabase } from '../paths/compliance.ts';
import type { Table } from '../table.ts';

const tenantId = 'acme';
const persons = Number(process.env.BENCH_ERASURES ?? '100');
const messages = 20;

/** A visitor with one call and its words. */
async function visitorWithWords(bus: MemoryBus): Promise<string> {
  const { sessionId, visitorId } = await publishGranted(bus, tenantId);
  await whenIdle(bus);
  for (let n = 0; n < messages; n += 1) await publishWords(bus, { tenantId, sessionId }, n, 'My name is Ada.');
  await whenIdle(bus);
  return visitorId;
}

type Erased = Readonly<{ seconds: number; writesEach: number }>;

/** Erases many persons, from request to receipt. The other services hold nothing and answer at once. */
async function erased(uri: string): Promise<Erased> {
  const store = await openDatabase(uri, 'erasure');
  const bus = memoryBus();
  await bus.documents(PolicyDocument).put(tenantId, somePolicy());
  for (const service of stepServices) await bus.answer(EraseFrom[service], async () => ({ erased: 0 }));
  const service = await complianceOn(bus, store);
  const visitors: string[] = [];
  for (let n = 0; n < persons; n += 1) visitors.push(await visitorWithWords(bus));
  const writes = countWrites(allWrites);
  const began = performance.now();
  const asked: string[] = [];
  for (const value of visitors) {
    const identifiers = [{ kind: 'visitor' as const, value }];
    const about = { tenantId, kind: 'erase' as const, identifiers, actor: 'operator:bench', reason: 'asked for it' };
    asked.push((await bus.ask(OpenPrivacyRequest, about)).privacyRequestId);
  }
  const states = () =>
    Promise.all(asked.map((privacyRequestId) => bus.ask(ShowPrivacyRequest, { tenantId, privacyRequestId })));
  do await service.workOnRequests();
  while ((await states()).some(({ state }) => state !== 'done'));
  await whenIdle(bus);
  const seconds = (performance.now() - began) / 1_000;
  const left = await store.db.collection('utterances').countDocuments();
  if (left > 0) throw new RangeError(`erasures left ${left} messages`);
  await service.stop();
  await dropDatabase(store);
  return { seconds, writesEach: writes() / persons };
}

/** The floor: as many single-document writes a person, in turn, half of them deletes. */
async function written(uri: string, writesEach: number): Promise<number> {
  const store = await openDatabase(uri, 'written');
  const rows = store.db.collection<{ _id: string; n: number }>('rows');
  const began = performance.now();
  for (let n = 0; n < Math.round(persons * writesEach); n += 1)
    if (n % 2 === 0) await rows.insertOne({ _id: `r${n}`, n });
    else await rows.deleteOne({ _id: `r${n - 1}` });
  const seconds = (performance.now() - began) / 1_000;
  await dropDatabase(store);
  return seconds;
}

export const erasure: Table = {
  name: 'erasure',
  title: 'Erasure: persons a second',
  measure: async ({ mongo }, report) => {
    const { seconds, writesEach } = await erased(mongo);
    const floorSeconds = await written(mongo, writesEach);
    report({
      ...{ path: `one call of ${messages} messages each`, floor: 'as many single-document writes, in turn' },
      ...{ ratio: floorSeconds / seconds, persons, writesEach },
      ...{ perSecond: persons / seconds, floorPerSecond: persons / floorSeconds },
    });
  },
};
