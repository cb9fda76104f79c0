import { RetentionClass } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Sweep } from '../decide/retention.ts';

/** What each class of each tenant is being swept of, by `sweepKey`. */
export type Sweeps = DocumentStore<Sweep>;
/** Signed proofs of what was removed, by `retentionReceiptKey`. */
export type RetentionReceipts = DocumentStore<KeptReceipt>;

export type RetentionStores = Readonly<{ sweeps: Sweeps; retentionReceipts: RetentionReceipts }>;

export type KeptReceipt = Readonly<{ tenantId: string; class: RetentionClass; sequence: number; receipt: string }>;

export const sweepKey = (tenantId: string, kind: RetentionClass): string => `${tenantId}/${kind}`;

const digits = 9;
/** Keys in the order of their receipts. */
export const retentionReceiptKey = (tenantId: string, kind: RetentionClass, sequence: number): string =>
  `${tenantId}/${kind}/${String(sequence).padStart(digits, '0')}`;
export const retentionReceiptTag = (tenantId: string, kind: RetentionClass): string => `${tenantId}/${kind}`;

const ms = z.number().int();
const count = z.number().int().nonnegative();

export const sweepDocuments: StoredKind<Sweep> = {
  collection: 'sweeps',
  schema: z.object({
    tenantId: z.string(),
    class: RetentionClass,
    last: z.object({ sequence: count, digest: z.string() }),
    run: z
      .object({
        runId: z.uuid(),
        by: z.string(),
        leaseUntilMs: ms,
        olderThanMs: ms,
        removed: count,
        digest: z.string(),
        batch: z.array(z.string()),
        closedAtMs: ms.nullable(),
      })
      .nullable(),
  }),
};

export const retentionReceiptDocuments: StoredKind<KeptReceipt> = {
  collection: 'retention_receipts',
  schema: z.object({
    tenantId: z.string(),
    class: RetentionClass,
    sequence: z.number().int().positive(),
    receipt: z.string(),
  }),
  tags: ({ tenantId, class: kind }) => [retentionReceiptTag(tenantId, kind)],
};
