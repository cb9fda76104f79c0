import express, { type Express, type Request } from 'express';
import { Redis } from 'ioredis';
import { generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { bare, type Path, type Paths } from './path.ts';

export const barePaths: Paths = {
  'bare json': async () => bare(bareJson()),
  'bare redis': async ({ redis }) => bare(bareRedis(redis)),
  'bare redis and token': async ({ redis }) => bareToken(redis),
};

/** The least that any service does: it parses a JSON body and answers. */
function bareJson(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.post('/api/session', (_request, response) => void response.json({ ok: true }));
  return app;
}

/** The same with one round trip to Redis, after `check`. */
function bareRedis(url: string, check: (request: Request) => Promise<unknown> = async () => undefined): Express {
  const redis = new Redis(url);
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.post('/api/session', async (request, response) => {
    await check(request);
    await redis.incr('bench');
    response.json({ ok: true });
  });
  return app;
}

const algorithm = 'EdDSA';

/** The same again, after jose has verified a token. */
async function bareToken(url: string): Promise<Path> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm);
  const app = bareRedis(url, (request) =>
    jwtVerify(String(request.headers.authorization).slice('Bearer '.length), publicKey),
  );
  const token = await new SignJWT({}).setProtectedHeader({ alg: algorithm }).setExpirationTime('1h').sign(privateKey);
  return { app, credentials: [token] };
}
