import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConsentReceipt, ErasureReceipt, ExportManifestReceipt, ExportReceipt, RetentionReceipt } from '@vox/contracts';
import { CheckpointReceipt, signReceipt } from '@vox/platform/crypto';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { checkFile } from './receipt-file.ts';
import { keysIn } from './receipt-proof.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-receipt-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'file');
const written = (content: string | Uint8Array): string => {
  writeFileSync(file, content);
  return file;
};
const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const at = new Date('2026-05-05T12:00:00.000Z');
const key = { kid: '00000000-0000-4000-8000-000000000000', x, d };
const keys = [{ kid: key.kid, x, createdAt: at.toISOString() }];
const [tenantId, privacyRequestId] = ['acme', randomUUID()];
const named = { tenantId, privacyRequestId };
const hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const consent = { purpose: 'transcripts', version: '1', textHash: 'a'.repeat(64), locale: 'en' } as const;

const sign = (kind: Parameters<typeof signReceipt>[0], says: unknown) => signReceipt(kind, key, { id: 'r1', at, says });
const receipts = async (): Promise<Record<string, string>> => ({
  consent: await sign(ConsentReceipt, {
    ...{ tenantId, widgetKey: 'w_acme_site_0123456789abcdef', visitorId: 'v_CanaryCanaryCanaryCana' },
    ...{ ...consent, method: 'click', given: true },
  }),
  erasure: await sign(ErasureReceipt, { ...named, subjectIds: [], sessionIds: [], evidence: [] }),
  export: await sign(ExportReceipt, { ...named, records: 1, bytes: 2, sha256: 'x' }),
  retention: await sign(RetentionReceipt, {
    ...{ tenantId, class: 'usage', sequence: 1, olderThan: at.toISOString(), removed: 3, digest: 'd' },
  }),
  'audit-checkpoint': await sign(CheckpointReceipt, { tenantId, sequence: 1, hash: 'h' }),
});
const wrongOf = async (content: string | Uint8Array) =>
  (await checkFile(written(content), keys)).flatMap((each) => (each.sound ? [] : [`${each.where} ${each.wrong}`]));

async function archive(): Promise<Record<string, Uint8Array>> {
  const data = { 'cover-page.txt': strToU8('hello'), 'quota/requests.json': strToU8('[]') };
  const files = Object.entries(data).map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: hex(bytes) }));
  const manifest = strToU8(JSON.stringify({ files }));
  const says = { ...named, records: 1, manifestSha256: hex(manifest) };
  return { ...data, 'manifest.json': manifest, 'receipt.jws': strToU8(await sign(ExportManifestReceipt, says)) };
}

describe('the check of a file with receipts', () => {
  it('verifies a receipt of each kind, alone and within what vox printed', async () => {
    const all = Object.entries(await receipts());
    for (const [kind, text] of all) {
      expect(await checkFile(written(`${text}\n`), keys)).toMatchObject([{ sound: true, kind, id: 'r1' }]);
      const printed = JSON.stringify([{ state: 'done', receipt: text }, { receipt: null }]);
      expect(await checkFile(written(printed), keys)).toMatchObject([{ where: '0.receipt', sound: true, kind }]);
    }
  });
  it('verifies the receipt of an erasure with 3,000 calls', async () => {
    const sessionIds = Array.from({ length: 3_000 }, () => randomUUID());
    const receipt = await sign(ErasureReceipt, { ...named, subjectIds: [], sessionIds, evidence: [] });
    expect(await checkFile(written(receipt), keys)).toMatchObject([{ sound: true, kind: 'erasure' }]);
  });
  it('names what is wrong: altered, another key, another kind, cut off, no receipt at all', async () => {
    const { erasure = '' } = await receipts();
    const [header, payload = '', signature] = erasure.split('.');
    const changed = Buffer.from(payload, 'base64url').toString().replace('acme', 'acne');
    const forged = [header, Buffer.from(changed).toString('base64url'), signature].join('.');
    expect(await wrongOf(forged)).toEqual([expect.stringContaining('was altered')]);
    const other = await sign({ name: 'nothing-of-ours', payload: ErasureReceipt.payload } as never, {
      ...{ ...named, subjectIds: [], sessionIds: [], evidence: [] },
    });
    expect(await wrongOf(other)).toEqual([expect.stringContaining('of an unknown kind')]);
    expect(await wrongOf(erasure.slice(0, 40))).toEqual([expect.stringContaining('no receipt')]);
    expect(await wrongOf(JSON.stringify({ receipt: 'gone' }))).toEqual([
      expect.stringMatching(/^receipt is no receipt/),
    ]);
    const strange = [{ ...keys[0], kid: '00000000-0000-4000-8000-000000000009' }] as typeof keys;
    expect(await checkFile(written(erasure), strange)).toMatchObject([
      { wrong: expect.stringContaining('not among the given keys') },
    ]);
    for (const [content, why] of [
      ['', /is empty/],
      ['{"a":1}', /holds no receipt/],
      ['{"kind":"export","tenantId":"acme"}\n', /vox audit verify --file/],
      [Buffer.from('PK\u0003\u0004 and no more'), /cannot be opened/],
    ] as const)
      await expect(checkFile(written(content), keys)).rejects.toMatchObject({
        answer: { issues: [{ path: file, message: expect.stringMatching(why) }] },
      });
  });
  it('accepts no receipt in which any bit was flipped', async () => {
    const { erasure = '' } = await receipts();
    await fc.assert(
      fc.asyncProperty(fc.nat(erasure.length - 1), fc.nat(6), async (place, bit) => {
        const bytes = Buffer.from(erasure);
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        const checked = await checkFile(written(bytes), keys).catch(() => []);
        expect(checked.every(({ sound }) => !sound)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
  it('verifies each file of an archive, and names the one that was altered, taken out or put in', async () => {
    const files = await archive();
    const whole = zipSync(files);
    expect(await checkFile(written(whole), keys)).toMatchObject([{ where: 'receipt.jws', sound: true }]);
    expect(await wrongOf(whole)).toEqual([]);
    expect(Object.keys(unzipSync(whole))).toHaveLength(4);
    const but = (over: Record<string, Uint8Array>) => wrongOf(zipSync({ ...files, ...over }));
    expect(await but({ 'cover-page.txt': strToU8('hullo') })).toEqual(['cover-page.txt was altered']);
    expect(await but({ 'extra.csv': strToU8('x') })).toEqual([expect.stringMatching(/^extra.csv was put in/)]);
    expect(await but({ 'manifest.json': strToU8('{"files":[]}') })).toContainEqual(
      expect.stringMatching(/^manifest.json is not the one that was signed/),
    );
    const { 'quota/requests.json': _gone, ...rest } = files;
    expect(await wrongOf(zipSync(rest))).toEqual(['quota/requests.json is missing']);
  });
  it('takes as keys only what vox printed', () => {
    expect(keysIn(written(JSON.stringify({ keys })))).toEqual(keys);
    for (const content of ['', '{', '{"keys":1}'])
      expect(() => keysIn(written(content))).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });
});
