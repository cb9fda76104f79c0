import {
  Client,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { Line, type McpFailure, type McpServer } from './line.ts';
import { pinOf } from './pin.ts';
import { flattened, type McpResult } from './result.ts';

type SchemaOfArguments = Readonly<Record<string, unknown>>;
/** A tool as a server lists it. */
export type ListedTool = Readonly<{ name: string; description: string; inputSchema: SchemaOfArguments; pin: string }>;
/** A use of a tool. `inputSchema` is the one that was pinned, which the arguments were checked against. */
export type McpCall = Readonly<{ tool: string; args: Readonly<Record<string, unknown>>; inputSchema: object }>;

/** A server that is open. Both throw, and whoever opened it learns why. */
export type OpenMcpServer = Readonly<{
  list: () => Promise<readonly ListedTool[]>;
  call: (call: McpCall) => Promise<McpResult>;
  /** Of all answers so far. */
  bytesIn: () => number;
}>;

const pagesMax = 16;
const toolsMax = 1_000;
/** The line ends first: what it says of the cause is better. */
const afterLineMs = 250;

class Unending extends Error {}

/**
 * Opens an MCP server by Streamable HTTP, uses it and closes it. It never throws for what the server does. A server is
 * asked for nothing but its tools: it is offered no capability, logs in nowhere and is answered no request.
 */
export async function useMcpServer<T>(
  server: McpServer,
  use: (open: OpenMcpServer) => Promise<T>,
): Promise<T | McpFailure> {
  const line = new Line(server);
  const until = server.signal === undefined ? {} : { signal: server.signal };
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    fetch: line.fetch,
    // The line answers a redirection as what it is, and the library asks for no other address.
    requestInit: { redirect: 'error' },
    reconnectionOptions: { ...{ maxRetries: 0, initialReconnectionDelay: 1 }, ...never },
    onInsufficientScope: 'throw',
  });
  const client = new Client({ name: 'vox', version: '1' }, clientOptions);
  try {
    await client.connect(transport, { timeout: line.leftMs + afterLineMs, ...until });
    return await use(opened(client, line, until));
  } catch (error) {
    return failureOf(error, line);
  } finally {
    await transport.terminateSession().catch(() => undefined);
    await client.close().catch(() => undefined);
  }
}

const never = { maxReconnectionDelay: 1, reconnectionDelayGrowFactor: 1 };
const clientOptions = {
  capabilities: {},
  // Servers of both versions of the protocol are asked: those of 2026-07-28 and older ones.
  versionNegotiation: { mode: 'auto' },
  inputRequired: { autoFulfill: false },
  // A stranger's schema of results is not compiled: nobody relies on it.
  jsonSchemaValidator: { getValidator: () => (data: unknown) => ({ valid: true, data, errorMessage: undefined }) },
} as ConstructorParameters<typeof Client>[1];

function opened(client: Client, line: Line, until: Readonly<{ signal?: AbortSignal }>): OpenMcpServer {
  const options = () => ({ ...until, timeout: line.leftMs + afterLineMs, maxTotalTimeout: line.leftMs + afterLineMs });
  return {
    bytesIn: () => line.bytesIn,
    async list() {
      const found: ListedTool[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pagesMax; page += 1) {
        const params = cursor === undefined ? {} : { cursor };
        const { tools, nextCursor } = await client.request({ method: 'tools/list', params }, options());
        for (const { name, description = '', inputSchema } of tools)
          found.push({ name, description, inputSchema, pin: pinOf({ description, inputSchema }) });
        if (found.length > toolsMax) break;
        if (nextCursor === undefined) return found;
        cursor = nextCursor;
      }
      throw new Unending('the list of tools does not end');
    },
    async call({ tool, args, inputSchema }) {
      const toolDefinition = { name: tool, inputSchema: inputSchema as { type: 'object' } };
      return flattened(await client.callTool({ name: tool, arguments: args }, { ...options(), toolDefinition }));
    },
  };
}

function failureOf(error: unknown, line: Line): McpFailure {
  if (line.isOver) return { kind: 'failed', reason: 'interrupted' };
  if (line.trouble !== undefined) return line.trouble;
  if (error instanceof ProtocolError) return { kind: 'failed', reason: 'rejected' };
  if (error instanceof SdkError && error.code === SdkErrorCode.UnsupportedResultType)
    return { kind: 'failed', reason: 'asks' };
  return { kind: 'failed', reason: line.leftMs === 0 ? 'timeout' : 'protocol' };
}
