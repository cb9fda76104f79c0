import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { type Digest, digestDueAtMs, partDueAtMs, type RefusalPart } from '../decide.ts';

/** Weeks by `<tenant>/<week>`. */
export type Digests = DocumentStore<Digest>;
/** What is counted, by `<tenant>/<week>/<part>`. */
export type RefusalParts = DocumentStore<RefusalPart>;

export const weekKeyOf = ({ tenantId, week }: Pick<Digest, 'tenantId' | 'week'>): string => `${tenantId}/${week}`;

const whose = { tenantId: z.string(), week: z.string() };
const byCode = z.record(z.string(), z.number().int().positive());

export const storedDigests: StoredKind<Digest> = {
  collection: 'refusal_digests',
  schema: z.object({ ...whose, state: z.enum(['counting', 'summed', 'told']), byCode }),
  dueAtMs: digestDueAtMs,
};

export const storedRefusalParts: StoredKind<RefusalPart> = {
  collection: 'refusal_parts',
  schema: z.object({ ...whose, byCode, seen: z.array(z.string()) }),
  dueAtMs: partDueAtMs,
  tags: (part) => [weekKeyOf(part)],
};
