import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export type Received = Readonly<{ id: string; signatures: number; type: string; body: string }>;
type Answering = (request: IncomingMessage, answer: ServerResponse, heard: Received) => void;

const ok: Answering = (_request, answer) => void answer.writeHead(204).end();

/**
 * A receiver of webhooks on loopback, as a tenant writes one: it checks each signature with the secrets that it was
 * told and answers 401 for others.
 */
export async function receiver() {
  const received: Received[] = [];
  const refused: string[] = [];
  const secrets: string[] = [];
  let answering: Answering = ok;
  let open = 0;
  let openMost = 0;
  const handle: RequestListener = async (request, answer) => {
    open += 1;
    openMost = Math.max(open, openMost);
    answer.on('close', () => {
      open -= 1;
    });
    let body = '';
    for await (const part of request) body += part;
    const headers = request.headers as Record<string, string>;
    const isSigned = secrets.some((secret) => {
      try {
        return new Webhook(secret).verify(body, headers) !== undefined;
      } catch {
        return false;
      }
    });
    const heard = {
      id: headers['webhook-id'] ?? '',
      signatures: (headers['webhook-signature'] ?? '').split(' ').length,
      type: JSON.parse(body).type,
      body,
    };
    if (!isSigned) {
      refused.push(heard.id);
      answer.writeHead(401).end();
      return;
    }
    received.push(heard);
    answering(request, answer, heard);
  };
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    refused,
    secrets,
    /** How many requests were open at once, at most. */
    openMost: () => openMost,
    answer(next: Answering = ok): void {
      answering = next;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Receiver = Awaited<ReturnType<typeof receiver>>;
