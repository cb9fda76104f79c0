import { TenantIdOrPlatform, WrittenAddress } from '@vox/contracts';
import { z } from 'zod';

const tenantId = TenantIdOrPlatform.optional();
const code = z.string().min(1).max(64).describe('six digits, as the mail says');
const challengeToken = z
  .string()
  .min(1)
  .max(1_024)
  .optional()
  .describe('as `otp/send` answered it; the cookie’s when left out');

export const SendBody = z.object({ email: WrittenAddress, tenantId });
export const VerifyBody = z.object({
  email: WrittenAddress,
  code,
  challengeToken,
  tenantId: tenantId.describe('for a member of several tenants: which; the first by its id when left out'),
  invitation: z.string().min(1).max(64).optional().describe('of the link in an invitation’s mail'),
});
export const StepUpBody = z.object({ code, challengeToken });
