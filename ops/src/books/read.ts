import { type JetStreamClient, jetstream } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import { mongoBudgets, mongoRequests } from '@vox/quota/books';
import { mongoSessions, mongoSlots } from '@vox/session-broker/books';
import { CallStream, consumers, Policy, PolicyDocument } from '@vox/shared/contracts';
import { type Cells, connectMongo } from '@vox/shared/store';
import { z } from 'zod';
import type { Books, Told } from './verify.ts';

export type BooksSource = Readonly<{
  natsServers: readonly string[];
  nkeySeed?: string | undefined;
  mongoUri: string;
  quotaDatabase?: string;
  brokerDatabase?: string;
}>;

const page = 500;
const quietMs = 1_000;

async function allOf<T>(cells: Cells<T>): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for (let after: string | undefined; ; ) {
    const rows = await cells.all(page, after);
    for (const { key, state } of rows) found.set(key, state);
    after = rows.at(-1)?.key;
    if (rows.length < page) return found;
  }
}

const Kept = z.object({
  id: z.string(),
  type: z.string(),
  time: z.iso.datetime(),
  data: z.object({ tenantId: z.string(), sessionId: z.string().optional() }),
});

/** Every fact of a session that the stream keeps. What is malformed is a dead letter's matter. */
async function toldIn(client: JetStreamClient): Promise<Told[]> {
  const told: Told[] = [];
  const stream = await client.consumers.get(CallStream.name);
  const { num_pending } = await stream.info();
  let left = num_pending;
  while (left > 0) {
    const messages = await stream.fetch({ max_messages: Math.min(left, page), expires: 5_000 });
    for await (const message of messages) {
      left -= 1;
      const { data: fact } = Kept.safeParse(jsonOf(message.string()));
      if (fact?.data.sessionId !== undefined)
        told.push({
          id: fact.id,
          type: fact.type,
          atMs: Date.parse(fact.time),
          tenantId: fact.data.tenantId,
          sessionId: fact.data.sessionId,
        });
    }
  }
  return told;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads an installation's books. They are at rest only while nobody works; what is younger than ten seconds is judged mildly. */
export async function readBooks(source: BooksSource): Promise<Books> {
  const {
    natsServers,
    nkeySeed,
    mongoUri,
    quotaDatabase = 'vox_quota',
    brokerDatabase = 'vox_session_broker',
  } = source;
  const link = await connect({
    servers: [...natsServers],
    inboxPrefix: '_INBOX.operator',
    ...(nkeySeed !== undefined && { authenticator: nkeyAuthenticator(new TextEncoder().encode(nkeySeed)) }),
    timeout: quietMs * 5,
  });
  const store = (database: string) =>
    connectMongo({ uri: mongoUri, database, appName: 'verify-books', timeoutMs: 10_000 });
  const [quota, broker] = await Promise.all([store(quotaDatabase), store(brokerDatabase)]);
  try {
    const client = jetstream(link);
    const manager = await client.jetstreamManager();
    const behind = new Map<string, number>();
    for (const { stream, name } of Object.values(consumers)) {
      const { num_pending, num_ack_pending } = await manager.consumers.info(stream, name);
      behind.set(name, num_pending + num_ack_pending);
    }
    const policies = new Map<string, Policy>();
    const bucket = await new Kvm(link).open(`vox-${PolicyDocument.bucket}`);
    for await (const key of await bucket.keys()) {
      const entry = await bucket.get(key);
      if (entry?.operation === 'PUT') policies.set(key, Policy.parse(entry.json()));
    }
    return {
      nowMs: Date.now(),
      policies,
      budgets: await allOf(await mongoBudgets(quota)),
      requests: await allOf(await mongoRequests(quota)),
      slots: await allOf(await mongoSlots(broker)),
      sessions: await allOf(await mongoSessions(broker)),
      told: await toldIn(client),
      behind,
    };
  } finally {
    await Promise.all([link.close(), quota.close(), broker.close()]);
  }
}
