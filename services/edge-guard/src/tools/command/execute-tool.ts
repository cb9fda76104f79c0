import { ExecuteTool, type Policy, type ToolResult, toolTimeoutMsMax } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { CallOfTenant } from '../../call-access/mod.ts';

type Asked = CallOfTenant & Readonly<{ body: Readonly<{ name: string; args: unknown; callId?: string | undefined }> }>;

export type ExecuteToolDependencies = Readonly<{
  bus: Pick<Bus, 'ask'>;
  policies: Readonly<{ get: (tenantId: string) => Policy | undefined }>;
}>;

/** Left for the broker's own work. */
const aroundMs = 6_000;

/**
 * Has the broker run a tool of the call's agent. The descriptor is the tenant's: the browser names it, and no more. A
 * broker that is not there at all is known at once; one that dies meanwhile is waited for as long as the longest tool
 * of the tenant may take, and then it is UNAVAILABLE.
 */
export const executeTool =
  ({ bus, policies }: ExecuteToolDependencies) =>
  async ({ tenantId, sessionId, body: { name, args, callId } }: Asked): Promise<ToolResult> => {
    const asked = ExecuteTool.request.safeParse({ tenantId, sessionId, name, args, callId });
    if (!asked.success) throw new Fault('INVALID_REQUEST');
    return bus.ask(ExecuteTool, asked.data, { timeoutMs: longestMs(policies.get(tenantId)) + aroundMs });
  };

const longestMs = (policy: Policy | undefined): number =>
  policy === undefined ? toolTimeoutMsMax : Math.max(0, ...policy.agents.map(({ toolMs = 0 }) => toolMs));
