import { z } from 'zod';
import { documentKind } from '../kinds/document.ts';
import { question } from '../kinds/question.ts';
import { acting } from '../values/acting.ts';
import { IdentifierKind } from '../values/identifier.ts';
import { TenantId, TenantIdOrPlatform } from '../values/ids.ts';

export const RewrapKeys = question(
  'compliance',
  'keys-rewrap',
  'Puts every stored key under the newest master key, so that the older ones can be thrown away. Safe to repeat.',
  z.strictObject(acting),
  z.object({
    kid: z.string().describe('the newest master key'),
    rewrapped: z.number().int().nonnegative(),
    left: z.number().int().nonnegative().describe('that could not be opened, for their master key is not at hand'),
  }),
  { action: 'platform.keys' },
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

/** Keyed by key id. A bucket of its own: whoever signs receipts can make no token. */
export const ReceiptKeyDocument = documentKind(
  'receipt-keys',
  'Public halves of the keys that receipts are signed with.',
  ReceiptKey,
);

export const ListReceiptKeys = question(
  'compliance',
  'receipt-keys',
  'Public halves of every key that a receipt was ever signed with.',
  z.strictObject({
    tenantId: TenantIdOrPlatform.optional().describe('whose member asks; the keys are of the whole installation'),
  }),
  z.object({ keys: z.array(ReceiptKey) }),
  { action: 'receipts.read' },
);

export const CheckIdentifiers = question(
  'compliance',
  'identifiers-check',
  'Names persons of a tenant who are known by what leads to nobody, or no longer to them, and holds that were placed by it. Changes nothing.',
  z.strictObject({ tenantId: TenantId, after: z.uuid().optional().describe('`next` of the part before') }),
  z.object({
    broken: z.array(
      z.object({
        subjectId: z.uuid(),
        kind: IdentifierKind,
        cause: z
          .enum(['nobody', 'outdated'])
          .describe('it names nobody and is refused today; or it stands under another index than it is looked for by'),
      }),
    ),
    holdIds: z
      .array(z.uuid())
      .describe('legal holds in force that such an index places on whoever has it, or whose old index nobody has'),
    next: z.uuid().nullable(),
  }),
  { action: 'privacy-requests.read' },
);
