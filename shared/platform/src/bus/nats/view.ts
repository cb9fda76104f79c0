import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import {
  type Consumer,
  consumers,
  DeadLetterStream,
  factKinds,
  openStreams,
  operatorIdentity,
  operatorNameOfQuestion,
  republishedPrefix,
  type Stream,
  streams,
  subjectFilterOf,
} from '@vox/contracts';
import { orUnavailable } from '../../fault/mod.ts';
import { letterIn } from '../redeliver.ts';
import type { BusView, ConsumerState, StreamState, Told, Wanted, Within } from '../view.ts';
import { isWanted, repliesOf, toldOf, wantedFilters } from '../view.ts';
import { everyAnswer } from './every-answer.ts';
import { merged } from './merged.ts';
import { type NatsReach, natsReach } from './reach.ts';
import { type StoredMessage, storedMessages } from './stored-messages.ts';

const connectMs = 5_000;

/** The view of a NATS bus, with the operator's nkey. */
export async function natsView(reached: NatsReach): Promise<BusView & Readonly<{ close: () => Promise<void> }>> {
  const connection = await connect({
    ...natsReach(reached),
    name: operatorIdentity,
    inboxPrefix: `_INBOX.${operatorIdentity}`,
    timeout: connectMs,
    maxReconnectAttempts: -1,
  });
  const manager = await jetstreamManager(connection, { checkAPI: false });
  return {
    streams: () =>
      orUnavailable(() => Promise.all([...streams, DeadLetterStream].map((each) => stateOf(manager, each)))),
    consumers: () =>
      orUnavailable(() => Promise.all(Object.values<Consumer>(consumers).map((of) => lagOf(manager, of)))),
    told: (wanted, within) => told(manager, wanted, within),
    listen: (wanted, heard) => listen(connection, wanted, heard),
    async *letters() {
      for await (const { sequence: place, data } of storedMessages(manager, DeadLetterStream.name)) {
        const letter = letterIn(data);
        if (letter !== undefined) yield { place, letter };
      }
    },
    async askEvery(question, request, { timeoutMs }) {
      const asked = {
        service: operatorIdentity,
        name: operatorNameOfQuestion(question),
        body: JSON.stringify(request),
      };
      const said = await orUnavailable(() => everyAnswer(connection, { ...asked, timeoutMs }));
      return repliesOf(
        question,
        said.map(({ data }) => data),
      );
    },
    close: () => connection.close(),
  };
}

const known = (bound: number | undefined): number | null => (bound === undefined || bound <= 0 ? null : bound);

async function stateOf(
  manager: JetStreamManager,
  { name }: Pick<Stream, 'name'> | typeof DeadLetterStream,
): Promise<StreamState> {
  const { config, state } = await manager.streams.info(name);
  const isEmpty = state.messages === 0;
  return {
    ...{ stream: name, messages: state.messages, bytes: state.bytes, bytesMax: known(config.max_bytes) },
    oldestAt: isEmpty ? null : new Date(state.first_ts).toISOString(),
    newestAt: isEmpty ? null : new Date(state.last_ts).toISOString(),
    ageMaxSeconds: config.max_age / 1_000_000_000,
    ...{ consumers: state.consumer_count, copies: config.num_replicas },
  };
}

async function lagOf(manager: JetStreamManager, { name, service, stream, kinds }: Consumer): Promise<ConsumerState> {
  const { num_pending, num_ack_pending, num_redelivered, ack_floor } = await manager.consumers.info(stream, name);
  const isOpen = openStreams.some((each) => each.name === stream);
  const oldestAt =
    num_pending + num_ack_pending === 0 || !isOpen
      ? null
      : await oldestOf(manager, stream, kinds.map(subjectFilterOf), ack_floor.stream_seq + 1);
  return {
    ...{ consumer: name, service, stream, oldestAt },
    ...{ waiting: num_pending, inWork: num_ack_pending, redelivered: num_redelivered },
  };
}

/** When the first message that a consumer has not done was stored. */
async function oldestOf(
  manager: JetStreamManager,
  stream: string,
  filters: readonly string[],
  seq: number,
): Promise<string | null> {
  const next = await Promise.all(
    filters.map((next_by_subj) => manager.direct.getMessage(stream, { seq, next_by_subj })),
  );
  const [oldest] = next.filter((message) => message !== null).sort((a, b) => a.seq - b.seq);
  return oldest?.time.toISOString() ?? null;
}

function told(manager: JetStreamManager, wanted: Wanted, { from, to }: Within): AsyncIterable<Told> {
  async function* row(stream: string, filter: string): AsyncGenerator<Told> {
    const stored = storedMessages(manager, stream, from, filter);
    for (;;) {
      const { done, value } = await orUnavailable(() => stored.next());
      if (done || value.storedAt.getTime() > to.getTime()) return;
      const each = toldOf({ ...value, stream, ...headersOf(value) });
      if (each !== undefined && isWanted(wanted, each)) yield each;
    }
  }
  const rows = openStreams.flatMap((stream) => wantedFilters(stream, wanted).map((filter) => row(stream.name, filter)));
  return merged(rows, isBefore);
}

/** Within one stream the place decides, for several messages are stored in one millisecond. */
const isBefore = (one: Told, other: Told): boolean =>
  one.stream === other.stream ? one.place < other.place : Date.parse(one.at) < Date.parse(other.at);

const headersOf = ({ headers, data }: StoredMessage) => ({
  id: headers.get('Nats-Msg-Id') ?? null,
  traceparent: headers.get('traceparent') ?? null,
  sizeBytes: data.length,
});

/** The server republishes what it has stored, with its place and its time as headers. */
async function listen(connection: NatsConnection, wanted: Wanted, heard: (told: Told) => void) {
  const subscriptions = (wanted.kinds ?? factKinds).map((kind) =>
    connection.subscribe(`${republishedPrefix}${subjectFilterOf(kind)}`, {
      callback(error, { headers, data, subject }) {
        if (error || headers === undefined) return;
        const each = republished(headers, subject, data);
        if (each !== undefined && isWanted(wanted, each)) heard(each);
      },
    }),
  );
  await orUnavailable(() => connection.flush());
  return {
    async stop() {
      for (const subscription of subscriptions) subscription.unsubscribe();
    },
  };
}

function republished(headers: MsgHdrs, subject: string, data: Uint8Array): Told | undefined {
  const of = (name: string): string | null => headers.get(name) || null;
  const storedAt = new Date(of('Nats-Time-Stamp') ?? 0);
  return toldOf({
    ...{ stream: of('Nats-Stream') ?? '', sequence: Number(of('Nats-Sequence')), storedAt, data },
    subjectName: subject.slice(republishedPrefix.length),
    ...{ id: of('Nats-Msg-Id'), traceparent: of('traceparent') },
    sizeBytes: Number(of('Nats-Msg-Size') ?? data.length),
  });
}
