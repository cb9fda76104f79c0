import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { CreateApiKey, SigningKeyDocument } from '@vox/contracts';
import { type Bus, memoryBus } from '@vox/platform/bus';
import { LoginToken, tokenSigner } from '@vox/platform/crypto';
import express, { type Express, type Request } from 'express';
import { Redis } from 'ioredis';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import type { Servers } from '../servers.ts';
import { edgeOn } from './edge-on.ts';
import type { Path, Paths } from './path.ts';
import { many, withTenants } from './tenants.ts';

/** Who is asked for is shown by a header of its own: `cookie` or `authorization`, as `name: value`. */
export const identityPaths: Paths = {
  'login check': loginCheck,
  'API key check': keyCheck,
  'bare login': bareLogin,
  'bare API key': bareKey,
};

const members = 2_000;
const algorithm = 'EdDSA';

async function tenantsOn(bus: Bus): Promise<string[]> {
  const widgetKeys = await withTenants(bus);
  return widgetKeys.map((key) => key.split('_')[1] ?? '');
}

/** `GET /api/v1/me` of members who are signed in, on the real Redis. */
async function loginCheck({ redis }: Servers): Promise<Path> {
  const bus = memoryBus();
  const tenants = await tenantsOn(bus);
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const { x = '', d = '' } = await exportJWK(privateKey);
  const kid = randomBytes(12).toString('base64url');
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await bus.documents(SigningKeyDocument).put(kid, { kid, use: 'login', x, expiresAt });
  const sign = await tokenSigner(LoginToken, { kid, x, d });
  const credentials = await Promise.all(
    Array.from({ length: members }, async (_, n) => {
      const memberId = `m_${randomBytes(16).toString('base64url')}`;
      const stamp = { id: randomUUID(), subject: memberId, now: new Date(), lifeSeconds: 3_600 };
      const token = await sign({ tenantId: tenants[n % tenants.length] ?? '', memberId, role: 'admin' }, stamp);
      return `cookie: __Host-tenant_session=${token}`;
    }),
  );
  return { app: await edgeOn(bus, redis, many), credentials };
}

/** The same of machines with an API key, whose proofs are kept. */
async function keyCheck({ redis }: Servers): Promise<Path> {
  const bus = memoryBus();
  const tenants = await tenantsOn(bus);
  const credentials = await Promise.all(
    tenants.map(async (tenantId) => {
      const wish = { tenantId, label: 'bench', env: 'dev' as const, scopes: ['usage:read' as const], actor: 'bench' };
      return `authorization: Bearer ${(await bus.ask(CreateApiKey, wish)).apiKey}`;
    }),
  );
  return { app: await edgeOn(bus, redis, many), credentials };
}

/** The floor: Express, what tells the credential, one round trip to Redis. */
function bareMe(url: string, check: (request: Request) => Promise<unknown>): Express {
  const redis = new Redis(url);
  const app = express();
  app.disable('x-powered-by');
  app.get('/api/v1/me', async (request, response) => {
    await check(request);
    await redis.incr('bench');
    response.json({ ok: true });
  });
  return app;
}

async function bareLogin({ redis }: Servers): Promise<Path> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm);
  const token = await new SignJWT({}).setProtectedHeader({ alg: algorithm }).setExpirationTime('1h').sign(privateKey);
  const app = bareMe(redis, (request) => jwtVerify(String(request.headers.cookie).split('=')[1] ?? '', publicKey));
  return { app, credentials: [`cookie: session=${token}`] };
}

async function bareKey({ redis }: Servers): Promise<Path> {
  const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url');
  const key = `vk_dev_${randomBytes(40).toString('hex')}`;
  const known = new Map([[hashOf(`Bearer ${key}`), true]]);
  const app = bareMe(redis, async (request) => known.get(hashOf(String(request.headers.authorization))));
  return { app, credentials: [`authorization: Bearer ${key}`] };
}
