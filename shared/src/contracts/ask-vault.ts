import { z } from 'zod';
import { acting } from './acting.ts';
import { question } from './questions.ts';

export const RewrapKeys = question(
  'compliance',
  'keys-rewrap',
  'Puts every stored key under the newest master key, so that the older ones can be thrown away. Safe to repeat.',
  z.object(acting),
  z.object({
    kid: z.string().describe('the newest master key'),
    rewrapped: z.number().int().nonnegative(),
    left: z.number().int().nonnegative().describe('that could not be opened, for their master key is not at hand'),
  }),
);

/** The public half of a key that receipts are signed with. It is kept for ever. */
export const ReceiptKey = z.object({
  kid: z.uuid(),
  x: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .describe('Ed25519 public key, base64url (RFC 8037)'),
  createdAt: z.iso.datetime(),
});
export type ReceiptKey = z.infer<typeof ReceiptKey>;

export const ListReceiptKeys = question(
  'compliance',
  'receipt-keys',
  'Public halves of every key that a receipt was ever signed with.',
  z.object({}),
  z.object({ keys: z.array(ReceiptKey) }),
);
