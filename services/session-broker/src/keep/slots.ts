import { Identity } from '@vox/shared/contracts';
import type { CellKind, Cells } from '@vox/shared/store';
import { z } from 'zod';
import type { Slots } from '../decide/claim.ts';

/** Slots and starts by tenant. */
export type SlotCells = Cells<Slots>;

export const slotCells: CellKind<Slots> = {
  collection: 'slots',
  schema: z.object({
    open: z.record(z.string(), z.object({ identity: Identity, claimedAtMs: z.number(), untilMs: z.number() })),
    starts: z.record(z.string(), z.object({ atMs: z.number(), scope: z.string() })),
    newPolicy: z.object({ version: z.number().int(), untilMs: z.number() }).optional(),
  }),
};
