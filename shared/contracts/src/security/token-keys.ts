import { z } from 'zod';
import { documentKind } from '../kinds/document.ts';

export const TokenUse = z.enum(['widget', 'session', 'login', 'pending', 'proof']);
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

export const revocationKey = (what: 'widget-key' | 'login' | 'session' | 'api-key', id: string): string =>
  `${what}.${id}`;
