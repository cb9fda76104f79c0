import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import {
  CallStream,
  ErasureReceipt,
  ExportReceipt,
  ListReceiptKeys,
  OpenPrivacyRequest,
  PrivacyRequestDone,
  type PrivacyRequestView,
  ReadExport,
  ReadTranscript,
  ShowPrivacyRequest,
  SubjectErased,
  VerifyAudit,
} from '@vox/contracts';
import { type ReceiptKind, readReceipt } from '@vox/platform/crypto';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkAs } from '../canary/places.ts';
import { holding } from '../stack/folders.ts';
import { sha256 } from '../stack/person.ts';
import { type Watch, watchFacts } from '../stack/watch.ts';
import { by, emailOf, type Fixture, forgettingOn, patient, secret } from './forgetting.ts';
import { duringErasure, duringExport, elsewhere } from './forgetting-points.ts';
import { balance, crashing, testStack, times } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-forgotten-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
// One copy of each service, so that it is the one that reaches the point; a second compliance continues its work.
const { isOpen, stack } = await testStack({
  folder,
  kept: true,
  copies: { compliance: 2, quota: 1, 'session-broker': 1 },
  env: { ...crashing, SWEEP_MS: '200', TRANSCRIPT_GRACE_SECONDS: '1' },
});
const { openFixture, alone, killedAt } = forgettingOn(stack);
let watch: Watch;
let mongo: MongoClient;
let receiptKeys: readonly { kid: string; x: string }[];
const read = <P extends ReceiptKind>(kind: P, text: string | null) =>
  readReceipt(kind, text ?? '', (kid) => receiptKeys.find((key) => key.kid === kid));

const ask = ({ shop, exportId, eraseId }: Fixture, kind: 'export' | 'erase'): Promise<PrivacyRequestView> =>
  stack.operator.ask(OpenPrivacyRequest, {
    ...{ tenantId: shop.tenantId, kind, privacyRequestId: kind === 'erase' ? eraseId : exportId, ...by },
    identifiers: [{ kind: 'email', value: emailOf(shop, 'ann-canary') }],
  });
const show = ({ shop, exportId, eraseId }: Fixture, kind: 'export' | 'erase'): Promise<PrivacyRequestView> =>
  stack.operator.ask(ShowPrivacyRequest, {
    tenantId: shop.tenantId,
    privacyRequestId: kind === 'erase' ? eraseId : exportId,
  });
const isDone = (each: Fixture, kind: 'export' | 'erase') =>
  expect.poll(() => show(each, kind).then(({ state }) => state, String), patient).toBe('done');
const countsOf = ({ evidence }: PrivacyRequestView) =>
  Object.fromEntries(evidence.map(({ step, count }) => [step, count]));

const request = ({ shop }: Fixture, id: string): string => `write:privacy_requests/${shop.tenantId}/${id}`;
const writesOf = async ({ shop }: Fixture, id: string): Promise<number> => {
  const rows = mongo.db('vox_compliance').collection<{ _id: string; revision: number }>('privacy_requests');
  return (await rows.findOne({ _id: `${shop.tenantId}/${id}` }))?.revision ?? 0;
};
/** After each write of the request itself, between two steps. */
const betweenSteps = (writes: number, id: (each: Fixture) => string) =>
  Array.from({ length: writes }, (_, n) => (each: Fixture) => `${request(each, id(each))}#${n + 1}`);

/** A request has a write for each of its steps, and a few more. */
const writesMax = 16;

describe.skipIf(!isOpen)('the request of a person', () => {
  let fixtures: Fixture[];
  let reference: Fixture;
  const erased: Fixture[] = [];
  beforeAll(async () => {
    if (!isOpen) return;
    watch = await watchFacts(stack);
    mongo = await new MongoClient(stack.servers.mongo.url).connect();
    receiptKeys = (await stack.operator.ask(ListReceiptKeys, {})).keys;
  });
  afterAll(async () => {
    await watch?.close();
    await mongo?.close();
  });

  it('for an export gives one whole, proved archive, wherever compliance is killed on the way', async () => {
    reference = await openFixture();
    fixtures = [];
    while (fixtures.length < duringErasure.length + writesMax) fixtures.push(...(await times(2, () => openFixture())));
    const finalised = () => watch.all().filter(({ type }) => type === 'vox.privacy.transcript-finalised.v1').length;
    await expect.poll(finalised, patient).toBe(2 * (fixtures.length + 1));

    await ask(reference, 'export');
    await isDone(reference, 'export');
    const points = [
      ...duringExport,
      ...betweenSteps(await writesOf(reference, reference.exportId), (each) => each.exportId),
    ];
    expect(points.length).toBeLessThan(fixtures.length);
    await alone(async () => {
      for (const [n, each] of fixtures.entries()) {
        const point = points[n]?.(each);
        if (point === undefined) await ask(each, 'export');
        else await killedAt('compliance-1', point, () => ask(each, 'export'));
      }
    });
    const wanted = countsOf(await show(reference, 'export'));
    expect(wanted).toMatchObject({ find: 1, 'session-broker': 1, quota: 1, archive: 1 });
    for (const [n, each] of fixtures.entries()) {
      const why = points[n]?.(each) ?? 'not killed';
      await isDone(each, 'export');
      const done = await show(each, 'export');
      expect(countsOf(done), why).toEqual(wanted);
      const { tenantId } = each.shop;
      const part = await stack.operator.ask(ReadExport, { tenantId, privacyRequestId: each.exportId, part: 0, ...by });
      const { says } = await read(ExportReceipt, done.receipt);
      const bytes = Buffer.from(part.bytes, 'base64');
      expect(says, why).toMatchObject({ tenantId, sha256: sha256(bytes) });
      // The parts that were gathered on the way are removed.
      const parts = await mongo
        .db('vox_compliance')
        .collection('export_parts')
        .find({ 'state.tenantId': tenantId })
        .toArray();
      expect(
        parts.map(({ state }) => state.of),
        why,
      ).toEqual(['archive-0']);
    }
  }, 480_000);

  it('for erasure is done once and wholly, wherever a copy of a service is killed on the way', async () => {
    const stood = await factsOf(reference);
    await ask(reference, 'erase');
    await isDone(reference, 'erase');
    const points = [
      ...duringErasure,
      ...betweenSteps(await writesOf(reference, reference.eraseId), (each) => each.eraseId),
    ];
    expect(points.length).toBeLessThanOrEqual(fixtures.length);
    await alone(async () => {
      for (const [n, point] of points.entries()) {
        const each = fixtures[n] as Fixture;
        erased.push(each);
        await killedAt('compliance-1', point(each), () => ask(each, 'erase'));
      }
    });
    const wanted = countsOf(await show(reference, 'erase'));
    // Two messages, the call, two consents, the archive.
    expect(wanted).toMatchObject({ find: 1, 'session-broker': 1, compliance: 6, streams: stood, keys: 1, certify: 1 });
    for (const [n, each] of erased.entries()) {
      await isDone(each, 'erase');
      // Whether a door still counted the person’s last minute is chance.
      const counts = { ...countsOf(await show(each, 'erase')), 'edge-guard': wanted['edge-guard'] };
      expect(counts, points[n]?.(each)).toEqual(wanted);
    }
  }, 480_000);

  it('for erasure is done once and wholly while the person still calls', async () => {
    for (const [copy, point] of elsewhere) {
      const each = await openFixture(true);
      erased.push(each);
      await killedAt(copy, point(each), () => ask(each, 'erase'));
    }
    for (const each of erased.slice(-elsewhere.length)) {
      await isDone(each, 'erase');
      const ends = watch.of('vox.session.ended.v1', each.shop.tenantId);
      expect(ends.filter(({ sessionId }) => sessionId === each.ann.sessionId)).toMatchObject([{ reason: 'privacy' }]);
      expect(countsOf(await show(each, 'erase'))).toMatchObject({ 'session-broker': 1, compliance: 5, keys: 1 });
    }
  }, 300_000);

  it('for erasure leaves nothing of the person, one proof, and everything of everybody else', async () => {
    await balance(stack, 60_000);
    const all = [reference, ...erased];
    for (const each of all) {
      const { tenantId } = each.shop;
      const done = await show(each, 'erase');
      const { says } = await read(ErasureReceipt, done.receipt);
      expect(says).toMatchObject({ tenantId, sessionIds: [each.ann.sessionId], subjectIds: [each.subjectId] });
      // The receipt is made before its own step ends.
      expect((says as ErasureReceipt).evidence).toEqual(done.evidence.slice(0, -1));
      for (const [kind, id] of [
        [PrivacyRequestDone, each.eraseId],
        [SubjectErased, each.eraseId],
      ] as const)
        expect(
          watch.of(`${kind.name}.v1`, tenantId).filter((fact) => fact.privacyRequestId === id).length,
        ).toBeLessThan(2);
      expect(watch.of('vox.privacy.request-done.v1', tenantId).map((fact) => fact.kind)).toContain('erase');
      expect(await leftOf(each)).toEqual({
        utterances: 0,
        calls: 0,
        consents: 0,
        parts: 0,
        key: null,
        sealed: null,
        ledger: 1,
      });
      expect(await factsOf(each)).toBe(0);
      const whose = { tenantId, sessionId: each.bea.sessionId };
      const { messages } = await stack.operator.ask(ReadTranscript, { ...whose, ...by });
      expect(messages.map(({ text }) => text)).toEqual(['the neighbour stays']);
      expect((await stack.operator.ask(VerifyAudit, { tenantId }, { timeoutMs: 10_000 })).broken).toBeNull();
    }
    const ids = all.map(({ ann }) => ann.visitorId.replaceAll('-', '\\-'));
    expect(holding(folder, new RegExp(ids.join('|')))).toEqual([]);
    expect(holding(folder, 'ann-canary')).toEqual([]);
    expect(holding(folder, secret)).toEqual([]);
    // The neighbours’ ids are in the facts of their calls, so the search does find.
    expect(holding(folder, reference.bea.visitorId)).not.toEqual([]);
  }, 300_000);
});

/** The number of facts of the person’s call in the stream of calls. */
async function factsOf({ shop, ann }: Fixture): Promise<number> {
  const link = await linkAs(stack, 'operator');
  const streams = await jetstreamManager(link, { checkAPI: false });
  const filter = `vox.*.*.${shop.tenantId}.${ann.sessionId}`;
  const { state } = await streams.streams.info(CallStream.name, { subjects_filter: filter });
  await link.close();
  return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
}

/** What the stores hold of the person. */
async function leftOf({ shop: { tenantId }, ann: { sessionId }, subjectId, eraseId }: Fixture) {
  const own = mongo.db('vox_compliance');
  const subjects = mongo.db('vox_compliance_keys').collection<{ _id: string; state: { key: unknown } }>('subjects');
  const requests = own.collection<{ _id: string; state: { sealedWhose: unknown } }>('privacy_requests');
  const count = (collection: string, filter: object): Promise<number> =>
    own.collection(collection).countDocuments(filter);
  return {
    utterances: await count('utterances', { tenantId, sessionId }),
    calls: await count('calls', { _id: `${tenantId}/${sessionId}` }),
    consents: await count('consents', { _id: `${tenantId}/${subjectId}` }),
    parts: await count('export_parts', { 'state.tenantId': tenantId }),
    key: (await subjects.findOne({ _id: `${tenantId}/${subjectId}` }))?.state.key,
    sealed: (await requests.findOne({ _id: `${tenantId}/${eraseId}` }))?.state.sealedWhose,
    ledger: await count('ledger', { 'state.tenantId': tenantId }),
  };
}
