import type { CreateSecret, RotateSecret } from '@vox/contracts';
import { noTenant } from '@vox/platform/fault';
import { Secret } from '@vox/platform/secret';
import type { z } from 'zod';
import { createSecret, rotateSecret, type Sealed, type SecretBook } from '../decide/book.ts';
import { type DataKeys, type OpenKey, sealValue } from '../keep/data-keys.ts';
import { type ChangeBookDependencies, changeBook } from './change-book.ts';
import { viewIn } from './list-secrets.ts';

export type GiveValueDependencies = ChangeBookDependencies & Readonly<{ dataKeys: DataKeys }>;
export type CreateSecretDependencies = GiveValueDependencies &
  Readonly<{
    /** Whether there is such a tenant. */
    knowsTenant: (tenantId: string) => Promise<boolean>;
  }>;

/** The key that a tenant's values are sealed under now: the newest, or its first. */
const keyOf =
  ({ dataKeys }: Pick<GiveValueDependencies, 'dataKeys'>) =>
  ({ tenantId, dataKeys: [newest] }: SecretBook): Promise<OpenKey> =>
    newest === undefined ? dataKeys.fresh(tenantId) : dataKeys.open(tenantId, newest);

const sealing =
  (tenantId: string, name: string, value: Secret) =>
  (key: OpenKey | undefined): Sealed => {
    if (key === undefined) throw new RangeError('a value is sealed under a key');
    return sealValue(key, tenantId, name, value);
  };

/** Keeps a secret. Nothing answers its value. */
export async function keepSecret(
  dependencies: CreateSecretDependencies,
  { tenantId, name, value, hosts, ...by }: z.infer<(typeof CreateSecret)['request']>,
): Promise<z.input<(typeof CreateSecret)['reply']>> {
  const seal = sealing(tenantId, name, Secret.of(value));
  if (!(await dependencies.knowsTenant(tenantId))) throw noTenant(tenantId);
  const book = await changeBook(dependencies, tenantId, by, {
    keyOf: keyOf(dependencies),
    decide: (known, nowMs, key) => createSecret(known, { name, hosts, sealed: seal(key) }, nowMs),
  });
  return { secret: viewIn(dependencies, book, name) };
}

/** Gives a secret a new version. The version before is lent until the new one is in force. */
export async function replaceSecret(
  dependencies: GiveValueDependencies,
  { tenantId, name, value, hosts, inForceFrom, ifVersion, ...by }: z.infer<(typeof RotateSecret)['request']>,
): Promise<z.input<(typeof RotateSecret)['reply']>> {
  const seal = sealing(tenantId, name, Secret.of(value));
  const inForceFromMs = inForceFrom === undefined ? undefined : Date.parse(inForceFrom);
  const book = await changeBook(dependencies, tenantId, by, {
    keyOf: keyOf(dependencies),
    decide: (known, nowMs, key) =>
      rotateSecret(known, { name, sealed: seal(key), hosts, inForceFromMs, ifVersion }, nowMs),
  });
  return { secret: viewIn(dependencies, book, name) };
}
