import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { type AddressCodes, forgottenAtMs } from './decide/address-codes.ts';

/** Codes by the pseudonym of the address and the purpose. No address stands in it. */
export type Codes = DocumentStore<AddressCodes>;

const ms = z.number().int();

const lane = z.object({
  browser: z.string().nullable(),
  code: z
    .object({ codeId: z.string(), challenge: z.string(), salt: z.string(), hash: z.string(), expiresAtMs: ms })
    .nullable(),
  tries: z.number().int(),
  sentAtMs: z.array(ms),
  failedAtMs: z.array(ms),
  usedAtMs: ms,
});

export const storedCodes: StoredKind<AddressCodes> = {
  collection: 'codes',
  schema: z.object({ open: lane, browsers: z.array(lane) }),
  dueAtMs: forgottenAtMs,
};
