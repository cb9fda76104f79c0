import {
  ListReceiptKeys,
  ListRetentionReceipts,
  PutTenant,
  ReadTranscript,
  RetentionReceipt,
  ShowTenant,
  VerifyAudit,
} from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { readReceipt } from '@vox/platform/crypto';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { by, type Fixture, forgettingOn, own, type Point, patient } from './forgetting.ts';
import { balance, crashing, testStack, times } from './harness.ts';

const { isOpen, stack } = await testStack({
  copies: { compliance: 2, quota: 1, 'session-broker': 1 },
  env: { ...crashing, SWEEP_MS: '200', TRANSCRIPT_GRACE_SECONDS: '1', RETENTION_SWEEP_SECONDS: '1' },
});
const { openFixture, alone, killedAt } = forgettingOn(stack);

const shorter = { transcripts: 0, usage: 30, security: 30, consents: 30 };
const classes = ['transcripts', 'usage', 'security', 'consents'] as const;
const oldMs = Date.now() - 40 * 86_400_000;

/** After each write of a run, and within each class. */
const duringSweep: readonly Point[] = [
  ...[1, 2, 3, 4, 5].map(
    (n): Point =>
      (each) =>
        `${own('write:sweeps/')(each)}/transcripts#${n}`,
  ),
  (each) => `${own('write:sweeps/')(each)}/consents#3`,
  ...['utterances', 'transcripts', 'calls', 'consents', 'security_events', 'retention_receipts'].map((name) =>
    own(`write:${name}/`),
  ),
  own('publish:vox.privacy.retention-swept.'),
];

type Row = { _id: string; state: Record<string, unknown> & { records?: { atMs: number }[] } };
let mongo: MongoClient;
const rowsOf = (name: string) => mongo.db('vox_compliance').collection<Row>(name);
const count = (name: string, { shop }: Fixture): Promise<number> =>
  rowsOf(name).countDocuments({ _id: new RegExp(`^${shop.tenantId}/`) } as object);

/** Makes what a tenant keeps forty days old. */
async function aged({ shop }: Fixture): Promise<void> {
  for (const [name, field] of [
    ['calls', 'startedAtMs'],
    ['security_events', 'atMs'],
    ['consents', undefined],
  ] as const)
    for (const row of await rowsOf(name)
      .find({ _id: new RegExp(`^${shop.tenantId}/`) } as object)
      .toArray()) {
      const records = row.state.records?.map((record) => ({ ...record, atMs: oldMs }));
      const state = { ...row.state, ...(field !== undefined && { [field]: oldMs }), ...(records && { records }) };
      await rowsOf(name).updateOne(
        { _id: row._id },
        { $set: { state, dueAt: new Date(oldMs) }, $inc: { revision: 1 } },
      );
    }
}
async function shorten({ shop: { tenantId } }: Fixture): Promise<void> {
  const { policy } = await stack.operator.ask(ShowTenant, { tenantId });
  const { displayName, branding, disclosure, bot, consent } = policy;
  const { agents } = demoDraft;
  const draft = { tenantId, displayName, branding, disclosure, agents, bot, consent, retention: shorter };
  await stack.operator.ask(PutTenant, { draft, actor: 'test' });
}
const keptOf = async (each: Fixture) => ({
  transcripts: await rowsOf('transcripts').countDocuments({
    'state.tenantId': each.shop.tenantId,
    'state.messages': { $gt: 0 },
  }),
  utterances: await count('utterances', each),
  usage: await count('calls', each),
  security: await count('security_events', each),
  consents: await count('consents', each),
});

describe.skipIf(!isOpen)('what has outlived its retention', () => {
  beforeAll(async () => {
    if (isOpen) mongo = await new MongoClient(stack.servers.mongo.url).connect();
  });
  afterAll(() => mongo?.close());

  it('goes once and wholly, with receipts that add up, wherever compliance is killed; and nobody else’s goes', async () => {
    const keys = (await stack.operator.ask(ListReceiptKeys, {})).keys;
    const fixtures: Fixture[] = [];
    while (fixtures.length < duringSweep.length + 1) fixtures.push(...(await times(4, () => openFixture())));
    for (const { shop } of fixtures) await shop.start({ origin: 'https://elsewhere.example' });
    const whole = { transcripts: 2, utterances: 3, usage: 2, security: 1, consents: 2 };
    for (const each of fixtures) await expect.poll(() => keptOf(each), patient).toEqual(whole);
    const finalised = (each: Fixture): Promise<number> =>
      rowsOf('transcripts').countDocuments({
        'state.tenantId': each.shop.tenantId,
        'state.finalisedAtMs': { $ne: null },
      } as object);
    for (const each of fixtures) await expect.poll(() => finalised(each), patient).toBe(2);

    await alone(async () => {
      for (const [n, point] of duringSweep.entries()) {
        const each = fixtures[n] as Fixture;
        await aged(each);
        await killedAt('compliance-1', point(each), () => shorten(each));
      }
    });
    const nothing = { transcripts: 0, utterances: 0, usage: 0, security: 0, consents: 0 };
    for (const [n, point] of duringSweep.entries()) {
      const each = fixtures[n] as Fixture;
      const { tenantId } = each.shop;
      await expect.poll(() => keptOf(each), { ...patient, message: point(each) }).toEqual(nothing);
      for (const kind of classes) {
        const proofs = async () => {
          const { receipts } = await stack.operator.ask(ListRetentionReceipts, { tenantId, class: kind });
          const read = receipts.map((text) =>
            readReceipt(RetentionReceipt, text, (kid) => keys.find((key) => key.kid === kid)),
          );
          return (await Promise.all(read)).map(({ says }) => says);
        };
        // The receipt comes behind what it proves.
        await expect
          .poll(async () => (await proofs()).reduce((sum, { removed }) => sum + removed, 0), {
            ...patient,
            message: `${kind}, ${point(each)}`,
          })
          .toBe(whole[kind]);
        expect((await proofs()).map(({ sequence }) => sequence)).toEqual((await proofs()).map((_, place) => place + 1));
      }
      expect((await stack.operator.ask(VerifyAudit, { tenantId }, { timeoutMs: 10_000 })).broken).toBeNull();
    }
    const untouched = fixtures.at(-1) as Fixture;
    expect(await keptOf(untouched)).toEqual(whole);
    const { tenantId } = untouched.shop;
    const { messages } = await stack.operator.ask(ReadTranscript, {
      tenantId,
      sessionId: untouched.bea.sessionId,
      ...by,
    });
    expect(messages.map(({ text }) => text)).toEqual(['the neighbour stays']);
    await balance(stack, 60_000);
  }, 600_000);
});
