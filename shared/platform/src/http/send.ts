import type { ServerResponse } from 'node:http';

/**
 * Header names and values in turn, as `writeHead` takes them: nothing is looked up, lower-cased or copied on the way
 * out.
 */
export type Head = readonly string[];

/** Ends an answer with a text and its length, head and body in one write. Headers set before stay. */
export function send(
  response: ServerResponse,
  status: number,
  { type, text, head = [] }: Readonly<{ type: string; text: string; head?: Head }>,
): void {
  const length = String(Buffer.byteLength(text));
  response.writeHead(status, ['Content-Type', type, 'Content-Length', length, ...head]);
  response.end(text);
}

/** Nobody on the way may keep the answer. */
export const noStore: Head = ['Cache-Control', 'no-store'];

export const sendJson = (response: ServerResponse, value: unknown, head?: Head): void =>
  send(response, response.statusCode, {
    type: 'application/json; charset=utf-8',
    text: JSON.stringify(value),
    ...(head && { head }),
  });
