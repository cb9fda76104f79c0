import { z } from 'zod';
import { documentKind } from '../kinds/document.ts';
import { ReceiptKey } from '../privacy/ask-vault.ts';
import { WithdrawalDocument } from '../privacy/consent.ts';
import { Agent, Policy } from './policy.ts';

/** Keyed by tenant id. */
export const PolicyDocument = documentKind('policy', 'Each tenant’s policy in force.', Policy);

/**
 * Keyed by `agentKey`. What an agent is told is the tenant's own: the broker alone reads it. A document never changes: with a new version of its agents a
 * policy names another set, which stands there whole before the policy does.
 */
export const AgentDocument = documentKind('agents', 'Instructions and tools of each tenant’s agents.', Agent);

export const agentKey = (tenantId: string, agentSetId: string, agentId: string): string =>
  `${tenantId}.${agentSetId}.${agentId}`;

export const TokenUse = z.enum(['widget', 'session', 'login']);
export type TokenUse = z.infer<typeof TokenUse>;

/** Keyed by key id. The public half only. */
export const SigningKeyDocument = documentKind(
  'keys',
  'Public halves of the keys that tokens are signed with.',
  z.object({
    kid: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
    use: TokenUse.describe('a key proves tokens of this use only'),
    x: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/)
      .describe('Ed25519 public key, base64url (RFC 8037)'),
    expiresAt: z.iso.datetime().describe('after this it proves nothing'),
  }),
);
export type SigningKeyDocument = z.infer<typeof SigningKeyDocument.data>;

/** Keyed by `<what>.<id>`; see revocationKey. */
export const RevocationDocument = documentKind(
  'revoked',
  'What is refused from now on, whatever its token says.',
  z.object({
    at: z.iso.datetime(),
    until: z.iso.datetime().nullable().describe('when no token of it can live any more'),
  }),
);

export const revocationKey = (what: 'widget-key' | 'login' | 'session', id: string): string => `${what}.${id}`;

/** Keyed by key id. A bucket of its own: whoever signs receipts can make no token. */
export const ReceiptKeyDocument = documentKind(
  'receipt-keys',
  'Public halves of the keys that receipts are signed with.',
  ReceiptKey,
);

export const documentKinds = [
  PolicyDocument,
  AgentDocument,
  SigningKeyDocument,
  RevocationDocument,
  ReceiptKeyDocument,
  WithdrawalDocument,
] as const;
