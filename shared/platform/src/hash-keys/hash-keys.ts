import { z } from 'zod';
import { derivedKey, resealed, type SealKey, type SealKeys, seal, sealKeysOf, unseal } from '../crypto/mod.ts';
import { Reason } from '../fault/mod.ts';
import type { DocumentStore, StoredKind } from '../store/mod.ts';

/**
 * Keys that keyed hashes are made with, by what the hashes are for. They stay the same for ever: what was stored under
 * a hash could not be found under another.
 */
export type HashKeys<P extends string> = Readonly<Record<P, Uint8Array>>;

/** The hash keys of a service, sealed: one document. */
export type KeptHashKeys = Readonly<{ sealed: string }>;
export type HashKeyStore = DocumentStore<KeptHashKeys>;

export const hashKeyDocuments: StoredKind<KeptHashKeys> = {
  collection: 'hash_keys',
  schema: z.object({ sealed: z.string() }),
};

const place = 'hash-keys';

/** Hash keys as they were before they were kept, and as they are kept from then on: derived from the seal key. */
export const derivedHashKeys = <P extends string>(sealKey: SealKey, purposes: readonly P[]): HashKeys<P> =>
  hashKeysOf(purposes.map((purpose) => [purpose, derivedKey(sealKey, purpose)]));

const hashKeysOf = <P extends string>(entries: readonly (readonly [P, Uint8Array])[]): HashKeys<P> =>
  Object.fromEntries(entries) as Record<P, Uint8Array>;

/**
 * The hash keys of a service, kept at its first start and sealed anew when the seal key was rotated. Throws Reason when
 * none of the seal keys opens them: under other ones nothing that is stored would be found.
 */
export async function openHashKeys<P extends string>(
  store: Pick<HashKeyStore, 'decideOnce' | 'update'>,
  sealKeys: SealKeys,
  purposes: readonly P[],
): Promise<HashKeys<P>> {
  const [newest] = sealKeysOf(sealKeys);
  const born = (): KeptHashKeys => ({ sealed: seal(newest, place, textOf(derivedHashKeys(newest, purposes))) });
  const { state } = await store.decideOnce(place, { isRepeated: true, propose: born });
  const text = unseal(sealKeys, place, state.sealed);
  if (text === undefined) throw new Reason('neither SEAL_KEY nor SEAL_KEY_PREVIOUS opens what was sealed before');
  await store.update(place, (now) => {
    const sealed = now && resealed(sealKeys, place, now.sealed);
    return sealed === undefined ? { result: undefined } : { result: undefined, state: { sealed } };
  });
  return keysIn(text);
}

const textOf = (keys: HashKeys<string>): string =>
  JSON.stringify(Object.entries(keys).map(([purpose, key]) => [purpose, Buffer.from(key).toString('base64url')]));

const keysIn = <P extends string>(text: string): HashKeys<P> =>
  hashKeysOf((JSON.parse(text) as [P, string][]).map(([purpose, key]) => [purpose, Buffer.from(key, 'base64url')]));
