import type { RequestHandler } from 'express';

/**
 * Lets the page that asks read the answer, refusals included. No route here takes a cookie, and no credential is ever sent along,
 * so an origin learns from an answer only what its own token or key already entitles it to; who may call is decided by the checks.
 */
export const cors: RequestHandler = (request, response, next) => {
  response.vary('Origin');
  const origin = request.get('origin');
  if (origin !== undefined && origin !== 'null') {
    response.set('Access-Control-Allow-Origin', origin);
    response.set(
      'Access-Control-Expose-Headers',
      'RateLimit, RateLimit-Policy, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset',
    );
  }
  if (request.method !== 'OPTIONS') return next();
  response
    .set('Access-Control-Allow-Methods', 'GET, POST')
    .set('Access-Control-Allow-Headers', 'Authorization, Content-Type, Idempotency-Key')
    .set('Access-Control-Max-Age', '600');
  response.status(204).end();
};
