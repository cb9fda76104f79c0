import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type HeardMessage = Readonly<{ headers: IncomingHttpHeaders; body: string }>;

/** A server of a tenant that hears webhooks, and answers each with 204. */
export async function openReceiver() {
  const heard: HeardMessage[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    heard.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/vox`;
  return { url, heard, close: () => void server.close() };
}
