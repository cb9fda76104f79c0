import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { RequestHandler, Response } from 'express';
import type { Described } from '../command/described.ts';
import { openApiInTurns } from '../command/openapi.ts';
import { page, policy, script } from './page.ts';

const ofViewer = (name: string): string => fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`));

/** The closed list of files of the viewer. */
const files = new Map(
  ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'].map((name) => [`/api/docs/${name}`, ofViewer(name)]),
);

const kept = 'public, max-age=300';

/** Sends a text that is the same for everybody, and not again to whoever has it (RFC 9110 §13.1.2). */
function sendKept(response: Response, type: string, text: string): void {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  response.set('Cache-Control', kept).set('ETag', tag).type(type);
  if (response.req.get('if-none-match')?.includes(tag)) response.status(304).end();
  else response.send(text);
}

function sendDocs(response: Response): void {
  response.set('Content-Security-Policy', policy).set('Referrer-Policy', 'no-referrer');
  sendKept(response, 'html', page);
}

/**
 * The API’s document at `/api/openapi.json`, and a viewer for it at `/api/docs`. They are the same for everybody and
 * hold nothing secret. A path is compared as it was sent, as those of the widget’s files are.
 */
export function serveDocs(routes: readonly Described[]): RequestHandler {
  // The document is large, and seldom asked for.
  let document: Promise<string> | undefined;
  const documented = (): Promise<string> => {
    document ??= openApiInTurns(routes).then((made) => JSON.stringify(made));
    return document;
  };
  const texts = new Map<string, (response: Response) => void | Promise<void>>([
    ['/api/openapi.json', async (response) => sendKept(response, 'json', await documented())],
    ['/api/docs', sendDocs],
    ['/api/docs/viewer.js', (response) => sendKept(response, 'js', script)],
  ]);
  return ({ method, path }, response, next) => {
    if (method !== 'GET' && method !== 'HEAD') return next();
    const file = files.get(path);
    if (file !== undefined) return response.set('Cache-Control', kept).sendFile(file, { cacheControl: false });
    const send = texts.get(path);
    return send === undefined ? next() : send(response);
  };
}
