import { randomUUID } from 'node:crypto';
import { type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { bucketStreamOf, encodeFact, PolicyDocument, subjectNameOf } from '@vox/contracts';
import { z } from 'zod';
import { oldServer } from '../../config/mod.ts';
import type { Clock } from '../../time/mod.ts';
import type { Bus, Facts } from '../bus.ts';
import type { Hearing } from '../redeliver.ts';
import { tellChanges } from '../tell-changes.ts';
import { sending } from '../trace.ts';
import { natsArchive } from './archive.ts';
import { natsConsumption, replyToHeader } from './consumer.ts';
import { natsDocuments } from './documents.ts';
import { natsLetters } from './letters.ts';
import { whileLinked } from './linked.ts';
import { natsQuestions } from './questions.ts';
import { type NatsReach, natsReach } from './reach.ts';
import { missingFrom, onceNothingIsMissing, requiredLayout } from './required-layout.ts';
import { natsSignals } from './signals.ts';
import { watchStreams } from './stream-sizes.ts';
import { turnEnd } from './turn-end.ts';

export type NatsBusOptions = NatsReach &
  Readonly<{
    /** The service that connects. It also names the inboxes, so that rights can be given per service. */
    service: string;
    clock: Clock;
    /** Called at the start with what there is to say of a server that is older than this bus is made for. */
    onOldServer?: (sentence: string) => void;
    /** First pause before a message comes again, in milliseconds. */
    retryMs?: number;
    onThrow: (error: unknown) => void;
  }>;

/** Short enough that a waiting HTTP client is refused within a second. */
const publishMs = 800;
const connectMs = 2_000;

/**
 * The bus over NATS with JetStream. It reconnects for ever; what is said while the link is down fails within its time.
 */
export async function natsBus({
  service,
  clock,
  retryMs = 200,
  onOldServer,
  onThrow,
  ...reached
}: NatsBusOptions): Promise<Bus> {
  const inboxPrefix = `_INBOX.${service}`;
  const connection = await connect({
    ...natsReach(reached),
    name: service,
    inboxPrefix,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    // A server that accepts the connection and then stays silent is left again: the next try may find it well.
    timeout: connectMs,
    // A server that hangs is noticed after two pings without an answer.
    pingInterval: 2_000,
    maxPingOut: 2,
    // The trace of a question says where it came from. Two stacks for each publish, most never looked at, cost more
    // than the publish.
    noAsyncTraces: true,
  });
  const isOld = oldServer('nats', connection.info?.version);
  if (isOld !== undefined) onOldServer?.(isOld);
  const { linked, onLink } = linkOf(connection);
  // The first request shows whether the server has JetStream. Asking for the account would need one more right.
  const manager = await jetstreamManager(connection, { checkAPI: false });
  const client = jetstream(connection, { timeout: publishMs, checkAPI: false });
  const required = requiredLayout(service);
  const onRelink = onceNothingIsMissing(manager, required, onLink, () => !connection.isClosed());
  const consumptions = new Set<Awaited<ReturnType<typeof natsConsumption>>>();
  const unwatchStreams = watchStreams(manager, required);
  const hearings = new Map<string, Hearing>();
  const atTurnEnd = turnEnd();
  const signals = natsSignals({ connection, linked, onThrow });

  const facts: Facts = {
    publish: (kind, fact, { replyTo, timeoutMs = publishMs } = {}) =>
      sending(kind, fact, async (traced) => {
        const carried = headers();
        carried.set('content-type', 'application/cloudevents+json');
        if (traced.traceparent !== undefined) carried.set('traceparent', traced.traceparent);
        if (replyTo !== undefined) carried.set(replyToHeader, replyTo);
        await atTurnEnd();
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
        { client, manager, atTurnEnd, clock, retryMs, onThrow },
        consumer,
        handle as never,
      );
      consumptions.add(consumption);
      hearings.set(consumer.name, { consumer, handle: handle as never });
      return {
        async stop() {
          hearings.delete(consumer.name);
          consumptions.delete(consumption);
          await consumption.stop();
        },
      };
    },
  };

  return {
    ...facts,
    publish: tellChanges(facts, signals),
    ...natsArchive(manager),
    ...natsLetters({ manager, hearings, clock, onThrow }),
    ...natsQuestions({ connection, service, inbox: `${inboxPrefix}.${randomUUID()}`, linked, atTurnEnd, onThrow }),
    ...signals,
    documents: (kind) => natsDocuments({ connection, client, manager, linked, onLink, onError: onThrow }, kind),
    onRelink,
    time: () => whileLinked(linked, () => serverTime(manager)),
    progress: () => Promise.all([...consumptions].map((each) => each.progress())),
    missing: () => whileLinked(linked, () => missingFrom(manager, required)),
    healthy: () =>
      connection.flush().then(
        () => true,
        () => false,
      ),
    async close() {
      // Before the link goes: a running consumer would take its loss for a fault and reopen itself for ever.
      await Promise.all([...consumptions].map((each) => each.stop()));
      unwatchStreams();
      await connection.drain().catch(() => connection.close());
    },
  };
}

/** Whether the link to the server is up, as the connection reports it, and who wants to hear that it is up again. */
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

/** The server tells its time beside what it says of a stream. */
const StreamInfoTime = z.object({ ts: z.coerce.date() });

/**
 * The time by the clock of the server that leads the bucket of policies. Every service may read this bucket, so all go
 * by one clock.
 */
async function serverTime(manager: JetStreamManager): Promise<Date> {
  return StreamInfoTime.parse(await manager.streams.info(bucketStreamOf(PolicyDocument))).ts;
}
