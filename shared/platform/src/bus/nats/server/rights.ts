import {
  BackupDocument,
  backupIdentity,
  bootstrapIdentity,
  bucketFilterOf,
  bucketStreamOf,
  type Consumer,
  changeFilterOf,
  consumers,
  DeadLetterStream,
  deadLetterSubjectName,
  documentKinds,
  type FactKind,
  factKinds,
  LedgerStream,
  openStreams,
  operatorIdentity,
  operatorNameOfQuestion,
  PolicyDocument,
  questionFiltersOf,
  republishedPrefix,
  restoreIdentity,
  rights,
  signalFilterOf,
  signalKinds,
  streams,
  subjectFilterOf,
  subjectNameOfQuestion,
} from '@vox/contracts';
import { streamsHolding } from '../../filters.ts';
import { requiredLayout } from '../required-layout.ts';

/** What a user may publish and subscribe to, as subject names of a NATS server. */
export type NatsRights = Readonly<{ publish: readonly string[]; subscribe: readonly string[] }>;

const declared: readonly Consumer[] = Object.values(consumers);
const api = (...calls: string[]): string[] => calls.map((call) => `$JS.API.${call}`);
const once = (names: readonly string[]): string[] => [...new Set(names)];

/** The streams that hold any of these kinds, and the stream of dead letters. */
function holders(kinds: readonly FactKind[]): string[] {
  const letters = kinds.length > 0 ? [DeadLetterStream.name] : [];
  return [...streamsHolding(kinds).map(({ name }) => name), ...letters];
}

/** The rights to read a bucket key by key and page by page. */
const reading = (stream: string, filter: string): string[] =>
  api(`DIRECT.GET.${stream}`, `DIRECT.GET.${stream}.${filter}`);

/**
 * An operator may read the open streams and the policies, to reconcile, the progress of every consumer, and how full
 * every stream is.
 */
const operating = (): string[] => [
  ...[...openStreams, DeadLetterStream].flatMap(({ name }) => api(`DIRECT.GET.${name}`)),
  ...[...streams, DeadLetterStream].flatMap(({ name }) => api(`STREAM.INFO.${name}`)),
  ...api(`STREAM.INFO.${bucketStreamOf(PolicyDocument)}`),
  ...reading(bucketStreamOf(PolicyDocument), bucketFilterOf(PolicyDocument)),
  ...declared.flatMap(({ stream, name }) => api(`CONSUMER.INFO.${stream}.${name}`)),
];
/** An operator may also watch stored facts and dead letters; of what was said in calls the server tells the headers. */
const watched = (): string[] =>
  [...factKinds.map(subjectFilterOf), DeadLetterStream.subjectFilter].map((filter) => `${republishedPrefix}${filter}`);

/**
 * The rights of one service as subject names: its own facts, questions, consumers, documents and inboxes, and nothing
 * that configures. It may not make a consumer: whoever makes one chooses where the server puts what it delivers, and
 * the server does not check that choice.
 */
export function natsRightsOf(service: string): NatsRights {
  const ofStreams = streamRights[service];
  if (ofStreams !== undefined) return ofStreams();
  const given = rights[service];
  if (given === undefined) throw new RangeError(`${service} is no service`);
  const { publishes, asks, writes, follows, repliesTo, reads = [], erases = [] } = given;
  const own = declared.filter((consumer) => consumer.service === service);
  const isOperator = service === operatorIdentity;
  const required = requiredLayout(service);
  return {
    publish: once([
      ...publishes.map(subjectFilterOf),
      ...asks.map(isOperator ? operatorNameOfQuestion : subjectNameOfQuestion),
      ...repliesTo.map((other) => `_INBOX.${other}.>`),
      ...required.streams.flatMap(({ name }) => api(`STREAM.INFO.${name}`)),
      ...(isOperator ? operating() : []),
      ...holders([...reads, ...erases]).flatMap((name) => api(`STREAM.MSG.GET.${name}`)),
      ...holders(erases).flatMap((name) => api(`STREAM.MSG.DELETE.${name}`)),
      // Whoever hears for a consumer reads its dead letters back when an operator has them delivered again.
      ...(own.length > 0 ? api(`DIRECT.GET.${DeadLetterStream.name}`) : []),
      ...own.flatMap(({ stream, name }) => [
        ...api(`CONSUMER.INFO.${stream}.${name}`, `CONSUMER.MSG.NEXT.${stream}.${name}`),
        `$JS.ACK.${stream}.${name}.>`,
        deadLetterSubjectName(name),
      ]),
      ...signalKinds.filter(({ from }) => from === service).map(signalFilterOf),
      ...writes.map(bucketFilterOf),
      ...[...writes, ...follows].flatMap((kind) => reading(bucketStreamOf(kind), bucketFilterOf(kind))),
    ]),
    subscribe: once([
      `_INBOX.${service}.>`,
      ...(isOperator ? watched() : questionFiltersOf(service)),
      ...signalKinds.filter(({ to }) => to === service).map(signalFilterOf),
      ...follows.map(changeFilterOf),
    ]),
  };
}

const factStreams = (): string[] => [...streams, DeadLetterStream].map(({ name }) => name);
const allStreams = (): string[] => [...factStreams(), ...documentKinds.map(bucketStreamOf)];
/** Whether anybody waits for messages: services that run would change what is read or put back. */
const seeingConsumers = (): string[] => declared.flatMap(({ stream, name }) => api(`CONSUMER.INFO.${stream}.${name}`));

/** The rights to read every stream whole, confirming each part as the server asks, and to say that it was done. */
function backupRights(): NatsRights {
  return {
    publish: [
      ...allStreams().flatMap((name) => api(`STREAM.INFO.${name}`, `STREAM.SNAPSHOT.${name}`)),
      ...allStreams().map((name) => `$JS.SNAPSHOT.ACK.${name}.>`),
      ...factStreams().flatMap((name) => api(`STREAM.MSG.GET.${name}`)),
      ...seeingConsumers(),
      bucketFilterOf(BackupDocument),
    ],
    subscribe: [`_INBOX.${backupIdentity}.>`],
  };
}

/** The rights to make streams from a backup, in the place of others, and to add what was published meanwhile. */
function restoreRights(): NatsRights {
  return {
    publish: [
      ...allStreams().flatMap((name) => api(`STREAM.INFO.${name}`, `STREAM.RESTORE.${name}`, `STREAM.DELETE.${name}`)),
      ...declared
        .filter(({ stream }) => stream === LedgerStream.name)
        .flatMap(({ stream, name }) => api(`CONSUMER.DELETE.${stream}.${name}`)),
      ...allStreams().map((name) => `$JS.SNAPSHOT.RESTORE.${name}.>`),
      ...streams.flatMap(({ kinds }) => kinds.map(subjectFilterOf)),
      DeadLetterStream.subjectFilter,
      ...seeingConsumers(),
    ],
    subscribe: [`_INBOX.${restoreIdentity}.>`],
  };
}

/** The rights to make and change what the contracts name, by name. No message may be deleted. */
function bootstrapRights(): NatsRights {
  const names = allStreams();
  return {
    publish: [
      ...api('STREAM.LIST', 'CONSUMER.LIST.*'),
      ...names.flatMap((name) => api(`STREAM.CREATE.${name}`, `STREAM.UPDATE.${name}`)),
      ...names.flatMap((name) => api(`CONSUMER.DELETE.${name}.*`)),
      ...declared.flatMap(({ stream, name }) => api(`CONSUMER.CREATE.${stream}.${name}`)),
    ],
    subscribe: [`_INBOX.${bootstrapIdentity}.>`],
  };
}

const streamRights: Readonly<Record<string, () => NatsRights>> = {
  [bootstrapIdentity]: bootstrapRights,
  [backupIdentity]: backupRights,
  [restoreIdentity]: restoreRights,
};
