import { ExecuteTool, type ToolResult, toolTimeoutMsMax } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { CallOfTenant } from '../../call-access/mod.ts';

type Asked = CallOfTenant & Readonly<{ body: Readonly<{ name: string; args: unknown; callId?: string | undefined }> }>;

/** Left for the broker's own work. The longest tool decides: who is not there at all is refused at once. */
const aroundMs = 6_000;

/** Has the broker run a tool of the call's agent. The descriptor is the tenant's: the browser names it, and no more. */
export const executeTool =
  ({ bus }: Readonly<{ bus: Pick<Bus, 'ask'> }>) =>
  async ({ tenantId, sessionId, body: { name, args, callId } }: Asked): Promise<ToolResult> => {
    const asked = ExecuteTool.request.safeParse({ tenantId, sessionId, name, args, callId });
    if (!asked.success) throw new Fault('INVALID_REQUEST');
    return bus.ask(ExecuteTool, asked.data, { timeoutMs: toolTimeoutMsMax + aroundMs });
  };
