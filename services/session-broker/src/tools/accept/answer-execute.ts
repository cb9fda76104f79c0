import type { ExecuteTool, ToolResult } from '@vox/contracts';
import { Fault, type FaultCode } from '@vox/platform/fault';
import type { z } from 'zod';
import type { RunTool, ToolRefusal, ToolRefusalCode } from '../decide/outcome.ts';

/** The page of a direct call asks for a tool. */
export const answerExecute =
  ({ runTool }: Readonly<{ runTool: RunTool }>) =>
  async ({ tenantId, sessionId, ...asked }: z.infer<(typeof ExecuteTool)['request']>): Promise<ToolResult> => {
    const outcome = await runTool({ session: { tenantId, sessionId }, ...asked, via: 'browser' });
    if (outcome.kind === 'refused') throw faultOf(outcome);
    const { kind: _done, ui, ...done } = outcome;
    return { ...done, ...(ui && { ui: { ...ui, fields: [...ui.fields] } }) };
  };

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

/** A refusal as it travels. A session that is not there says no more than that. */
function faultOf({ code, reason, field, retryAfterSeconds, resetsAt }: ToolRefusal): Fault {
  return new Fault(codes[code], {
    ...(reason !== undefined && { reason }),
    // Of a descriptor the page hears nothing: only what it sent itself is named.
    ...(code === 'INVALID_PARAMETERS' && field !== undefined && { issues: [{ path: field, message: 'does not fit' }] }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(resetsAt !== undefined && { resetsAt }),
    ...(code === 'QUOTA_EXCEEDED' && { scope: 'dollars' }),
  });
}
