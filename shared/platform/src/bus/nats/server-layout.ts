import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Reason } from '../../fault/mod.ts';
import type { Clock } from '../../time/mod.ts';
import type { Layout } from '../layout/layout.ts';
import type { Difference, ServerLayout } from '../layout/layout-diff.ts';
import type { StreamFields } from '../layout/layout-streams.ts';

type Fields = Readonly<Record<string, unknown>>;
/** The server's codes for a stream and a consumer that are not there. */
const notThere: readonly number[] = [10_059, 10_014];

async function ifThere<T>(asking: Promise<T>): Promise<T[]> {
  try {
    return [await asking];
  } catch (error) {
    if (error instanceof JetStreamApiError && notThere.includes(error.code)) return [];
    throw error;
  }
}

/** What the server has of a layout, thing by thing: all that may be asked without the right to list. */
export async function serverLayoutOf(manager: JetStreamManager, wanted: Layout): Promise<ServerLayout> {
  const streams = await Promise.all(wanted.streams.map(({ name }) => ifThere(manager.streams.info(name))));
  const consumers = await Promise.all(
    wanted.consumers.map(({ stream, fields }) => ifThere(manager.consumers.info(stream, fields.durable_name))),
  );
  return {
    streams: streams.flat().map(({ config, state }) => ({ fields: config, bytes: state.bytes })),
    consumers: consumers.flat().map(({ stream_name, config, name }) => ({
      stream: stream_name,
      fields: { ...config, name },
    })),
  };
}

/** Everything that the server has. */
export async function wholeServerLayout(manager: JetStreamManager): Promise<ServerLayout> {
  const streams: ServerLayout['streams'][number][] = [];
  const consumers: ServerLayout['consumers'][number][] = [];
  for await (const { config, state } of manager.streams.list()) {
    streams.push({ fields: config, bytes: state.bytes });
    for await (const each of manager.consumers.list(config.name))
      consumers.push({ stream: config.name, fields: { ...each.config, name: each.name } });
  }
  return { streams, consumers };
}

const withoutUndefined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const requestMs = 10_000;

/**
 * Calls the server's interface directly: the client would merge the new fields with the old, but a field that is left
 * out must go.
 */
async function callServer(connection: NatsConnection, call: string, body: Fields): Promise<void> {
  const answer = await connection.request(`$JS.API.${call}`, JSON.stringify(body), { timeout: requestMs });
  const { error } = answer.json<{ error?: { description?: string } }>();
  if (error !== undefined)
    throw new Reason(`the NATS server refused ${call}: ${error.description ?? 'without a word'}`);
}

async function putStream(connection: NatsConnection, fields: StreamFields, call: 'CREATE' | 'UPDATE'): Promise<void> {
  await callServer(connection, `STREAM.${call}.${fields.name}`, withoutUndefined(fields));
}

async function putConsumer(
  connection: NatsConnection,
  { stream, replayMaxMs, fields }: Layout['consumers'][number],
  action: 'create' | 'update',
  began: unknown,
  now: Date,
): Promise<void> {
  const from = replayMaxMs === undefined ? undefined : new Date(now.getTime() - replayMaxMs).toISOString();
  const config = withoutUndefined({ ...fields, opt_start_time: began ?? from });
  await callServer(connection, `CONSUMER.CREATE.${stream}.${fields.durable_name}`, {
    stream_name: stream,
    config,
    action,
  });
}

/** Applies differences from a layout. Losses must have been allowed before. */
export async function applyDifferences(
  connection: NatsConnection,
  wanted: Layout,
  found: ServerLayout,
  differing: readonly Difference[],
  clock: Clock,
): Promise<void> {
  const remove = (stream: string, name: string) => callServer(connection, `CONSUMER.DELETE.${stream}.${name}`, {});
  for (const { kind, name, stream, change } of differing) {
    const fields = wanted.streams.find((each) => each.name === name);
    if (kind === 'stream' && fields !== undefined) {
      await putStream(connection, fields, change === 'missing' ? 'CREATE' : 'UPDATE');
      continue;
    }
    if (kind === 'stream') continue;
    if (change === 'fixed' || change === 'extra') await remove(stream, name);
    const consumer = wanted.consumers.find((each) => each.stream === stream && each.fields.durable_name === name);
    if (consumer === undefined) continue;
    const there = found.consumers.find((each) => each.stream === stream && each.fields.name === name);
    const began = change === 'changed' ? there?.fields.opt_start_time : undefined;
    await putConsumer(connection, consumer, change === 'changed' ? 'update' : 'create', began, clock.now());
  }
}
