import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { TenantId } from '../values/ids.ts';
import { SecretName } from './secret.ts';

export const lentSecretsMax = 16;

const names = z
  .array(SecretName)
  .min(1)
  .max(lentSecretsMax)
  .refine((all) => new Set(all).size === all.length, 'must name each secret once');

export const LendSecrets = question(
  'auth',
  'secrets-lend',
  'The values of a tenant’s secrets for one call to one host, sealed to a key that the asker made for this question.',
  z.strictObject({
    tenantId: TenantId,
    names,
    host: z.string().min(1).max(300).describe('`URL.host` of where the values will be sent'),
    publicKey: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/)
      .describe('X25519, its 32 bytes in base64url'),
  }),
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('lent'),
      box: z.string().describe('JSON of `{ [name]: value }`, sealed'),
      changesAt: z.iso.datetime().optional().describe('when another version of one of them comes into force'),
    }),
    z.object({
      kind: z.literal('refused'),
      name: SecretName,
      why: z.enum(['unknown', 'host']).describe('there is no such secret, or it may not be sent to this host'),
    }),
  ]),
);

/** What the box of an answer is bound to: it opens as the answer to this question alone. */
export const lentContext = (asked: Readonly<{ tenantId: string; names: readonly string[]; host: string }>): string =>
  JSON.stringify(['secrets-lend', asked.tenantId, asked.host, ...asked.names]);

/** What is in the box. */
export const LentSecrets = z.record(SecretName, z.string());
