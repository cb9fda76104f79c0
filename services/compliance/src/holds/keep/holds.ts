import { type DocumentStore, everyTagged, type StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Hold } from '../decide/hold.ts';

/** Legal holds, by `holdKey`. */
export type Holds = DocumentStore<Hold>;

export const holdKey = (tenantId: string, holdId: string): string => `${tenantId}/${holdId}`;
export const holdTag = (tenantId: string): string => `tenant:${tenantId}`;

/** Every hold of a tenant, those that were released among them. */
export async function holdsOf(holds: Pick<Holds, 'tagged'>, tenantId: string): Promise<readonly Hold[]> {
  const found: Hold[] = [];
  for await (const { state } of everyTagged(holds, holdTag(tenantId))) found.push(state);
  return found;
}

const ms = z.number().int();

export const holdDocuments: StoredKind<Hold> = {
  collection: 'holds',
  schema: z.object({
    tenantId: z.string(),
    holdId: z.uuid(),
    scope: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('tenant') }),
      z.object({ kind: z.literal('session'), sessionId: z.uuid() }),
      z
        .object({
          kind: z.literal('person'),
          /** One of them stood alone here until identifiers were read. */
          index: z.string().optional(),
          indexes: z.array(z.string()).default([]),
          subjectIds: z.array(z.uuid()),
        })
        .transform(({ kind, index, indexes, subjectIds }) => ({
          ...{ kind, subjectIds },
          indexes: index === undefined ? indexes : [index, ...indexes],
          ...(index !== undefined && { unread: [index] }),
        })),
    ]),
    reason: z.string(),
    placedBy: z.string(),
    placedAtMs: ms,
    releasedAtMs: ms.nullable(),
  }),
  tags: ({ tenantId }) => [holdTag(tenantId)],
};
