import { LoginSession } from '@vox/contracts';
import { z } from 'zod';

const ok = z.literal(true);
const at = z.iso.datetime();

export const SendAnswer = z.object({
  ok,
  message: z.string().describe('the same for every address'),
  expiresIn: z.number().int().describe('seconds'),
  challengeToken: z.string(),
});
export const VerifyAnswer = z.object({
  ok,
  session: z.object({ email: z.string(), sessionId: z.string(), expiresAt: at }),
});
export const SessionAnswer = LoginSession.omit({ loginId: true }).extend({ ok, sessionId: z.string() });
export const StepUpAnswer = z.object({ ok, freshUntil: at.nullable() });
export const SignOutAnswer = z.object({ ok });
