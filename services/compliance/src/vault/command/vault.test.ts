import { randomBytes } from 'node:crypto';
import { ListReceiptKeys, RewrapKeys } from '@vox/contracts';
import { readReceipt, receiptKind } from '@vox/platform/crypto';
import { type CanonicalIdentifier, readIdentifier } from '@vox/platform/identifiers';
import { settled } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { onTwins } from '../../on-twins.ts';
import { startCompliance } from '../../service.ts';
import { givenMasterKeys } from '../keep/master-keys.ts';
import { keyRing } from './key-ring.ts';
import { openReceipts } from './receipts.ts';
import { vault } from './vault.ts';

const email = { kind: 'email', form: 'ann@example.com' } as const;
const visitor = { kind: 'visitor', form: 'v_0123456789abcdefghijkl' } as const;

describe('the vault', () => {
  const open = () => {
    const twins = onTwins();
    return { twins, safe: vault(keyRing(twins), twins) };
  };

  it('opens what it sealed at the same place for the same person, and nowhere else', async () => {
    const { safe } = open();
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), fc.string(), async (text, place, other) => {
        const one = await safe.box(await safe.subjectOf('acme', visitor));
        const two = await safe.box(await safe.subjectOf('acme', { ...visitor, form: 'v_another' }));
        const sealed = one?.seal(place, text) ?? '';
        expect(one?.open(place, sealed)).toBe(text);
        expect(two?.open(place, sealed)).toBeUndefined();
        if (other !== place) expect(one?.open(other, sealed)).toBeUndefined();
        if (text.length > 3) expect(sealed).not.toContain(text);
      }),
      { numRuns: 30 },
    );
  });
  it('makes one subject of a visitor, however many ask at once, and none for another tenant', async () => {
    const { safe, twins } = open();
    const asked = await Promise.all(Array.from({ length: 20 }, () => safe.subjectOf('acme', visitor)));
    expect(new Set(asked.map(({ subjectId }) => subjectId)).size).toBe(1);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
    await safe.subjectOf('other', visitor);
    expect((await twins.subjects.all(9)).length).toBe(2);
    expect(await safe.blindIndex('acme', visitor)).not.toBe(await safe.blindIndex('other', visitor));
  });
  it('finds a person by each way of writing what it is known by, and stores none of it to be read', async () => {
    const { safe, twins } = open();
    const { subjectId } = await safe.subjectOf('acme', visitor);
    const read = (kind: 'email' | 'phone', value: string) =>
      readIdentifier({ kind, value }, null) as CanonicalIdentifier;
    expect(await safe.identify('acme', subjectId, [email, read('phone', '+34 600 111 222')])).toBe(true);
    for (const value of [' ann@example.com', 'ANN@EXAMPLE.COM', 'ａnn@example.com'])
      expect((await safe.find('acme', read('email', value))).map((each) => each.subjectId)).toEqual([subjectId]);
    expect(await safe.find('acme', read('phone', '0034600111222'))).toHaveLength(1);
    expect(await safe.find('other', email)).toEqual([]);
    const stored = JSON.stringify(await twins.subjects.all(9));
    expect(stored).not.toMatch(/ann@|600.?111|v_0123456789/i);
  });
  it('finds two forms of identifiers by two hashes, whatever their kinds', async () => {
    const { safe } = open();
    const kinds = fc.constantFrom('email' as const, 'phone' as const, 'visitor' as const, 'user' as const);
    const named = fc.record({ kind: kinds, form: fc.string({ minLength: 1, maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(named, named, async (one, other) => {
        const isSame = one.kind === other.kind && one.form === other.form;
        expect((await safe.blindIndex('acme', one)) === (await safe.blindIndex('acme', other))).toBe(isSame);
      }),
    );
  });
  it('opens nothing of a forgotten person any more, and keeps nothing new for it', async () => {
    const { safe, twins } = open();
    const subject = await safe.subjectOf('acme', visitor);
    const sealed = (await safe.box(subject))?.seal('place', 'words') ?? '';
    expect((await safe.box(subject))?.open('place', sealed)).toBe('words');
    await safe.forget('acme', subject.subjectId);
    await safe.forget('acme', subject.subjectId);
    expect(await safe.box(subject)).toBeUndefined();
    expect(await safe.find('acme', visitor)).toEqual([]);
    expect(await safe.identify('acme', subject.subjectId, [email])).toBe(false);
    const again = await safe.subjectOf('acme', visitor);
    expect(again).toMatchObject({ key: null, identifiers: [], forgottenAtMs: twins.clock.now().getTime() });
  });
});

describe('a master key', () => {
  it('rotates while the service runs: what stood under the old one opens without it after a rewrap', async () => {
    const twins = onTwins();
    let keys = givenMasterKeys([randomBytes(32)]);
    const old = keys.current();
    const masterKeys = { current: () => keys.current(), find: (kid: string) => keys.find(kid) };
    const service = await startCompliance({ ...twins, masterKeys });
    const before = vault(keyRing({ ...twins, masterKeys }), twins);
    const subject = await before.subjectOf('acme', visitor);
    const sealed = (await before.box(subject))?.seal('place', 'words') ?? '';
    const newest = randomBytes(32);
    keys = givenMasterKeys([newest, old.key]);
    const { kid } = keys.current();
    const asked = await twins.bus.ask(RewrapKeys, { actor: 'tester' });
    expect(asked).toEqual({ kid, rewrapped: 2, left: 0 });
    keys = givenMasterKeys([newest]);
    const after = vault(keyRing({ ...twins, masterKeys }), twins);
    expect((await after.box(subject))?.open('place', sealed)).toBe('words');
    await settled(twins.bus);
    expect(twins.bus.published().map(({ type }) => type)).toEqual(['vox.privacy.master-key-rotated.v1']);
    await service.stop();
  });
  it('that is not at hand opens nothing, and the refusal says that it is our dependency', async () => {
    const twins = onTwins();
    await vault(keyRing(twins), twins).subjectOf('acme', visitor);
    const strangers = { ...twins, masterKeys: givenMasterKeys([randomBytes(32)]) };
    await expect(vault(keyRing(strangers), strangers).subjectOf('acme', visitor)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });
});

describe('a receipt', () => {
  const Shown = receiptKind('shown', z.object({ tenantId: z.string() }));
  const Erased = receiptKind('erased', z.object({ tenantId: z.string() }));

  it('is proved by the public keys alone, and altered, of another kind or by another key it is none', async () => {
    const twins = onTwins();
    const service = await startCompliance(twins);
    const receipts = await openReceipts(keyRing(twins), twins);
    const text = await receipts.sign(Shown, 'r1', { tenantId: 'acme' });
    const { keys } = await twins.bus.ask(ListReceiptKeys, {});
    const find = (kid: string) => keys.find((key) => key.kid === kid);
    expect(await readReceipt(Shown, text, find)).toMatchObject({ id: 'r1', says: { tenantId: 'acme' } });
    const [head, body, signature] = text.split('.');
    const forged = Buffer.from(
      Buffer.from(body ?? '', 'base64url')
        .toString()
        .replace('acme', 'evil'),
    ).toString('base64url');
    await expect(readReceipt(Shown, `${head}.${forged}.${signature}`, find)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    await expect(readReceipt(Erased, text, find)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(readReceipt(Shown, text, () => undefined)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await service.stop();
  });
});
