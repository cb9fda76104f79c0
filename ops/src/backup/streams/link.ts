import { JetStreamApiError, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { consumers } from '@vox/contracts';
import { type NatsReach, natsReach } from '@vox/platform/bus';
import { Reason } from '@vox/platform/fault';

/** A link to the account of the streams, as one of the identities that belong to it. */
export type StreamLink = Readonly<{ connection: NatsConnection; manager: JetStreamManager; inbox: string }>;

const timeoutMs = 10_000;

/**
 * Links without a second try: what a server had sent on a link that broke is lost, and a stream that misses a part
 * would look whole.
 */
export async function withStreams<R>(
  identity: string,
  reach: NatsReach,
  work: (link: StreamLink) => Promise<R>,
): Promise<R> {
  const inbox = `_INBOX.${identity}`;
  const connection = await connect({
    ...natsReach(reach),
    name: identity,
    inboxPrefix: inbox,
    timeout: timeoutMs,
    reconnect: false,
    pingInterval: 10_000,
  });
  try {
    return await work({ connection, inbox, manager: await jetstreamManager(connection, { checkAPI: false }) });
  } finally {
    await connection.close();
  }
}

const noStream = 10_059;
const noConsumer = 10_014;
const isMissing = (error: unknown): boolean =>
  error instanceof JetStreamApiError && [noStream, noConsumer].includes(error.code);

/** What a server says, or `undefined` where it has no such stream or consumer. */
export async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The consumers at which a service waits for messages now: none while all services are stopped. */
export async function busyConsumers({ manager }: StreamLink): Promise<readonly string[]> {
  const found = await Promise.all(
    Object.values(consumers).map(async ({ stream, name }) => {
      const info = await ifThere(manager.consumers.info(stream, name));
      return info !== undefined && info.num_waiting > 0 ? [name] : [];
    }),
  );
  return found.flat();
}

/** Asks the interface of JetStream. Throws Reason with what the server says is wrong. */
export async function askServer(
  { connection }: StreamLink,
  call: string,
  body: object,
  within = timeoutMs,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await connection.request(`$JS.API.${call}`, JSON.stringify(body), { timeout: within });
  return answered(call, answer.json());
}

/** What the server answered. It names streams and files of its own, and nothing that a message holds. */
export function answered(call: string, answer: unknown): Readonly<Record<string, unknown>> {
  const { error, ...rest } = (answer ?? {}) as { error?: { description?: string } };
  if (error !== undefined)
    throw new Reason(`the NATS server refused ${call}: ${error.description ?? 'without a word'}`);
  return rest;
}
