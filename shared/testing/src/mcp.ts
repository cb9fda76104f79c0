import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CallToolResult, createMcpHandler, Server, type Tool } from '@modelcontextprotocol/server';

export type WebAnswer = (request: Request) => Promise<Response> | Response;
export type WebServer = Readonly<{ url: string; close: () => Promise<void> }>;
type Tls = Readonly<{ key: string; cert: string }>;

/** A server on a free port of loopback that answers as a function of the web platform does. */
export async function webServer(answer: WebAnswer, tls?: Tls): Promise<WebServer> {
  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    void served(request, response, answer, gone.signal).catch(() => response.destroy());
  };
  const server: HttpServer = tls === undefined ? createServer(listen) : createTlsServer(tls, listen);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: tls === undefined ? `http://127.0.0.1:${port}/mcp` : `https://localhost:${port}/mcp`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function served(asked: IncomingMessage, response: ServerResponse, answer: WebAnswer, signal: AbortSignal) {
  const parts: Buffer[] = [];
  for await (const part of asked) parts.push(part as Buffer);
  const { method = 'GET', url = '/', headers } = asked;
  const said = new Headers();
  for (const [name, value] of Object.entries(headers)) said.set(name, String(value));
  const body = method === 'POST' ? Buffer.concat(parts) : null;
  const given = await answer(new Request(new URL(url, 'http://127.0.0.1'), { method, headers: said, body, signal }));
  response.writeHead(given.status, Object.fromEntries(given.headers));
  if (given.body === null) response.end();
  else await pipeline(Readable.fromWeb(given.body), response);
}

/** What an MCP server offers and does. `call` is what it does for any tool. */
export type Offer = Readonly<{ tools: readonly Tool[]; call: (name: string, args: unknown) => CallToolResult }>;

/** An MCP server of the official library. What it offers is asked anew for each request. */
export function mcpServerOf(offer: () => Offer): Server {
  const server = new Server({ name: 'shop', version: '1' }, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', () => ({ tools: [...offer().tools] }));
  server.setRequestHandler('tools/call', ({ params }) => offer().call(params.name, params.arguments));
  return server;
}

/** The same over HTTP: it speaks both versions of the protocol and keeps no session. */
export const mcpAnswers = (offer: () => Offer): WebAnswer => createMcpHandler(() => mcpServerOf(offer)).fetch;
