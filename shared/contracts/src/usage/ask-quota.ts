import { z } from 'zod';
import { SessionUsage } from '../calls/decision.ts';
import { question } from '../kinds/question.ts';
import { SessionId, TenantId } from '../values/ids.ts';

export const AskSessionUsage = question(
  'quota',
  'session-usage',
  'What one session has used and may still use. Another tenant’s session is unknown.',
  z.strictObject({ tenantId: TenantId, sessionId: SessionId }),
  SessionUsage,
);
