import type { McpTool } from '@vox/contracts';
import { egress } from '@vox/platform/egress';
import { stoppedClock } from '@vox/platform/time';
import { type Offer, type WebAnswer, type WebServer, webServer } from '@vox/testing/mcp';
import { pinOf } from '@vox/tools/mcp';
import { mcpCaller } from './call-mcp.ts';

export const inputSchema = {
  type: 'object' as const,
  properties: { number: { type: 'string' as const } },
  required: ['number'],
};
export const findOrder = { name: 'orders.find', description: 'Finds an order by its number.', inputSchema };

/** A shop whose order is on its way. */
export const shop = (over: Partial<Offer> = {}): Offer => ({
  tools: [findOrder],
  call: () => ({ content: [{ type: 'text', text: 'on its way' }] }),
  ...over,
});

/** The descriptor that was made of `findOrder`. */
export const pinned = (server: string, over: Partial<McpTool> = {}): McpTool => ({
  ...{ kind: 'mcp_tool', name: 'find_order', description: findOrder.description, parameters: inputSchema },
  ...{ server, tool: findOrder.name, pin: pinOf(findOrder), timeoutMs: 2_000 },
  headers: { Authorization: 'Bearer {{secrets.SHOP_KEY}}' },
  ...over,
});

/** A server on a real socket, what it heard of each request, and a caller that reaches it by the real egress. */
export async function reachable(answer: WebAnswer) {
  const heard: { method: string; asked: string | undefined; headers: Headers }[] = [];
  const server: WebServer = await webServer(async (request) => {
    const { method, headers } = request;
    const body = method === 'POST' ? ((await request.clone().json()) as { method?: string }) : undefined;
    heard.push({ method, asked: body?.method, headers });
    return answer(request);
  });
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const call = mcpCaller({ egress: egress({ ports: [443], allowLoopback: true }), clock });
  const secrets = new Map([['SHOP_KEY', { reveal: () => 's3cret' }]]);
  const session = { sessionId: 's', tenantId: 'acme', agentId: 'guide', callId: 'call_1' };
  return {
    ...{ server, clock, heard },
    use: (
      over: Partial<McpTool> = {},
      args: Readonly<Record<string, unknown>> = { number: '7' },
      signal: AbortSignal = new AbortController().signal,
    ) => call({ tool: pinned(server.url, over), args, secrets, session, signal }),
    asked: () => heard.map(({ asked, method }) => asked ?? method),
  };
}
