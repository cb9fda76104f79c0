import { randomUUID } from 'node:crypto';
import { type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection, nkeyAuthenticator } from '@nats-io/transport-node';
import { bucketStreamOf, encodeFact, PolicyDocument, subjectNameOf } from '@vox/contracts';
import { z } from 'zod';
import type { Clock } from '../../time/mod.ts';
import type { Bus, Consumption, Facts } from '../bus.ts';
import { sending } from '../trace.ts';
import { natsArchive } from './archive.ts';
import { natsConsumption, replyToHeader } from './consumer.ts';
import { natsDocuments } from './documents.ts';
import { whileLinked } from './linked.ts';
import { lacking, needsOf, whenNothingLacks } from './needs.ts';
import { natsQuestions } from './questions.ts';
import { turnEnd } from './turn-end.ts';

export type NatsBusOptions = Readonly<{
  servers: readonly string[];
  /** Who speaks; also names the inboxes, so that rights can be given per service. */
  service: string;
  /** Proves which service speaks (user nkey seed); without it the server must let anybody in. */
  nkeySeed?: string | undefined;
  clock: Clock;
  /** Told at the start when a server older than this bus is made for answers. */
  onOldServer?: (version: string) => void;
  /** First pause before a message comes again, in milliseconds. */
  retryMs?: number;
  onThrow: (error: unknown) => void;
}>;

/** Several filter subjects in one consumer are there long before; what else is planned on needs this. */
const oldestServer = [2, 12];
/** Short enough that whoever waits over HTTP is refused within a second. */
const publishMs = 800;
const connectMs = 2_000;

/** The bus over NATS with JetStream. It reconnects for ever; what is said while the link is down fails within its time. */
export async function natsBus({
  servers,
  service,
  nkeySeed,
  clock,
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
    // A server that takes the connection and then says nothing is left again: the next try may find it well.
    timeout: connectMs,
    // A server that hangs is noticed after two pings without an answer.
    pingInterval: 2_000,
    maxPingOut: 2,
    // Where a question came from is told by its trace; two stacks for each publish, most never looked at, cost more than the publish.
    noAsyncTraces: true,
  });
  const version = connection.info?.version ?? '';
  if (isOlder(version, oldestServer)) onOldServer?.(version);
  const { linked, onLink } = linkOf(connection);
  // Whether the server has JetStream is seen when something is asked of it: to ask for the account would be one more right.
  const manager = await jetstreamManager(connection, { checkAPI: false });
  const client = jetstream(connection, { timeout: publishMs, checkAPI: false });
  const needs = needsOf(service);
  const onRelink = whenNothingLacks(manager, needs, onLink, () => !connection.isClosed());
  const consumptions = new Set<Consumption>();
  const ended = turnEnd();

  const facts: Facts = {
    publish: (kind, fact, { replyTo, timeoutMs = publishMs } = {}) =>
      sending(kind, fact, async (traced) => {
        const carried = headers();
        carried.set('content-type', 'application/cloudevents+json');
        if (traced.traceparent !== undefined) carried.set('traceparent', traced.traceparent);
        if (replyTo !== undefined) carried.set(replyToHeader, replyTo);
        await ended();
        const { duplicate } = await whileLinked(linked, () =>
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
        { client, manager, ended, clock, retryMs, onThrow },
        consumer,
        handle as never,
      );
      consumptions.add(consumption);
      return consumption;
    },
  };

  return {
    ...facts,
    ...natsArchive(manager),
    ...natsQuestions({ connection, service, inbox: `${inboxPrefix}.${randomUUID()}`, linked, ended, onThrow }),
    documents: (kind) => natsDocuments({ connection, client, manager, linked, onLink, onError: onThrow }, kind),
    onRelink,
    time: () => whileLinked(linked, () => serverTime(manager)),
    lacks: () => whileLinked(linked, () => lacking(manager, needs)),
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

/** Whether the link to the server stands, as the connection tells, and who wants to hear that it stands again. */
function linkOf(connection: NatsConnection): { linked: () => boolean; onLink: Bus['onRelink'] } {
  let up = true;
  const listeners = new Set<() => void>();
  void (async () => {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect' || type === 'staleConnection' || type === 'close') up = false;
      if (type !== 'reconnect') continue;
      up = true;
      for (const listener of listeners) listener();
    }
    up = false;
  })();
  return {
    linked: () => up,
    onLink(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const Told = z.object({ ts: z.coerce.date() });

/** The time by the clock of whoever leads the bucket of policies, which every service knows: one clock for all who ask. */
async function serverTime(manager: JetStreamManager): Promise<Date> {
  return Told.parse(await manager.streams.info(bucketStreamOf(PolicyDocument))).ts;
}
