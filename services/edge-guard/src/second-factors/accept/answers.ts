import { FactorId } from '@vox/contracts';
import { z } from 'zod';
import { VerifyAnswer } from '../../logins/mod.ts';

const ok = z.literal(true);

export const OptionsAnswer = z.object({
  ok,
  options: z.record(z.string(), z.unknown()).describe('for `navigator.credentials` (WebAuthn Level 3 §5.1.8, §5.1.9)'),
});
export const NewTotpAnswer = z.object({
  ok,
  factorId: FactorId,
  secret: z.string().describe('in base32, for whoever types it; shown once'),
  uri: z.string().describe('otpauth://…, for a picture that the app reads'),
});
export const FirstFactorAnswer = VerifyAnswer.extend({
  factorId: FactorId,
  recoveryCodes: z.array(z.string()).describe('shown once'),
});
