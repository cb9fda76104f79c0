import { IdentifierKind } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Subject, TenantKeys, Wrapped } from '../decide/subject.ts';

/** Keys of tenants, by tenant. */
export type TenantKeyCells = DocumentStore<TenantKeys>;
/** Subjects, by `subjectCell`. */
export type Subjects = DocumentStore<Subject>;
/** The keys that receipts are signed with: one document, newest first. */
export type ReceiptKeyCells = DocumentStore<ReceiptKeys>;

export type KeyStores = Readonly<{ tenantKeys: TenantKeyCells; subjects: Subjects; receiptKeys: ReceiptKeyCells }>;

/** The private halves sealed under a master key; the public ones are kept for ever. */
export type ReceiptKeys = Readonly<{
  keys: readonly Readonly<{ kid: string; x: string; d: Wrapped; createdAtMs: number }>[];
}>;

const WrappedRow = z.object({ kid: z.string(), sealed: z.string() });

export const tenantKeyCells: StoredKind<TenantKeys> = {
  collection: 'tenant_keys',
  schema: z.object({ data: WrappedRow, index: WrappedRow }),
};

export const receiptKeyCells: StoredKind<ReceiptKeys> = {
  collection: 'receipt_keys',
  schema: z.object({
    keys: z.array(z.object({ kid: z.string(), x: z.string(), d: WrappedRow, createdAtMs: z.number() })),
  }),
};

export const subjectCell = (tenantId: string, subjectId: string): string => `${tenantId}/${subjectId}`;
export const indexTag = (tenantId: string, index: string): string => `index:${tenantId}/${index}`;

export const subjectCells: StoredKind<Subject> = {
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
