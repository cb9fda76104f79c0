import { SessionId, ToolCallId, ToolName, ToolResult } from '@vox/contracts';
import { noStore } from '@vox/platform/http';
import { z } from 'zod';
import { ofCall } from '../../call-access/mod.ts';
import { route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { authToken, bearer } from '../../identity/mod.ts';
import { strangerLimit } from '../../limits/mod.ts';
import { executeTool } from '../command/execute-tool.ts';

const ToolBody = z.object({
  sm_session_id: SessionId.optional(),
  name: ToolName.describe('a tool of the call’s agent'),
  args: z.json().default({}).describe('its arguments, which fit its schema'),
  callId: ToolCallId.optional(),
  authToken,
});

/** What an agent does outside of its call. */
export const toolRoutes = [
  route({
    method: 'post',
    paths: ['/api/tools/execute'],
    summary:
      'Runs a tool of the agent in a direct call. Under the provider’s `callId` the same use runs once. A brokered call runs its tools by itself.',
    credential: 'session token',
    checks: [clientIp, strangerLimit, bearer, ofCall(ToolBody)],
    command: executeTool,
    answer: ToolResult,
    head: noStore,
  }),
] as const;
