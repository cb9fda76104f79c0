import { ConsentChoice, ConsentPurpose } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { type Consents, isWithdrawn, outboxOf } from '../decide/consent.ts';

/** What subjects were shown and answered, by the key of the subject's document. */
export type ConsentStore = DocumentStore<Consents> &
  Readonly<{
    /** Whoever of a tenant answered anything within a time, each once, streamed in no order. `toMs` is without. */
    answered: (tenantId: string, within: Readonly<{ fromMs: number; toMs: number }>) => AsyncIterable<Consents>;
  }>;

export const outboxTag = 'untold';
export const withdrawnTag = 'withdrawn';
export const asideTag = 'aside';
export const tenantTag = (tenantId: string): string => `tenant:${tenantId}`;

export const consentDocuments: StoredKind<Consents> = {
  collection: 'consents',
  schema: z.object({
    tenantId: z.string(),
    subjectId: z.uuid(),
    aside: z.boolean().optional(),
    records: z.array(
      z.object({
        receiptId: z.uuid(),
        purpose: ConsentPurpose,
        version: z.string(),
        textHash: z.string(),
        locale: z.string().optional(),
        method: ConsentChoice.shape.method,
        given: z.boolean(),
        atMs: z.number().int(),
        sealed: z.string(),
        told: z.boolean(),
      }),
    ),
  }),
  /** The age of the oldest record, for whoever keeps them as long as promised. */
  dueAtMs: ({ records }) => records[0]?.atMs,
  listsDueByTag: true,
  insertedInBatches: true,
  tags: (consents) => [
    tenantTag(consents.tenantId),
    ...(consents.aside
      ? [asideTag]
      : [
          ...(outboxOf(consents).length > 0 ? [outboxTag] : []),
          ...(ConsentPurpose.options.some((purpose) => isWithdrawn(consents, purpose)) ? [withdrawnTag] : []),
        ]),
  ],
};
