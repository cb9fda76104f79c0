import { type JetStreamClient, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import express, { type Express } from 'express';
import { type Collection, MongoClient } from 'mongodb';
import { bare, type Paths } from './path.ts';

export const chainPaths: Paths = {
  'bare chain': async ({ nats }) => bare(await bareChain(nats, undefined, 0)),
  'bare chain with writes': async ({ nats, mongo }) => bare(await bareChain(nats, mongo, Number(process.env.WRITES))),
};

const stream = 'BENCH';

/** A hop: a message under one name is consumed, worked on, and acknowledged. */
async function hop(client: JetStreamClient, from: string, work: (id: string) => Promise<void>): Promise<void> {
  const manager = await client.jetstreamManager();
  await manager.consumers.add(stream, {
    durable_name: from,
    filter_subject: `bench.${from}.>`,
    ack_policy: 'explicit',
  });
  const consumer = await client.consumers.get(stream, from);
  const messages = await consumer.consume({ max_messages: 256 });
  void (async () => {
    for await (const message of messages) {
      const id = message.subject.split('.').at(-1) ?? '';
      void work(id).then(() => message.ack());
    }
  })();
}

/**
 * The bare chain: a request becomes a message, which becomes a second and a third, and an answer to the inbox. `writes`
 * counts the single-document writes of the chain; the two workers share them as quota and broker share theirs.
 */
async function bareChain(natsUrl: string, mongoUrl: string | undefined, writes: number): Promise<Express> {
  const link: NatsConnection = await connect({ servers: natsUrl });
  const manager = await jetstreamManager(link);
  await manager.streams.add({ name: stream, subjects: ['bench.>'] });
  const client = jetstream(link);
  const rows = mongoUrl === undefined ? undefined : await collectionAt(mongoUrl);
  const write = async (id: string, count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) await rows?.insertOne({ id, n });
  };
  const publish = (name: string, id: string) => client.publish(`bench.${name}.${id}`, JSON.stringify({ id }));
  await hop(client, 'requested', async (id) => {
    await write(id, Math.ceil(writes / 2));
    await publish('admitted', id);
  });
  await hop(client, 'admitted', async (id) => {
    await write(id, Math.floor(writes / 2));
    await publish('granted', id);
    link.publish(`answers.${id}`, '{"ok":true}');
  });
  const waiting = new Map<string, () => void>();
  link.subscribe('answers.*', {
    callback: (_error, message) => {
      const id = message.subject.split('.').at(-1) ?? '';
      waiting.get(id)?.();
      waiting.delete(id);
    },
  });
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.post('/api/session', async (_request, response) => {
    const id = crypto.randomUUID();
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.set(id, resolve);
    await publish('requested', id);
    await promise;
    response.json({ ok: true });
  });
  return app;
}

async function collectionAt(url: string): Promise<Collection> {
  const client = new MongoClient(url, { writeConcern: { w: 'majority', journal: true } });
  await client.connect();
  return client.db('bench').collection('rows');
}
