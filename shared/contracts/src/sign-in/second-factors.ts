import { z } from 'zod';
import { fieldSentences } from '../values/field-mistakes.ts';
import { plainLine } from '../values/plain-text.ts';

export const FactorId = z.string().regex(/^f_[A-Za-z0-9_-]{22}$/, 'must be a second factor, f_<22 characters>');
export const FactorKind = z.enum(['totp', 'passkey']);
export const FactorName = plainLine(60).min(1).describe('as its member calls it, such as “blue key”');
export const FactorMethod = z.enum(['totp', 'passkey', 'recovery']);
export type FactorMethod = z.infer<typeof FactorMethod>;

const binary = (bytesMax: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]*={0,2}$/, 'must be base64url')
    .max(Math.ceil((bytesMax * 4) / 3) + 2);
const credential = {
  id: binary(1_023).min(1),
  rawId: binary(1_023).min(1),
  type: z.literal('public-key'),
  authenticatorAttachment: z
    .enum(['platform', 'cross-platform'])
    .nullish()
    .transform((at) => at ?? undefined),
  clientExtensionResults: z
    .record(z.string(), z.unknown())
    .default({})
    .transform(() => ({})),
};

/**
 * A credential that an authenticator made, as the browser's `toJSON()` writes it (WebAuthn Level 3 §5.1.8). Fields that
 * a browser adds are dropped.
 */
export const PasskeyRegistration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: binary(4_096),
    attestationObject: binary(16_384),
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(8)
      .optional(),
  }),
});
/** What an authenticator signed, in the same form. */
export const PasskeyAssertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: binary(4_096),
    authenticatorData: binary(4_096),
    signature: binary(4_096),
    userHandle: binary(64)
      .nullish()
      .transform((handle) => handle ?? undefined),
  }),
});

export const TotpCode = z.string().regex(/^\d{6}$/, fieldSentences['six-digits']);
export const RecoveryCode = z.string().min(24).max(60).describe('as it was shown; blanks and hyphens do not matter');
