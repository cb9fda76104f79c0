import type { ToolReason } from '@vox/contracts';
import { Fault, type FaultCode } from '@vox/platform/fault';
import type { ToolRefusal, ToolRefusalCode } from '../decide/outcome.ts';

const codes: Readonly<Record<ToolRefusalCode, FaultCode>> = {
  TOOL_NOT_FOUND: 'NOT_FOUND',
  SESSION_NOT_FOUND: 'NOT_FOUND',
  INVALID_PARAMETERS: 'INVALID_PARAMETERS',
  TOOL_REFUSED: 'TOOL_REFUSED',
  TOOL_FAILED: 'TOOL_FAILED',
  RATE_LIMITED: 'RATE_LIMIT_EXCEEDED',
  QUOTA_EXCEEDED: 'DAILY_QUOTA_EXCEEDED',
  IN_FLIGHT: 'IDEMPOTENCY_CONFLICT',
  MISMATCH: 'IDEMPOTENCY_MISMATCH',
  HEARD_BY_SERVER: 'HEARD_BY_SERVER',
  SESSION_ENDED: 'SESSION_ENDED',
  TENANT_SUSPENDED: 'TENANT_SUSPENDED',
  UNAVAILABLE: 'UNAVAILABLE',
};

/** What is wrong with a place that whoever may read the descriptor is told, by the reason or else by the place. */
const words: Readonly<Partial<Record<ToolReason | 'agentId' | 'name', string>>> = {
  agentId: 'is no agent of this tenant',
  name: 'is no tool of this agent',
  'secret-unknown': 'is no secret of this tenant',
  'secret-host': 'may not be sent to the host of this tool',
};

const wordsFor = (reason: ToolReason | undefined, field: string): string =>
  words[reason ?? (field as 'name')] ?? 'does not fit';

/**
 * A refusal as it travels. A session that is not there says no more than that. Of a descriptor a page hears nothing:
 * only what it sent itself is named. `knowsTool` is said of whoever may read the descriptor.
 */
export function faultOf(refusal: ToolRefusal, { knowsTool = false } = {}): Fault {
  const { code, reason, field, retryAfterSeconds, resetsAt } = refusal;
  const isNamed = field !== undefined && (knowsTool || code === 'INVALID_PARAMETERS');
  return new Fault(codes[code], {
    ...(reason !== undefined && { reason }),
    ...(isNamed && { issues: [{ path: field, message: wordsFor(reason, field) }] }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(resetsAt !== undefined && { resetsAt }),
    ...(code === 'QUOTA_EXCEEDED' && { scope: 'dollars' }),
  });
}
