import express, { type Express, type Request } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { Redis } from 'ioredis';
import { RedisStore } from 'rate-limit-redis';
import { RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import { bare, type Paths } from './path.ts';
import { many, refusedAfter } from './tenants.ts';

export const rateLimiterPaths: Paths = {
  'express-rate-limit refuses': async ({ redis }) => bare(withRateLimit(new Redis(redis), refusedAfter)),
  'express-rate-limit passes': async ({ redis }) => bare(withRateLimit(new Redis(redis), many)),
  'rate-limiter-flexible refuses': async ({ redis }) => bare(withFlexible(new Redis(redis), refusedAfter)),
  'rate-limiter-flexible passes': async ({ redis }) => bare(withFlexible(new Redis(redis), many)),
};

/** As at edge-guard, each address and each visitor is counted, and each request is of a new visitor. */
const visitorOf = (): string => crypto.randomUUID();
const address = (request: Request): string => ipKeyGenerator(request.ip ?? '');

function guarded(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', 'loopback');
  return app.use(helmet());
}

/** Set up as in its documentation: a middleware for each limit, the address before the body is read. */
function withRateLimit(redis: Redis, perMinute: number): Express {
  const limiter = (prefix: string, limit: number, keyGenerator: (request: Request) => string) =>
    rateLimit({
      windowMs: 60_000,
      limit,
      keyGenerator,
      standardHeaders: 'draft-8',
      legacyHeaders: true,
      store: new RedisStore({ prefix, sendCommand: (command, ...args) => redis.call(command, ...args) as never }),
      message: { ok: false, code: 'RATE_LIMIT_EXCEEDED' },
    });
  return guarded()
    .use(limiter('erl-ip:', perMinute, address))
    .use(express.json())
    .use(limiter('erl-user:', many, visitorOf))
    .post('/api/session', (_request, response) => void response.json({ ok: true }));
}

/** As its documentation advises: both limits at once; an address over one is refused from memory while that lasts. */
function withFlexible(storeClient: Redis, perMinute: number): Express {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterRedis({ storeClient, keyPrefix, points, duration: 60, inMemoryBlockOnConsumed: points + 1 });
  const ofAddress = limiter('rlf-ip', perMinute);
  const ofVisitor = limiter('rlf-user', many);
  const headersOf = (left: RateLimiterRes) => ({
    'X-RateLimit-Limit': String(perMinute),
    'X-RateLimit-Remaining': String(left.remainingPoints),
    'X-RateLimit-Reset': String(Math.ceil((Date.now() + left.msBeforeNext) / 1_000)),
  });
  return guarded()
    .use(async (request, response, next) => {
      try {
        const [left] = await Promise.all([ofAddress.consume(address(request)), ofVisitor.consume(visitorOf())]);
        response.set(headersOf(left));
      } catch (refused) {
        const left = refused as RateLimiterRes;
        response.set(headersOf(left)).set('Retry-After', String(Math.ceil(left.msBeforeNext / 1_000)));
        response.status(429).json({ ok: false, code: 'RATE_LIMIT_EXCEEDED' });
        return;
      }
      next();
    })
    .use(express.json())
    .post('/api/session', (_request, response) => void response.json({ ok: true }));
}
