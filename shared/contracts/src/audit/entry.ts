import { z } from 'zod';
import { ActOutcome, Actor, Reason, RequestId } from '../values/acting.ts';
import { fieldSentences } from '../values/field-mistakes.ts';
import { TenantIdOrPlatform } from '../values/ids.ts';

const sequence = z.number().int().positive();
const hash = z.string().max(64);

/**
 * One link of a tenant's audit chain: who did what to what, and the fact that recorded it. It holds no personal data:
 * persons stand by pseudonym.
 */
export const AuditEntry = z.object({
  tenantId: TenantIdOrPlatform,
  sequence: sequence.describe('from 1, without a gap'),
  factId: z.string().min(1).max(200).describe('the fact or act it records; once in a chain'),
  type: z.string().max(100),
  source: z.string().max(100),
  subject: z.string().max(100),
  time: z.iso.datetime(),
  actor: Actor,
  action: z.string().max(64).describe('a noun and a verb, such as key.revoke'),
  target: z.string().max(200).describe('a noun and an id, such as session:<id>'),
  reason: z.string().max(200).nullable(),
  outcome: ActOutcome,
  requestId: z.string().max(64).nullable(),
  traceId: z.string().max(32).nullable().describe('W3C trace id'),
  data: z.string().describe('JSON text of the fact, with pseudonyms for persons; kept to the byte'),
  previous: hash.describe('hash of the entry before it; empty before the first'),
  hash: hash.describe('SHA-256, base64url, over all other fields'),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** A place in a chain, and the hash of the entry that stood there. */
export const AuditPlace = z.object({ tenantId: TenantIdOrPlatform, sequence, hash });
export type AuditPlace = z.infer<typeof AuditPlace>;

/**
 * A signed place: a checkpoint says that the chain went this far; an anchor says that the chain begins after this
 * place, because older entries have outlived their retention. Only the receipt counts; the fields beside it are for
 * finding it.
 */
export const SignedPlace = AuditPlace.extend({ receipt: z.string().max(4_096).describe('compact JWS, Ed25519') });
export type SignedPlace = z.infer<typeof SignedPlace>;

/** A filter over entries. An empty filter takes all of them. */
export const AuditFilter = z.object({
  from: z.iso.datetime().optional().describe('at or after'),
  to: z.iso.datetime().optional().describe('before'),
  actor: Actor.optional(),
  action: z
    .string()
    .regex(/^[a-z-]+\.(?:[a-z-]+|\*)$/, fieldSentences['audit-action'])
    .optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

/** The signed content of one page of an export: the part of the chain that it covers, and the entries that it holds. */
export const AuditPageClaims = z.object({
  tenantId: TenantIdOrPlatform,
  filter: AuditFilter,
  after: z.number().int().nonnegative(),
  upto: z.number().int().nonnegative(),
  entries: z.number().int().nonnegative(),
  digest: hash.describe('SHA-256, base64url, over the hashes of its entries'),
  last: z.boolean().describe('whether the export ends with it'),
});
export type AuditPageClaims = z.infer<typeof AuditPageClaims>;

/** One line of an export. The first line holds the request, and each page ends with its signed content. */
export const AuditLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('export'), tenantId: TenantIdOrPlatform, filter: AuditFilter }),
  AuditEntry.extend({ kind: z.literal('entry') }),
  SignedPlace.extend({ kind: z.enum(['anchor', 'checkpoint']) }),
  z.object({ kind: z.literal('page'), receipt: z.string().max(4_096) }),
]);
export type AuditLine = z.infer<typeof AuditLine>;

/** The first mistake in a chain, and its place. */
export const AuditBreak = z.object({
  sequence,
  cause: z.enum([
    'missing',
    'repeated',
    'changed',
    'unlinked',
    'rewritten',
    'truncated',
    'checkpoint-forged',
    'anchor-forged',
    'page-forged',
  ]),
  upto: sequence.optional().describe('where it stands at the latest, when its place cannot be told exactly'),
});
export type AuditBreak = z.infer<typeof AuditBreak>;

/** An act that is recorded without a fact of its own. */
export const AuditAct = z.object({
  tenantId: TenantIdOrPlatform,
  actor: Actor,
  action: z.string().regex(/^[a-z-]+\.[a-z-]+$/),
  target: z.string().min(1).max(200),
  outcome: ActOutcome,
  reason: Reason.optional(),
  requestId: RequestId.optional(),
  details: z
    .record(z.string(), z.union([z.string().max(200), z.number(), z.boolean()]))
    .optional()
    .describe('ids and counts; never text, never an identifier of a person'),
});
export type AuditAct = z.infer<typeof AuditAct>;
