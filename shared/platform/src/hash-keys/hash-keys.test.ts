import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { memoryDocuments } from '../store/mod.ts';
import { derivedHashKeys, hashKeyDocuments, openHashKeys } from './hash-keys.ts';

const purposes = ['persons', 'addresses'] as const;
const [former, next] = [randomBytes(32), randomBytes(32)];

describe('the hash keys of a service', () => {
  it('are at first what they were derived from, and stay the same while the seal key is rotated', async () => {
    const store = memoryDocuments(hashKeyDocuments);
    const known = derivedHashKeys(former, purposes);
    for (const keys of [former, [former, next], [next, former], [former, next], [next, former], next] as const)
      expect(await openHashKeys(store, keys, purposes)).toEqual(known);
    await expect(openHashKeys(store, former, purposes)).rejects.toThrow(/SEAL_KEY/);
  });
  it('are the same for copies that start at once, with several seal keys', async () => {
    const store = memoryDocuments(hashKeyDocuments);
    await openHashKeys(store, former, purposes);
    const copies = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        openHashKeys(store, n % 2 === 0 ? [next, former] : [former, next], purposes),
      ),
    );
    for (const each of copies) expect(each).toEqual(derivedHashKeys(former, purposes));
  });
  it('do not stand in the store in the open', async () => {
    const store = memoryDocuments(hashKeyDocuments);
    const { persons } = await openHashKeys(store, former, purposes);
    const stored = JSON.stringify(await store.all(9));
    for (const form of ['base64', 'base64url', 'hex'] as const)
      expect(stored).not.toContain(Buffer.from(persons).toString(form));
  });
});
