import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import {
  ConsentReceipt,
  ErasureReceipt,
  ExportReceipt,
  ListReceiptKeys,
  type PrivacyRequestView,
  ReadTranscript,
  type ReceiptKey,
  SessionRequested,
  VerifyAudit,
} from '@vox/contracts';
import { type ReceiptKind, readReceipt } from '@vox/platform/crypto';
import { withoutDrawn } from '@vox/testing';
import { strFromU8, unzipSync } from 'fflate';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { linkAs } from '../canary/places.ts';
import { type Canary, leaks } from '../canary/search.ts';
import { filesOf } from './folders.ts';
import { reconciled, voxOn } from './operator.ts';
import { demanded, type Person, sha256, visit } from './person.ts';
import { testStack } from './test-stack.ts';
import { type Shop, shopOn } from './visitor.ts';

const { isOpen, stack, folder } = await testStack({
  plain: true,
  kept: true,
  copies: { compliance: 2, 'edge-guard': 2 },
  env: { TRANSCRIPT_GRACE_SECONDS: '1', LOG_LEVEL: 'debug' },
});

const vox = async (...args: string[]): Promise<string> => {
  const { code, out, notes } = await voxOn(stack)(...args);
  expect(code, notes).toBe(0);
  return out;
};
const soon = { timeout: 60_000, interval: 250 };
const because = ['--reason', 'the person asked'];

const email = 'Ann.Canary+VOX@Example.com';
const phone = '+34 600 123 987';
const words = 'canary-aubergine in the cellar';
const notKept = 'canary-radish is not kept';
const card = '4111 1111 1111 1111';
const cardInWords = 'five five five five, five five five five, five five five five, four four four four';

/** What leads to the person, in each form. No place may hold it. */
const canariesOf = (visitorId: string): Canary[] => [
  { what: 'the visitor’s id', value: visitorId },
  { what: 'the e-mail address as given', value: email },
  { what: 'the e-mail address as normalised', value: email.toLowerCase() },
  { what: 'the telephone number as given', value: phone },
  { what: 'the telephone number as normalised', value: phone.replaceAll(' ', '') },
  { what: 'what was said', value: words },
  { what: 'what was said after the consent was taken back', value: notKept },
  { what: 'a card', value: card },
  { what: 'a card without its spaces', value: card.replaceAll(' ', '') },
  { what: 'a card in words', value: cardInWords },
  { what: 'a part of a card in words', value: 'five five five' },
];

describe.skipIf(!isOpen)('a person, on real servers, from the first word to erasure,', () => {
  let shop: Shop;
  let ann: Person;
  let neighbour: Person;
  let receiptKeys: readonly ReceiptKey[];
  let archiveSha256: string;
  const receipts: Record<string, string> = {};
  const foundIn = (canary: Canary): string[] =>
    leaks([canary], filesOf(folder)).map((leak) => /^.* in (.*?): …/s.exec(leak)?.[1] ?? leak);
  const textsOf = async (sessionId: string) => {
    const whose = { tenantId: shop.tenantId, sessionId, actor: 'operator:test', reason: 'a test' };
    return (await stack.operator.ask(ReadTranscript, whose)).messages.map(({ text }) => text);
  };
  /** Makes Redis write its data to the disk, uncompressed, because the search cannot read compressed bytes. */
  const saved = async (): Promise<void> => {
    const redis = new Redis(stack.servers.redis.url);
    await redis.config('SET', 'rdbcompression', 'no');
    await redis.save();
    redis.disconnect();
  };
  beforeAll(async () => {
    if (!isOpen) return;
    shop = await shopOn({ ...stack, doors: stack.urls }, {}, undefined, { consent: demanded });
    const spoken = [words, `my card is ${card}`, `the other one: ${cardInWords.slice(0, 41)}`, cardInWords.slice(42)];
    ann = await visit(shop, { email }, spoken);
    neighbour = await visit(shop, { email: 'bea@example.com' }, ['the neighbour stays']);
  });

  it('speaks two cards that no file holds, and its words are in clear in one stream alone', async () => {
    await expect.poll(() => textsOf(ann.sessionId).catch(() => []), soon).toHaveLength(4);
    expect(JSON.stringify(await textsOf(ann.sessionId))).toMatch(/REDACTED:card.*REDACTED:card/);
    await saved();
    // The search does find: data that are legitimately there for a while are found in each server.
    const [visitor, ...rest] = canariesOf(ann.visitorId);
    expect(foundIn({ what: 'what was said', value: words })).toEqual([expect.stringContaining('VOX_TRANSCRIPTS')]);
    const files = foundIn(visitor as Canary);
    for (const server of ['nats-server', 'redis-server']) expect(files.join()).toContain(server);
    expect(files.join()).not.toContain('mongod');
    for (const canary of rest) if (canary.value !== words) expect(foundIn(canary), canary.what).toEqual([]);
  }, 90_000);

  it('would be found by the search in every server and log', async () => {
    // Spelt backwards, because the person’s own data will be erased.
    const backwards = (value: string): string => [...value].reverse().join('');
    const planted = canariesOf(ann.visitorId).map(({ what, value }) => ({ what, value: backwards(value) }));
    const text = JSON.stringify(planted);
    const mongo = await new MongoClient(stack.servers.mongo.url).connect();
    await mongo.db('planted').collection('planted').insertOne({ text });
    await mongo.close();
    const redis = new Redis(stack.servers.redis.url);
    await redis.set('planted', text);
    redis.disconnect();
    await saved();
    const edge = await linkAs(stack, 'edge-guard');
    await jetstream(edge, { checkAPI: false }).publish(`${SessionRequested.name}.planted.planted`, text);
    await edge.close();
    appendFileSync(stack.services[0]?.logFile ?? '', text);
    const missed = (): string[] =>
      planted.flatMap((canary) => {
        const places = foundIn(canary).join();
        const servers = ['mongod', 'nats-server', 'redis-server', 'logs'];
        return servers.filter((place) => !places.includes(place)).map((place) => `${canary.what} in ${place}`);
      });
    // A server writes to the disk when it chooses to.
    await expect.poll(missed, soon).toEqual([]);
  }, 90_000);

  it('withdraws consent during the call, and no later word is kept', async () => {
    receipts.agreed = ann.agreed;
    receipts.withdrawn = await ann.takeBack();
    expect((await ann.say('late', notKept)).status).toBe(403);
    await shop.say('/api/session/end', ann.call);
    await shop.say('/api/session/end', neighbour.call);
    await vox('subject', 'link', shop.tenantId, ann.sessionId, '--phone', phone);
    // The transcript is final: its stream holds none of it any more.
    await expect.poll(() => foundIn({ what: 'what was said', value: words }), soon).toEqual([]);
    expect(await textsOf(ann.sessionId)).toHaveLength(4);
  }, 90_000);

  it('gets everything that is held, by the phone number, in an archive whose hashes match', async () => {
    // Outside the folder of the servers, because the archive holds the person’s data.
    const out = join(mkdtempSync(join(tmpdir(), 'vox-archive-')), 'ann.zip');
    const asked = ['subject', 'export', shop.tenantId, '--phone', phone, '--out', out, ...because];
    const request = JSON.parse(await vox(...asked)) as PrivacyRequestView & { sha256: string };
    const bytes = readFileSync(out);
    expect(request).toMatchObject({ state: 'done', kind: 'export', sha256: sha256(bytes) });
    receipts.export = request.receipt ?? '';
    archiveSha256 = request.sha256;
    const files = unzipSync(bytes);
    expect(await vox('receipt', 'verify', out)).toMatch(/^receipt\.jws: sound\. A receipt of kind export-manifest, /);
    const again = `${out}-again`;
    await vox('subject', 'fetch', shop.tenantId, request.privacyRequestId, '--out', again, ...because);
    expect(readFileSync(again).equals(bytes)).toBe(true);
    for (const each of [out, again]) rmSync(each);
    const manifest = JSON.parse(strFromU8(files['manifest.json'] as Uint8Array)) as {
      files: { name: string; bytes: number; sha256: string }[];
    };
    const names = Object.keys(files).filter((name) => !['manifest.json', 'receipt.jws'].includes(name));
    expect(manifest.files.map(({ name }) => name)).toEqual(names);
    for (const { name, ...listed } of manifest.files)
      expect(listed, name).toEqual({ bytes: files[name]?.length, sha256: sha256(files[name] as Uint8Array) });
    const text = (name: string): string => strFromU8(files[name] as Uint8Array);
    expect(text('compliance/transcripts.json')).toContain(words);
    expect(text('compliance/identifiers.csv')).toMatch(new RegExp(`${ann.visitorId}|ann.canary`));
    expect(JSON.parse(text('compliance/consents.json'))).toHaveLength(2);
    expect(text('session-broker/sessions.json')).toContain(ann.sessionId);
    expect(text('quota/requests.csv')).toContain(ann.sessionId);
    const everything = names.map(text).join();
    expect(everything).not.toContain(neighbour.sessionId);
    expect(withoutDrawn(everything)).not.toMatch(/4111|five five|radish/);
  }, 90_000);

  it('is erased by its e-mail address from every file of MongoDB, NATS and Redis and every log', async () => {
    receiptKeys = (await stack.operator.ask(ListReceiptKeys, {})).keys;
    const asked = ['subject', 'erase', shop.tenantId, '--email', email.toUpperCase(), ...because];
    const request = JSON.parse(await vox(...asked)) as PrivacyRequestView;
    expect(request).toMatchObject({ state: 'done', kind: 'erase', holdId: null });
    const counts = Object.fromEntries(request.evidence.map(({ step, count }) => [step, count]));
    // Four messages, the call, two consents, one part of an archive.
    expect(counts).toMatchObject({ find: 1, 'session-broker': 1, quota: 0, compliance: 8, keys: 1, certify: 1 });
    expect(counts.streams).toBeGreaterThan(0);
    receipts.erase = request.receipt ?? '';
    await expect(textsOf(ann.sessionId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await saved();
    expect(leaks(canariesOf(ann.visitorId), filesOf(folder))).toEqual([]);
  }, 90_000);

  it('stays erased after the servers stopped, while its neighbour, audit log and ledgers are whole', async () => {
    expect(await textsOf(neighbour.sessionId)).toEqual(['the neighbour stays']);
    const verified = await stack.operator.ask(VerifyAudit, { tenantId: shop.tenantId }, { timeoutMs: 10_000 });
    expect(verified).toMatchObject({ broken: null });
    await expect.poll(async () => (await reconciled(stack)).findings, soon).toEqual([]);
    await stack.stop();
    expect(leaks(canariesOf(ann.visitorId), filesOf(folder))).toEqual([]);
  }, 90_000);

  it('has a receipt of each step that anybody can verify', async () => {
    const read = <P extends ReceiptKind>(kind: P, text = '') =>
      readReceipt(kind, text, (kid) => receiptKeys.find((key) => key.kid === kid));
    const agreed = await read(ConsentReceipt, receipts.agreed);
    const withdrawn = await read(ConsentReceipt, receipts.withdrawn);
    expect([agreed.says, withdrawn.says]).toMatchObject([{ given: true }, { given: false }]);
    const exported = await read(ExportReceipt, receipts.export);
    expect(exported.says).toMatchObject({ tenantId: shop.tenantId, sha256: archiveSha256 });
    const erased = await read(ErasureReceipt, receipts.erase);
    expect(erased.says).toMatchObject({ tenantId: shop.tenantId, sessionIds: [ann.sessionId] });
    const says = erased.says as object;
    const [head, , proof] = (receipts.erase ?? '').split('.');
    const other = Buffer.from(JSON.stringify({ id: erased.id, at: erased.at, says: { ...says, sessionIds: [] } }));
    const forged = [head, other.toString('base64url'), proof].join('.');
    await expect(read(ErasureReceipt, forged)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
