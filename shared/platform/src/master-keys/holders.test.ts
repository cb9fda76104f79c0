import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arnOf } from './aws-kms.fixture.ts';
import { onAws, onGiven, onVault } from './holders.fixture.ts';

const context = 'tenant:acme:secrets';

describe.each([
  ['this process', async () => onGiven()],
  ['AWS KMS', onAws],
  ['Vault with associated data', onVault],
  ['Vault with a derived key, in a namespace', () => onVault({ derived: true, namespace: 'team/voice' })],
] as const)('master keys of %s', (_who, open) => {
  it('open what they wrapped in the same context, and in no other', async () => {
    const { holder } = await open();
    const texts = fc.string({ minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(texts, texts, async (one, other) => {
        const key = randomBytes(32);
        const wrapped = await holder.wrap(key, one);
        expect(await holder.open(wrapped, one)).toEqual(key);
        if (one !== other) expect(await holder.open(wrapped, other)).toBeUndefined();
        expect(JSON.stringify(wrapped)).not.toContain(key.toString('base64').slice(0, 20));
      }),
      { numRuns: 20 },
    );
  });
  it('open nothing of which a byte is another, and nothing that another key wrapped', async () => {
    const { holder } = await open();
    const wrapped = await holder.wrap(randomBytes(32), context);
    const end = wrapped.sealed.slice(-20, -8);
    const changed = wrapped.sealed.replace(end, [...end].reverse().join(''));
    expect(await holder.open({ ...wrapped, sealed: changed }, context)).toBeUndefined();
    expect(await holder.open({ ...wrapped, keyId: 'stranger' }, context)).toBeUndefined();
  });
  it('rotate: new keys stand under the newest, and what stood under the older ones opens', async () => {
    const { holder, rotate } = await open();
    const key = randomBytes(32);
    const before = await holder.wrap(key, context);
    expect([holder.isNewest(before), (await holder.newest()).keyId]).toEqual([true, before.keyId]);
    await rotate();
    const { keyId } = await holder.newest();
    expect(keyId).not.toBe(before.keyId);
    expect(holder.isNewest(before)).toBe(false);
    const after = await holder.wrap(key, context);
    expect([holder.isNewest(after), after.keyId]).toEqual([true, keyId]);
    for (const wrapped of [before, after]) expect(await holder.open(wrapped, context)).toEqual(key);
  });
});

describe('a master key in AWS KMS', () => {
  it('is asked in the protocol of KMS, with its ARN and the context of the key', async () => {
    const { holder, server } = await onAws();
    await holder.open(await holder.wrap(randomBytes(32), context), context);
    expect(server.heard.map(({ headers }) => headers['x-amz-target'])).toEqual([
      'TrentService.Encrypt',
      'TrentService.Decrypt',
    ]);
    for (const { method, path, headers, body } of server.heard) {
      expect([method, path, headers['content-type']]).toEqual(['POST', '/', 'application/x-amz-json-1.1']);
      expect(JSON.parse(body)).toMatchObject({ KeyId: arnOf('old'), EncryptionContext: { 'vox:context': context } });
    }
  });
  it('that AWS rotates inside stays the newest, and opens what it wrapped before', async () => {
    const { holder, server } = await onAws();
    const key = randomBytes(32);
    const before = await holder.wrap(key, context);
    server.rotateInside('old');
    expect(holder.isNewest(before)).toBe(true);
    expect(await holder.open(before, context)).toEqual(key);
  });
  it('says how old it is', async () => {
    expect((await (await onAws()).holder.newest()).createdAt).toEqual(new Date(1_700_000_000_250));
  });
  it('opens nothing once it is in no list any more', async () => {
    const { holder, holderOf } = await onAws();
    const wrapped = await holder.wrap(randomBytes(32), context);
    expect(await holderOf('next').open(wrapped, context)).toBeUndefined();
  });
});

describe('a master key in Vault', () => {
  it('says how old its newest version is', async () => {
    const { holder, rotate } = await onVault();
    expect((await holder.newest()).createdAt).toEqual(new Date(1_700_000_000_000));
    rotate();
    expect((await holder.newest()).createdAt).toEqual(new Date(1_800_000_000_000));
  });
  it('opens nothing of a version that Vault forgot, and all of the others', async () => {
    const { holder, server, rotate } = await onVault();
    const before = await holder.wrap(randomBytes(32), context);
    rotate();
    const after = await holder.wrap(randomBytes(32), context);
    server.forgetBefore(2);
    expect(await holder.open(before, context)).toBeUndefined();
    expect(await holder.open(after, context)).toHaveLength(32);
  });
  it.each([
    ['whose server ignores associated data', { isOld: true }],
    ['of a type that binds no context', { type: 'rsa-4096' }],
  ])('%s is not used at all', async (_what, over) => {
    const { holder } = await onVault(over);
    await expect(holder.wrap(randomBytes(32), context)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      cause: { message: expect.stringMatching(/binds no/) },
    });
  });
});
