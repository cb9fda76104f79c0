import { type ConsoleFile, consoleFiles } from '@vox/console/files';
import type { Request, RequestHandler, Response } from 'express';
import { consolePolicy, isPagePath, permissionsAt } from './decide.ts';

/** A path of an asset names its content, so it never changes (RFC 8246). */
const forEver = 'public, max-age=31536000, immutable';

function sendFile(request: Request, response: Response, { type, body, zipped }: ConsoleFile): void {
  // It holds nothing secret, so its length tells nothing.
  const isZipped = request.acceptsEncodings('gzip') === 'gzip';
  if (isZipped) response.set('Content-Encoding', 'gzip');
  response
    .set('Vary', 'Accept-Encoding')
    .set('Cross-Origin-Resource-Policy', 'same-origin')
    .set('Content-Type', type)
    .send(isZipped ? zipped : body);
}

/**
 * The console: one page at all of its paths, and the closed list of what it loads. They are the same for everybody and
 * hold nothing secret. A path is compared as it was sent, as those of the widget’s files are.
 */
export function serveConsole(): RequestHandler {
  const { page, assets } = consoleFiles();
  return (request, response, next) => {
    const { method, path } = request;
    if (method !== 'GET' && method !== 'HEAD') return next();
    const asset = assets.get(path);
    if (asset !== undefined) return sendFile(request, response.set('Cache-Control', forEver), asset);
    if (!isPagePath(path)) return next();
    response
      .set('Content-Security-Policy', consolePolicy)
      .set('Permissions-Policy', permissionsAt(path))
      .set('Cache-Control', 'no-cache');
    sendFile(request, response, page);
  };
}
