import { FactorMethod, LoginSession } from '@vox/contracts';
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
  session: z.object({ email: z.string(), sessionId: z.string(), expiresAt: at }).optional(),
  next: z.literal('second-factor').optional().describe('there is no login yet: a second factor is wanted'),
  methods: z
    .array(FactorMethod)
    .optional()
    .describe('with which the member can show it; none: there is no factor, and one must be added first'),
});
export const SessionAnswer = LoginSession.omit({ loginId: true }).extend({ ok, sessionId: z.string() });
export const StepUpAnswer = z.object({ ok, freshUntil: at.nullable() });
export const SignOutAnswer = z.object({ ok });
