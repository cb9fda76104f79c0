import { AddressMark, Identity } from '@vox/contracts';
import { type Counters, counterDueAtMs, type DocumentStore, type StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Slots } from '../decide/slots.ts';

/** Slots and starts by tenant. */
export type SlotDocuments = DocumentStore<Slots>;
/** The same as counters, with what this process knows to stand already. */
export type SlotCounters = Counters<Slots>;

const count = z.number().int().positive();

export const slotDocuments: StoredKind<Slots> = {
  collection: 'slots',
  schema: z.object({
    seq: z.number().int().nonnegative(),
    open: z.record(z.string(), count),
    people: z.record(z.string(), count).optional(),
    addresses: z.record(z.string(), count).optional(),
    recent: z.record(z.string(), z.object({ sinceMs: z.number(), count })).optional(),
    starts: z.record(z.string(), z.array(z.object({ second: z.number().int(), lastMs: z.number(), count }))),
    pending: z.record(
      z.string(),
      z.object({
        seq: z.number().int(),
        atMs: z.number(),
        identity: Identity,
        address: AddressMark.optional(),
        what: z.enum(['claimed', 'freed']),
      }),
    ),
    newPolicy: z.object({ version: z.number().int(), untilMs: z.number() }).optional(),
  }),
  dueAtMs: counterDueAtMs,
};
