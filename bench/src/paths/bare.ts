import express, { type Express } from 'express';
import { Redis } from 'ioredis';
import { bare, type Paths } from './path.ts';

export const barePaths: Paths = {
  'bare json': async () => bare(bareJson()),
  'bare redis': async ({ redis }) => bare(bareRedis(redis)),
};

/** The least that any service does: parse a JSON body and answer. */
function bareJson(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.post('/api/session', (_request, response) => void response.json({ ok: true }));
  return app;
}

/** The same with one round trip to Redis. */
function bareRedis(url: string): Express {
  const redis = new Redis(url);
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.post('/api/session', async (_request, response) => {
    await redis.incr('bench');
    response.json({ ok: true });
  });
  return app;
}
