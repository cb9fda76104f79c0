import { type FieldMistake, mistakeSaid, type Said, type ToolReason } from '@vox/contracts';
import { Fault, type FaultCode, issueAt } from '@vox/platform/fault';
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
const mistakes: Readonly<Partial<Record<ToolReason | 'agentId' | 'name', Said<FieldMistake>>>> = {
  agentId: mistakeSaid('no-agent'),
  name: mistakeSaid('no-tool'),
  'secret-unknown': mistakeSaid('no-secret'),
  'secret-host': mistakeSaid('secret-not-to-host'),
};

const mistakeFor = (reason: ToolReason | undefined, field: string): Said<FieldMistake> =>
  mistakes[reason ?? (field as 'name')] ?? mistakeSaid('unfit-argument');

/**
 * A refusal as it travels. A session that is not there says no more than that. Of a descriptor a page hears nothing:
 * only what it sent itself is named. `knowsTool` is said of whoever may read the descriptor.
 */
export function faultOf(refusal: ToolRefusal, { knowsTool = false } = {}): Fault {
  const { code, reason, field, retryAfterSeconds, resetsAt } = refusal;
  const isNamed = field !== undefined && (knowsTool || code === 'INVALID_PARAMETERS');
  return new Fault(codes[code], {
    ...(reason !== undefined && { reason }),
    ...(isNamed && { issues: [issueAt(field, mistakeFor(reason, field))] }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(resetsAt !== undefined && { resetsAt }),
    ...(code === 'QUOTA_EXCEEDED' && { scope: 'dollars' }),
  });
}
