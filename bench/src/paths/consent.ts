import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { consentWords, LeaseSigningKey, PolicyDocument } from '@vox/contracts';
import { natsBus } from '@vox/platform/bus';
import { leasedSigner, WidgetToken } from '@vox/platform/crypto';
import { systemClock as clock } from '@vox/platform/time';
import express from 'express';
import { Redis } from 'ioredis';
import type { Servers } from '../servers.ts';
import { complianceOn, openDatabase } from './compliance.ts';
import { edgeOn } from './edge-on.ts';
import type { Path, Paths } from './path.ts';
import { many, withTenants } from './tenants.ts';

/** The credentials of these paths are answers, each of another visitor: more than any load takes. */
const visitors = 20_000;

export const consentPaths: Paths = { consent, 'bare consent': bareConsent };

/** Answers of visitors through edge-guard and compliance, on the real servers. */
async function consent({ nats, redis, mongo }: Servers): Promise<Path> {
  const onThrow = (error: unknown): void => console.error(error);
  const bus = await natsBus({ servers: [nats], service: 'operator', clock, onThrow });
  const keys = await withTenants(bus);
  const policies = await bus.documents(PolicyDocument).follow();
  await complianceOn(bus, await openDatabase(mongo, 'consent'));
  const app = await edgeOn(bus, redis, many);
  const sign = leasedSigner(WidgetToken, () => bus.ask(LeaseSigningKey.widget, {}), clock);
  const answers: string[] = [];
  for (let n = 0; n < visitors; n += 1) {
    const widgetKey = keys[n % keys.length] ?? '';
    const tenantId = widgetKey.split('_')[1] ?? '';
    const policy = policies.get(tenantId);
    if (policy === undefined) throw new RangeError(`${tenantId} has no policy`);
    const subject = `v_${randomBytes(16).toString('base64url')}`;
    const claims = { tenantId, widgetKey, origin: 'https://shop.example' };
    const authToken = await sign(claims, { id: randomUUID(), subject, now: clock.now(), lifeSeconds: 3_600 });
    const { version, text } = consentWords(policy, 'ai-disclosure');
    const textHash = createHash('sha256').update(text).digest('hex');
    const how = { locale: 'en', method: 'shown', given: true };
    answers.push(JSON.stringify({ authToken, purpose: 'ai-disclosure', version, textHash, ...how }));
  }
  return { app, credentials: answers };
}

const stream = 'BENCH_CONSENT';

/**
 * The floor: it parses the same body, asks Redis once, makes the same three writes in turn (a key, an answer, a mark
 * that it was published) and publishes one message.
 */
async function bareConsent({ nats, redis: redisUrl, mongo }: Servers): Promise<Path> {
  const link = await connect({ servers: nats });
  await (await jetstreamManager(link)).streams.add({ name: stream, subjects: ['consent.>'] });
  const client = jetstream(link);
  const redis = new Redis(redisUrl);
  const { db } = await openDatabase(mongo, 'bare_consent');
  const rows = db.collection<{ _id: string; answer: string; revision: number }>('rows');
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: 65_536 }));
  app.post('/api/consent', async (request, response) => {
    const receiptId = randomUUID();
    await redis.incr('bench');
    const answer = JSON.stringify(request.body);
    await rows.insertOne({ _id: `key:${receiptId}`, answer: 'k'.repeat(80), revision: 1 });
    await rows.insertOne({ _id: receiptId, answer, revision: 1 });
    await client.publish('consent.bench', JSON.stringify({ receiptId }), { msgID: receiptId });
    await rows.replaceOne({ _id: receiptId, revision: 1 }, { answer, revision: 2 });
    response.json({ ok: true, receiptId, receipt: 'r'.repeat(700), at: new Date().toISOString() });
  });
  const body = JSON.stringify({ authToken: 'a'.repeat(500), purpose: 'ai-disclosure', textHash: '0'.repeat(64) });
  return { app, credentials: [body] };
}
