import { IdentifierKind } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Subject } from '../decide/subject.ts';

/** Subjects, by `subjectDocumentKey`. */
export type Subjects = DocumentStore<Subject>;

export const subjectDocumentKey = (tenantId: string, subjectId: string): string => `${tenantId}/${subjectId}`;
export const indexTag = (tenantId: string, index: string): string => `index:${tenantId}/${index}`;

export const subjectDocuments: StoredKind<Subject> = {
  collection: 'subjects',
  insertedInBatches: true,
  schema: z.object({
    tenantId: z.string(),
    subjectId: z.uuid(),
    key: z.string().nullable(),
    identifiers: z.array(z.object({ kind: IdentifierKind, index: z.string(), sealed: z.string() })),
    createdAtMs: z.number().int(),
    forgottenAtMs: z.number().int().nullable(),
  }),
  tags: ({ tenantId, identifiers }) => identifiers.map(({ index }) => indexTag(tenantId, index)),
};
