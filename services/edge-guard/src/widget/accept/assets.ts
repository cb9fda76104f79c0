import { widgetFiles } from '@vox/widget/files';
import type { RequestHandler } from 'express';

const assetSeconds = 300;
/** The list is closed, so it does not matter what the folders are called in which the files lie. */
const sent = { cacheControl: false, dotfiles: 'allow' } as const;

/**
 * The embed script and what the widget’s pages load. They are the same for everybody and hold nothing secret. A path is
 * compared as it was sent: nothing is decoded, so no other spelling of it leads to a file.
 */
export const widgetAssets = (): RequestHandler => (request, response, next) => {
  const file = widgetFiles.served.get(request.path);
  const script = widgetFiles.scripts.get(request.path);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead || (file ?? script) === undefined) return next();
  response.set('Access-Control-Allow-Origin', '*').set('Cache-Control', `public, max-age=${assetSeconds}`);
  if (file === undefined) response.type('js').send(script);
  else response.sendFile(file, sent);
};
