import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';

export type Heard = Readonly<{ method: string; path: string; headers: IncomingHttpHeaders; body: string }>;
/** `body` is JSON, unless it is a text of its own. */
export type Said = Readonly<{ status: number; body: unknown; isText?: boolean }>;

/** What may be wrong with a server: it fails, refuses for a while, talks nonsense, moved, is silent, cuts the line. */
export const troubles = ['broken', 'busy', 'nonsense', 'moved', 'silent', 'cut', 'endless'] as const;
export type Trouble = (typeof troubles)[number];

const inTrouble: Readonly<Record<Trouble, (answer: ServerResponse) => void>> = {
  broken: (answer) => answer.writeHead(500).end('{"__type":"KMSInternalException","errors":["internal error"]}'),
  busy: (answer) => answer.writeHead(429).end('{"__type":"ThrottlingException","errors":["request rate"]}'),
  nonsense: (answer) => answer.writeHead(200).end('{"Plaintext":"canary-of-an-answer'),
  moved: (answer) => answer.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
  silent: () => undefined,
  cut: (answer) => answer.destroy(),
  endless: (answer) => answer.writeHead(200).end(`{"x":"${'x'.repeat(1_000_000)}"}`),
};

/** A server on this machine that answers in JSON, or is in trouble. It ends with the tests of its file. */
export async function jsonServer(answerTo: (heard: Heard) => Said) {
  const heard: Heard[] = [];
  let trouble: Trouble | undefined;
  const server = createServer((asked, answer) => {
    void text(asked).then((body) => {
      const said = { method: asked.method ?? '', path: asked.url ?? '', headers: asked.headers, body };
      heard.push(said);
      if (trouble !== undefined) return inTrouble[trouble](answer);
      const { status, body: told, isText = false } = answerTo(said);
      const type = isText ? 'text/xml' : 'application/json';
      answer.writeHead(status, { 'content-type': type }).end(isText ? String(told) : JSON.stringify(told));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    be: (what: Trouble | undefined): void => {
      trouble = what;
    },
  };
}
