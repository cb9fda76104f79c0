import { createHash } from 'node:crypto';
import type { ApiRow } from '@vox/contracts';
import { type Cell, csvOf } from '@vox/platform/csv';
import { noStore, send } from '@vox/platform/http';
import type { Response } from 'express';
import type { z } from 'zod';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** The entity tag of an answer (RFC 9110 §8.8.3): the version where it has one, so that `If-Match` can name it. */
function tagOf(answer: unknown, text: string): string {
  const { policy } = answer as { policy?: { version?: number } };
  return `"${policy?.version ?? digest(text)}"`;
}

/** Sends an answer as JSON. What is only read has an entity tag, and is not sent again to whoever has it. */
export const sendAnswer =
  (row: ApiRow) =>
  (response: Response, answer: unknown): void => {
    const { method, csv } = row;
    const text = JSON.stringify(answer);
    if (csv !== undefined && response.req.accepts(['json', 'csv']) === 'csv') sendCsv(response, row, answer);
    else if (method !== 'get') send(response, response.statusCode, { ...json, text, head: noStore });
    else sendTagged(response, tagOf(answer, text), text);
  };

/**
 * The rows as a file under the names of their fields, split as the query says. The cursor of the next page stands in a
 * Link (RFC 8288).
 */
function sendCsv(response: Response, { question, csv = '' }: ApiRow, answer: unknown): void {
  const { [csv]: rows, next } = answer as { [list: string]: readonly Record<string, Cell>[] } & {
    next?: string | null;
  };
  // The name under which the next page is asked for.
  const cursor = 'cursor' in question.request.shape ? 'cursor' : 'after';
  const reply = question.reply as z.ZodObject<Record<string, z.ZodArray<z.ZodObject>>>;
  const names = Object.keys(reply.shape[csv]?.element.shape ?? {});
  const separator = response.req.query.separator === ';' ? ';' : ',';
  const table = [names, ...(rows ?? []).map((row) => names.map((name) => row[name]))];
  const text = csvOf(table, { separator, bom: separator === ';' });
  const link = typeof next === 'string' ? ['Link', `<?${cursor}=${encodeURIComponent(next)}>; rel="next"`] : [];
  send(response, 200, { type: 'text/csv; charset=utf-8; header=present', text, head: [...noStore, ...link] });
}

function sendTagged(response: Response, tag: string, text: string): void {
  const known = (response.req.get('if-none-match') ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  const head = ['ETag', tag, 'Cache-Control', 'private, no-cache'];
  if (known.includes(tag) || known.includes('*')) response.writeHead(304, head).end();
  else send(response, response.statusCode, { ...json, text, head });
}

const json = { type: 'application/json; charset=utf-8' };
