import { randomBytes, randomUUID } from 'node:crypto';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { LeaseSigningKey } from '@vox/contracts';
import { natsBus } from '@vox/platform/bus';
import { leasedSigner, SessionToken } from '@vox/platform/crypto';
import { systemClock as clock } from '@vox/platform/time';
import express from 'express';
import { Redis } from 'ioredis';
import type { Servers } from '../servers.ts';
import { edgeOn } from './edge-on.ts';
import type { Path, Paths } from './path.ts';
import { many, withTenants } from './tenants.ts';

/** The credentials of these paths are session tokens. So many calls share the load that none meets its own limit. */
const calls = 1_500;

export const transcriptPaths: Paths = { append, 'bare append': bareAppend };

/** Batches of words through edge-guard, on the real NATS and Redis. */
async function append({ nats, redis }: Servers): Promise<Path> {
  const onThrow = (error: unknown): void => console.error(error);
  const bus = await natsBus({ servers: [nats], service: 'operator', clock, onThrow });
  const tenants = (await withTenants(bus)).map((key) => key.split('_')[1] ?? '');
  const sign = leasedSigner(SessionToken, () => bus.ask(LeaseSigningKey.session, {}), clock);
  const tokens: string[] = [];
  for (let n = 0; n < calls; n += 1) {
    const id = randomUUID();
    const visitorId = `v_${randomBytes(16).toString('base64url')}`;
    const tenantId = tenants[n % tenants.length] ?? '';
    const identity = { kind: 'widget' as const, widgetKey: `w_${tenantId}_page_0123456789abcdef`, visitorId };
    tokens.push(await sign({ tenantId, identity }, { id, subject: id, now: clock.now(), lifeSeconds: 3_600 }));
  }
  return { app: await edgeOn(bus, redis, many), credentials: tokens };
}

const stream = 'BENCH_WORDS';

/** The floor: it parses the same body, asks Redis once, and publishes each message under an id of its own. */
async function bareAppend({ nats, redis: redisUrl }: Servers): Promise<Path> {
  const link = await connect({ servers: nats });
  await (await jetstreamManager(link)).streams.add({ name: stream, subjects: ['words.>'] });
  const client = jetstream(link);
  const redis = new Redis(redisUrl);
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: 262_144 }));
  app.post('/api/transcripts/append', async (request, response) => {
    const { messages } = request.body as { messages: { id: string }[] };
    await redis.incr('bench');
    await Promise.all(
      messages.map((message) => client.publish('words.bench', JSON.stringify(message), { msgID: message.id })),
    );
    response.status(202).json({ ok: true });
  });
  return { app, credentials: ['token'] };
}
