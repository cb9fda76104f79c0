import { widgetFiles } from '@vox/widget';
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
  if (file === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
  response
    .set('Access-Control-Allow-Origin', '*')
    .set('Cache-Control', `public, max-age=${assetSeconds}`)
    .sendFile(file, sent);
};
