import { z } from 'zod';
import { SessionUsage } from './decision.ts';
import { SessionId, TenantId } from './ids.ts';
import { question } from './questions.ts';

export const AskSessionUsage = question(
  'quota',
  'session-usage',
  'What one session has used and may still use. Another tenant’s session is unknown.',
  z.strictObject({ tenantId: TenantId, sessionId: SessionId }),
  SessionUsage,
);
