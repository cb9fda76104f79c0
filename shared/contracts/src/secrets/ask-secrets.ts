import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting } from '../values/acting.ts';
import { TenantId } from '../values/ids.ts';
import { SecretName, SecretValue, secretHosts } from './secret.ts';

const moment = z.iso.datetime();
const version = z.number().int().positive();
const count = z.number().int().nonnegative();
const named = { tenantId: TenantId, name: SecretName };
/** The version of the secret, not of the tenant. */
const ifVersion = version
  .optional()
  .describe(
    'the newest version that it must still have; otherwise nothing changes, and the answer is VERSION_MISMATCH',
  );

export const SecretView = z.object({
  ...named,
  hosts: z.array(z.string()).describe('the hosts of the newest version'),
  version: version.describe('the newest, which may not be in force yet'),
  createdAt: moment.describe('when the secret was made'),
  inForce: z
    .object({ version, hosts: z.array(z.string()), createdAt: moment })
    .describe('the version that is sent now'),
  inForceFrom: moment.nullable().describe('from when the newest version is sent; null when it is in force'),
  ageDays: count.describe('of the version that is in force'),
  lastUsedAt: moment.nullable().describe('to the minute; null when it was never used'),
});
export type SecretView = z.infer<typeof SecretView>;

export const ListSecrets = question(
  'auth',
  'secret-list',
  'A tenant’s secrets: names, versions, ages, last use and hosts. Nothing shows a value.',
  z.strictObject({ tenantId: TenantId }),
  z.object({ secrets: z.array(SecretView) }),
  { action: 'secrets.list' },
);

export const CreateSecret = question(
  'auth',
  'secret-create',
  'Keeps a secret that the tenant’s tools may send to the hosts that are named.',
  z.strictObject({ ...named, value: SecretValue, hosts: secretHosts, ...acting }),
  z.object({ secret: SecretView }),
  { action: 'secrets.write' },
);

/** A version may be given so long before it comes into force. */
export const secretAheadDaysMax = 90;

export const RotateSecret = question(
  'auth',
  'secret-rotate',
  'Gives a secret a new version. The version before is sent until the new one is in force.',
  z.strictObject({
    ...named,
    value: SecretValue,
    hosts: secretHosts.optional().describe('of the new version; those of the version before when left out'),
    inForceFrom: moment.optional().describe(`at once when left out; at most ${secretAheadDaysMax} days ahead`),
    ifVersion,
    ...acting,
  }),
  z.object({ secret: SecretView }),
  { action: 'secrets.write' },
);

export const SetSecretHosts = question(
  'auth',
  'secret-set-hosts',
  'Takes hosts away from a secret. A host that is new needs the value again: a rotation.',
  z.strictObject({ ...named, hosts: secretHosts, ifVersion, ...acting }),
  z.object({ secret: SecretView }),
  { action: 'secrets.write' },
);

export const RemoveSecret = question(
  'auth',
  'secret-remove',
  'Removes a secret with all its versions. A tool that names it is refused from then on.',
  z.strictObject({ ...named, ...acting }),
  z.object({ removed: z.literal(true) }),
  { action: 'secrets.write' },
);

export const RewrapSecrets = question(
  'auth',
  'secrets-rewrap',
  'Puts the keys that tenants’ secrets stand under beneath the newest master key. Safe to repeat.',
  z.strictObject({
    newDataKeys: z.boolean().default(false).describe('gives each tenant a new key, and encrypts its secrets again'),
    ...acting,
  }),
  z.object({
    rewrapped: count.describe('tenants whose key stands under the newest master key now'),
    left: count.describe('tenants whose key could not be opened: their master key is not at hand'),
  }),
  { action: 'platform.keys' },
);

/** What a tenant manages of its secrets. */
export const secretQuestions = [ListSecrets, CreateSecret, RotateSecret, SetSecretHosts, RemoveSecret] as const;
