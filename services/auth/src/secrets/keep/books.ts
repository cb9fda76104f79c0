import { SecretName } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { storedStamp } from '../../tenants/mod.ts';
import { bookDueAtMs, type SecretBook } from '../decide/book.ts';

/** The secrets of each tenant, by its id. */
export type SecretBooks = DocumentStore<SecretBook>;

const ms = z.number().int();
const version = z.number().int().positive();
const hosts = z.array(z.string());
const Version = z.object({
  version,
  sealed: z.object({ keyId: z.string(), text: z.string() }),
  hosts,
  createdAtMs: ms,
  inForceFromMs: ms,
});

export const storedSecretBooks: StoredKind<SecretBook> = {
  collection: 'secrets',
  schema: z.object({
    tenantId: z.string(),
    dataKeys: z.array(z.object({ id: z.string(), wrapped: z.string(), createdAtMs: ms })),
    secrets: z.array(
      z.object({
        name: SecretName,
        createdAtMs: ms,
        lastUsedAtMs: ms.nullable(),
        versions: z.array(Version).min(1),
      }),
    ),
    untold: z.array(
      z.object({
        ...storedStamp,
        name: SecretName,
        version,
        change: z.enum(['created', 'rotated', 'hosts-set', 'removed']),
        hosts,
      }),
    ),
  }),
  dueAtMs: bookDueAtMs,
};
