import { randomBytes } from 'node:crypto';
import express, { type Express, type Response } from 'express';

/** A page of another site that has itself resolved to this machine says its own name here. */
const ownHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** Pages for whoever sits at this machine. No other site reads them. */
export function pagesOfThisMachine(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(({ headers }, response, next) => {
    response.set({
      'Cache-Control': 'no-store',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    });
    if (ownHost.test(headers.host ?? '')) next();
    else response.status(421).type('text').send('This is asked under the name of this machine alone.');
  });
  return app;
}

/** Sends a page of ours under its policy, with a nonce of its own. */
export function sendPage(response: Response, policy: (nonce: string) => string, page: (nonce: string) => string): void {
  const nonce = randomBytes(16).toString('base64');
  response.set('Content-Security-Policy', policy(nonce)).type('html').send(page(nonce));
}
