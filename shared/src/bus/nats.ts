import { randomUUID } from 'node:crypto';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type Msg, type NatsConnection, nkeyAuthenticator } from '@nats-io/transport-node';
import { encodeFact, subjectNameOf, subjectNameOfQuestion } from '../contracts/mod.ts';
import { orUnavailable } from '../fault/mod.ts';
import type { Clock } from '../time/mod.ts';
import { answerBytes, readReply } from './answer.ts';
import type { Bus, Consumption, Facts, Questions } from './bus.ts';
import { natsConsumption, replyToHeader } from './nats-consumer.ts';
import { natsDocuments } from './nats-documents.ts';
import { ensureStreams } from './nats-streams.ts';
import { answering, asking, sending } from './trace.ts';
import { waitingRoom } from './waiting.ts';

export type NatsBusOptions = Readonly<{
  servers: readonly string[];
  /** Who speaks; also names the inboxes, so that rights can be given per service. */
  service: string;
  /** Proves which service speaks (user nkey seed); without it the server must let anybody in. */
  nkeySeed?: string | undefined;
  /** Only asks questions: needs no streams, and may make none. */
  onlyAsks?: boolean;
  clock: Clock;
  replicas?: number;
  maxStreamBytes?: number;
  /** Told at the start when a server older than this bus is made for answers. */
  onOldServer?: (version: string) => void;
  /** First pause before a message comes again, in milliseconds. */
  retryMs?: number;
  onThrow: (error: unknown) => void;
}>;

/** Several filter subjects in one consumer are there long before; what else is planned on needs this. */
const oldestServer = [2, 12];
const publishMs = 1_000;
const askMs = 2_000;

/** The bus over NATS with JetStream. It reconnects for ever; what is said while the link is down fails within its time. */
export async function natsBus({
  servers,
  service,
  nkeySeed,
  onlyAsks = false,
  clock,
  replicas = 1,
  maxStreamBytes,
  retryMs = 200,
  onOldServer,
  onThrow,
}: NatsBusOptions): Promise<Bus> {
  const inboxPrefix = `_INBOX.${service}`;
  const connection = await connect({
    servers: [...servers],
    name: service,
    inboxPrefix,
    ...(nkeySeed !== undefined && { authenticator: nkeyAuthenticator(new TextEncoder().encode(nkeySeed)) }),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    // A server that hangs is noticed after two pings without an answer.
    pingInterval: 2_000,
    maxPingOut: 2,
  });
  const version = connection.info?.version ?? '';
  if (isOlder(version, oldestServer)) onOldServer?.(version);
  const linked = linkOf(connection);
  const manager = await jetstreamManager(connection);
  if (!onlyAsks) await ensureStreams(manager, { replicas, maxBytes: maxStreamBytes });
  const client = jetstream(connection, { timeout: publishMs });
  const consumptions = new Set<Consumption>();

  const facts: Facts = {
    publish: (kind, fact, { replyTo, timeoutMs = publishMs } = {}) =>
      sending(kind, fact, async (traced) => {
        const carried = headers();
        carried.set('content-type', 'application/cloudevents+json');
        if (traced.traceparent !== undefined) carried.set('traceparent', traced.traceparent);
        if (replyTo !== undefined) carried.set(replyToHeader, replyTo);
        const { duplicate } = await orUnavailable(() =>
          client.publish(subjectNameOf(kind, fact), encodeFact(traced), {
            msgID: fact.id,
            headers: carried,
            timeout: timeoutMs,
          }),
        );
        return { duplicate };
      }),
    async consume(consumer, handle) {
      const consumption = await natsConsumption(
        { client, manager, clock, retryMs, onThrow },
        consumer,
        handle as never,
      );
      consumptions.add(consumption);
      return consumption;
    },
  };

  return {
    ...facts,
    ...natsQuestions(connection, service, `${inboxPrefix}.${randomUUID()}`, onThrow),
    documents: (kind) => natsDocuments({ connection, replicas, linked, onError: onThrow }, kind),
    healthy: () =>
      connection.flush().then(
        () => true,
        () => false,
      ),
    async close() {
      // Before the link goes: a consumer still at work would take its loss for a fault and build itself again, for ever.
      await Promise.all([...consumptions].map((each) => each.stop()));
      await connection.drain().catch(() => connection.close());
    },
  };
}

/** Whether a version comes before another, number by number. */
function isOlder(version: string, than: readonly number[]): boolean {
  const numbers = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const place = than.findIndex((number, index) => numbers[index] !== number);
  return place >= 0 && (numbers[place] ?? 0) < (than[place] ?? 0);
}

/** Whether the link to the server stands, as the connection tells. */
function linkOf(connection: NatsConnection): () => boolean {
  let up = true;
  void (async () => {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect' || type === 'staleConnection' || type === 'close') up = false;
      if (type === 'reconnect') up = true;
    }
    up = false;
  })();
  return () => up;
}

function natsQuestions(
  connection: NatsConnection,
  service: string,
  inbox: string,
  onThrow: (error: unknown) => void,
): Questions {
  const waiting = waitingRoom((token) => `${inbox}.${token}`, randomUUID);
  connection.subscribe(`${inbox}.*`, {
    callback: (error, message) => (error ? onThrow(error) : waiting.deliver(message.subject, message.data)),
  });

  return {
    expect: (schema, { timeoutMs }) => waiting.expect(schema, timeoutMs),
    async reply(replyTo, schema, value) {
      connection.publish(replyTo, JSON.stringify(schema.parse(value)));
    },
    ask: (question, request, { timeoutMs = askMs } = {}) => {
      const name = subjectNameOfQuestion(question);
      return asking(question, name, async (traceparent) => {
        const carried = headers();
        if (traceparent !== undefined) carried.set('traceparent', traceparent);
        const answer = await orUnavailable(() =>
          connection.request(name, JSON.stringify(request), { timeout: timeoutMs, headers: carried }),
        );
        return readReply(question, answer.data);
      });
    },
    async answer(question, handle): Promise<Consumption> {
      const name = subjectNameOfQuestion(question);
      const working = new Set<Promise<void>>();
      const respond = async (message: Msg): Promise<void> => {
        const traceparent = message.headers?.get('traceparent') || undefined;
        message.respond(
          await answering(question, name, traceparent, () =>
            answerBytes(question, message.data, handle as never, onThrow),
          ),
        );
      };
      const subscription = connection.subscribe(name, {
        queue: service,
        callback: (error, message) => {
          if (error) return onThrow(error);
          const job = respond(message)
            .catch(onThrow)
            .finally(() => working.delete(job));
          working.add(job);
        },
      });
      // Once the server knows of the subscription, whoever asks is heard.
      await connection.flush();
      return {
        async stop() {
          await subscription.drain();
          await Promise.all(working);
        },
      };
    },
  };
}
