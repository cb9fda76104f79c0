import { originOf } from '@vox/contracts';
import type { Head } from '@vox/platform/http';
import type { RequestHandler } from 'express';

export type CorsOptions = Readonly<{
  /** What every answer carries besides. */
  base: Head;
  isKnownOrigin: (origin: string) => boolean;
  /**
   * Paths that answer every page, so that one whose origin is not allowed can read why. They hold nothing of a visitor.
   */
  openPaths: readonly string[];
}>;

const readable =
  'RateLimit, RateLimit-Policy, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset';

/**
 * Lets pages of origins that a widget key is bound to read the answers, refusals included. No route takes a cookie, and
 * no credential is ever sent along; who may call is decided by the checks.
 */
export const cors =
  ({ base, isKnownOrigin, openPaths }: CorsOptions): RequestHandler =>
  (request, response, next) => {
    const { origin } = request.headers;
    // What is written into a header is an origin, and never whatever somebody sent as one.
    const isOrigin = origin !== undefined && originOf(origin) === origin;
    const allowed = isOrigin && (isKnownOrigin(origin) || openPaths.includes(request.path));
    if (allowed)
      response.locals.head = [
        ...base,
        'Access-Control-Allow-Origin',
        origin,
        'Access-Control-Expose-Headers',
        readable,
      ];
    if (request.method !== 'OPTIONS') return next();
    if (allowed)
      response
        .set('Access-Control-Allow-Methods', 'GET, POST')
        .set(
          'Access-Control-Allow-Headers',
          'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Traceparent, Tracestate, X-Is-Human',
        )
        .set('Access-Control-Max-Age', '600');
    response.status(204).end();
  };
