import { RetentionClass } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Hold } from '../../holds/decide/hold.ts';
import type { Sweep } from '../decide/retention.ts';

/** What each class of each tenant is being swept of, by `sweepKey`. */
export type Sweeps = DocumentStore<Sweep>;
/** Signed proofs of what was removed, by `retentionReceiptKey`. */
export type RetentionReceipts = DocumentStore<KeptReceipt>;
/** Legal holds, by `holdCell`. */
export type Holds = DocumentStore<Hold>;

export type RetentionStores = Readonly<{ sweeps: Sweeps; retentionReceipts: RetentionReceipts; holds: Holds }>;

export type KeptReceipt = Readonly<{ tenantId: string; class: RetentionClass; sequence: number; receipt: string }>;

export const sweepKey = (tenantId: string, kind: RetentionClass): string => `${tenantId}/${kind}`;
export const holdCell = (tenantId: string, holdId: string): string => `${tenantId}/${holdId}`;
export const holdTag = (tenantId: string): string => `tenant:${tenantId}`;

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

export const holdCells: StoredKind<Hold> = {
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
          /** One of them stood alone here once. */
          index: z.string().optional(),
          indexes: z.array(z.string()).default([]),
          subjectIds: z.array(z.uuid()),
        })
        .transform(({ kind, index, indexes, subjectIds }) => ({
          ...{ kind, subjectIds },
          indexes: index === undefined ? indexes : [index, ...indexes],
        })),
    ]),
    reason: z.string(),
    placedBy: z.string(),
    placedAtMs: ms,
    releasedAtMs: ms.nullable(),
  }),
  tags: ({ tenantId }) => [holdTag(tenantId)],
};
