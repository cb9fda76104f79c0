import { LendSecrets, rights } from '@vox/contracts';
import { newBoxKey } from '@vox/platform/crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  create,
  host,
  lent,
  minuteMs,
  rotate,
  type SecretsOnTwins,
  secretsOnTwins,
  tenantId,
  viewOf,
} from './secrets.fixture.ts';

let fixture: SecretsOnTwins;
beforeEach(async () => {
  fixture = await secretsOnTwins();
});

describe('the values of secrets', () => {
  it('are lent to session-broker, which alone may ask for them', () => {
    const asking = Object.entries(rights).filter(([, { asks }]) => asks.includes(LendSecrets));
    expect(asking.map(([service]) => service)).toEqual(['session-broker']);
  });
  it('are lent as they were given, whatever text they are', async () => {
    await create(fixture, 'first');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), async (value) => {
        fc.pre(!/[^\P{Cc}\t\n\r]|\p{Cs}/u.test(value));
        await rotate(fixture, value);
        expect(await lent(fixture)).toEqual({ SHOP_KEY: value });
      }),
      { numRuns: 20 },
    );
  });
  it('are lent together or not at all, with the first that is in the way', async () => {
    await create(fixture, 'one');
    await create(fixture, 'two', { name: 'MAP_KEY', hosts: [host, 'maps.example'] });
    expect(await lent(fixture, { names: ['MAP_KEY', 'SHOP_KEY'] })).toEqual({ MAP_KEY: 'two', SHOP_KEY: 'one' });
    const refused = (name: string, why: string) => ({ kind: 'refused', name, why });
    const wanted = { names: ['MAP_KEY', 'SHOP_KEY'], host: 'maps.example' };
    expect(await lent(fixture, wanted)).toEqual(refused('SHOP_KEY', 'host'));
    expect(await lent(fixture, { names: ['MAP_KEY', 'GONE'] })).toEqual(refused('GONE', 'unknown'));
  });
  it.each([
    'evil.example',
    'api.example.',
    'API.example',
    'api.example:8443',
    'x.api.example',
    'api.example@evil.example',
  ])('are lent for no host but those that are named letter by letter: not for %s', async (other) => {
    await create(fixture, 'value');
    expect(await lent(fixture, { host: other })).toMatchObject({ kind: 'refused', why: 'host' });
  });
  it('of another tenant are unknown', async () => {
    await create(fixture, 'value');
    await fixture.putTenant({ tenantId: 'other' });
    expect(await lent(fixture, { tenantId: 'other' })).toMatchObject({ kind: 'refused', why: 'unknown' });
  });
  it('do not open when they were copied to another secret or another tenant in the store', async () => {
    await create(fixture, 'value');
    await create(fixture, 'other', { name: 'MAP_KEY', hosts: ['evil.example'] });
    await fixture.secretBooks.update(tenantId, (book) => {
      if (book === undefined) throw new Error('no book');
      const [shop, map] = book.secrets as [(typeof book.secrets)[number], (typeof book.secrets)[number]];
      const versions = shop.versions.map((each) => ({ ...each, hosts: ['evil.example'] }));
      return { result: undefined, state: { ...book, secrets: [{ ...map, versions }] } };
    });
    const stolen = lent(fixture, { names: ['MAP_KEY'], host: 'evil.example' });
    await expect(stolen).rejects.toMatchObject({ code: 'INTERNAL' });
    const book = await fixture.secretBooks.read(tenantId);
    await fixture.secretBooks.update('other', () => ({
      result: undefined,
      state: { ...book, tenantId: 'other' } as never,
    }));
    const copied = lent(fixture, { tenantId: 'other', names: ['MAP_KEY'], host: 'evil.example' });
    await expect(copied).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
  it('are not lent to a key that everybody knows', async () => {
    await create(fixture, 'value');
    const asked = { tenantId, names: ['SHOP_KEY'], host, publicKey: Buffer.alloc(32).toString('base64url') };
    await expect(fixture.bus.ask(LendSecrets, asked)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
  it('are not sent over the bus as they are', async () => {
    await create(fixture, 'canary-value');
    const { publicKey } = newBoxKey();
    const answer = await fixture.bus.ask(LendSecrets, { tenantId, names: ['SHOP_KEY'], host, publicKey });
    expect(answer.kind).toBe('lent');
    expect(JSON.stringify(answer)).not.toContain('canary');
  });
  it('are unavailable while the holder of the master key is down', async () => {
    await create(fixture, 'value');
    fixture.masterKeys.down(true);
    await expect(lent(fixture)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    fixture.masterKeys.down(false);
    expect(await lent(fixture)).toEqual({ SHOP_KEY: 'value' });
  });
});

describe('the last use of a secret', () => {
  it('is kept to the minute with one write a minute, however often it is lent, and survives a rotation', async () => {
    let writes = 0;
    fixture = await secretsOnTwins({
      storesOf: ({ secretBooks }) => ({
        secretBooks: {
          ...secretBooks,
          async update(key, decide) {
            // A decision is made again when another change came first; what is written is the last one.
            let isWritten = false;
            const result = await secretBooks.update(key, async (known) => {
              const update = await decide(known);
              isWritten = update.state !== undefined;
              return update;
            });
            if (isWritten) writes += 1;
            return result;
          },
        },
      }),
    });
    await create(fixture, 'value');
    const before = writes;
    const used = fixture.clock.now().toISOString();
    for (let n = 0; n < 50; n += 1) await lent(fixture);
    fixture.clock.advanceMs(minuteMs);
    await expect.poll(async () => (await viewOf(fixture))?.lastUsedAt).toBe(used);
    expect(writes - before).toBe(1);
    await rotate(fixture, 'next');
    expect((await viewOf(fixture))?.lastUsedAt).toBe(used);
  });
  it('is written before a copy stops, and a refused question is none', async () => {
    await create(fixture, 'value');
    await create(fixture, 'value', { name: 'MAP_KEY' });
    await lent(fixture);
    await lent(fixture, { names: ['MAP_KEY'], host: 'evil.example' });
    await fixture.stopServices();
    const used = (await fixture.secretBooks.read(tenantId))?.secrets.map(({ lastUsedAtMs }) => lastUsedAtMs);
    expect(used).toEqual([fixture.clock.now().getTime(), null]);
  });
});
