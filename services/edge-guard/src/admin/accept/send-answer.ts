import { createHash } from 'node:crypto';
import type { ApiRow } from '@vox/contracts';
import { noStore, send } from '@vox/platform/http';
import type { Response } from 'express';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** The entity tag of an answer (RFC 9110 §8.8.3): the version where it has one, so that `If-Match` can name it. */
function tagOf(answer: unknown, text: string): string {
  const { policy } = answer as { policy?: { version?: number } };
  return `"${policy?.version ?? digest(text)}"`;
}

/** Sends an answer as JSON. What is only read has an entity tag, and is not sent again to whoever has it. */
export const sendAnswer =
  ({ method }: ApiRow) =>
  (response: Response, answer: unknown): void => {
    const text = JSON.stringify(answer);
    if (method !== 'get') send(response, response.statusCode, { ...json, text, head: noStore });
    else sendTagged(response, tagOf(answer, text), text);
  };

function sendTagged(response: Response, tag: string, text: string): void {
  const known = (response.req.get('if-none-match') ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  const head = ['ETag', tag, 'Cache-Control', 'private, no-cache'];
  if (known.includes(tag) || known.includes('*')) response.writeHead(304, head).end();
  else send(response, response.statusCode, { ...json, text, head });
}

const json = { type: 'application/json; charset=utf-8' };
