import { seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { MasterKeys } from '@vox/platform/master-keys';
import { Secret } from '@vox/platform/secret';
import type { Clock } from '@vox/platform/time';
import type { DataKey, Sealed } from '../decide/book.ts';

/** A data key that is open: for sealing, and for reading what was sealed under it. */
export type OpenKey = Readonly<{ key: DataKey; bytes: Buffer }>;

/** The keys that the secrets of tenants are sealed under. */
export type DataKeys = Readonly<{
  /** A new key of a tenant, under the newest master key. */
  fresh: (tenantId: string) => Promise<OpenKey>;
  /** Rejects with Fault UNAVAILABLE while no master key at hand opens it. */
  open: (tenantId: string, key: DataKey) => Promise<OpenKey>;
}>;

export type DataKeyDependencies = Readonly<{
  masterKeys: Pick<MasterKeys, 'wrap' | 'unwrap'>;
  clock: Clock;
  uuid: () => string;
  random: (size: number) => Uint8Array;
}>;

const keyBytes = 32;

/** What a data key is wrapped for. It opens as nothing else. */
export const dataKeyContext = (tenantId: string, keyId: string): string => `tenant:${tenantId}:secrets:${keyId}`;
const valueContext = (tenantId: string, name: string): string => `secret:${tenantId}:${name}`;

/** Keys under the master keys. Whoever holds those keeps a key open for a while, so nothing is kept here. */
export const dataKeys = ({ masterKeys, clock, uuid, random }: DataKeyDependencies): DataKeys => ({
  async fresh(tenantId) {
    const [id, bytes] = [uuid(), Buffer.from(random(keyBytes))];
    const wrapped = await masterKeys.wrap(bytes, dataKeyContext(tenantId, id));
    return { key: { id, wrapped, createdAtMs: clock.now().getTime() }, bytes };
  },
  open: async (tenantId, key) => ({
    key,
    bytes: await masterKeys.unwrap(key.wrapped, dataKeyContext(tenantId, key.id)),
  }),
});

/** A value sealed for one secret of one tenant: copied to another place in the store it does not open. */
export const sealValue = ({ key, bytes }: OpenKey, tenantId: string, name: string, value: Secret): Sealed => ({
  keyId: key.id,
  text: seal(bytes, valueContext(tenantId, name), value.reveal()),
});

/** Throws Fault INTERNAL for what was changed in the store. */
export function openValue({ bytes }: OpenKey, tenantId: string, name: string, { text }: Sealed): Secret {
  const value = unseal(bytes, valueContext(tenantId, name), text);
  if (value === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a secret does not open') });
  return Secret.of(value);
}
