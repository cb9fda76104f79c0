import {
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
  openStreams,
  PolicyDocument,
  questionFilterOf,
  republishedPrefix,
  rights,
  type Stream,
  streams,
  subjectFilterOf,
  subjectNameOfQuestion,
} from '@vox/contracts';
import { needsOf } from './needs.ts';

/** What a user may publish and subscribe to, as subject names of a NATS server. */
export type NatsRights = Readonly<{ publish: readonly string[]; subscribe: readonly string[] }>;

const declared: readonly Consumer[] = Object.values(consumers);
const api = (...calls: string[]): string[] => calls.map((call) => `$JS.API.${call}`);
const once = (names: readonly string[]): string[] => [...new Set(names)];

/** Streams that hold any of these kinds, and where letters of those that could not be taken may stand. */
function holders(kinds: readonly FactKind[]): string[] {
  const holding = streams.filter((stream: Stream) => stream.kinds.some((kind) => kinds.includes(kind)));
  const letters = kinds.length > 0 ? [DeadLetterStream.name] : [];
  return [...holding.map(({ name }) => name), ...letters];
}

/** Reading a bucket key by key and page by page. */
const reading = (stream: string, filter: string): string[] =>
  api(`DIRECT.GET.${stream}`, `DIRECT.GET.${stream}.${filter}`);

/** Whoever operates may read what the open streams and the policies hold, to reconcile, and how far every consumer has come. */
const operating = (): string[] => [
  ...[...openStreams, DeadLetterStream].flatMap(({ name }) => api(`STREAM.INFO.${name}`, `DIRECT.GET.${name}`)),
  ...api(`STREAM.INFO.${bucketStreamOf(PolicyDocument)}`),
  ...reading(bucketStreamOf(PolicyDocument), bucketFilterOf(PolicyDocument)),
  ...declared.flatMap(({ stream, name }) => api(`CONSUMER.INFO.${stream}.${name}`)),
];
/** … and may watch facts once they are stored, and dead letters. */
const watched = (): string[] =>
  [...openStreams.flatMap(({ kinds }) => kinds.map(subjectFilterOf)), DeadLetterStream.subjectFilter].map(
    (filter) => `${republishedPrefix}${filter}`,
  );

/**
 * The rights of one service in subject names: its own facts, questions, consumers, documents and inboxes, and nothing that configures. Not one
 * consumer may it make: whoever makes one says where the server shall put what it delivers, and the server asks nobody whether it may.
 */
export function natsRightsOf(service: string): NatsRights {
  if (service === bootstrapIdentity) return bootstrapRights();
  const given = rights[service];
  if (given === undefined) throw new RangeError(`${service} is no service`);
  const { publishes, asks, writes, follows, repliesTo, reads = [], erases = [] } = given;
  const own = declared.filter((consumer) => consumer.service === service);
  const isOperator = service === 'operator';
  const needs = needsOf(service);
  return {
    publish: once([
      ...publishes.map(subjectFilterOf),
      ...asks.map(subjectNameOfQuestion),
      ...repliesTo.map((other) => `_INBOX.${other}.>`),
      ...needs.streams.flatMap(({ name }) => api(`STREAM.INFO.${name}`)),
      ...(isOperator ? operating() : []),
      ...holders([...reads, ...erases]).flatMap((name) => api(`STREAM.MSG.GET.${name}`)),
      ...holders(erases).flatMap((name) => api(`STREAM.MSG.DELETE.${name}`)),
      ...own.flatMap(({ stream, name }) => [
        ...api(`CONSUMER.INFO.${stream}.${name}`, `CONSUMER.MSG.NEXT.${stream}.${name}`),
        `$JS.ACK.${stream}.${name}.>`,
        deadLetterSubjectName(name),
      ]),
      ...writes.map(bucketFilterOf),
      ...[...writes, ...follows].flatMap((kind) => reading(bucketStreamOf(kind), bucketFilterOf(kind))),
    ]),
    subscribe: once([
      `_INBOX.${service}.>`,
      ...(isOperator ? watched() : [questionFilterOf(service)]),
      ...follows.map(changeFilterOf),
    ]),
  };
}

/** Makes and changes what the contracts name, by name, and takes no message out of it. */
function bootstrapRights(): NatsRights {
  const names = [...[...streams, DeadLetterStream].map(({ name }) => name), ...documentKinds.map(bucketStreamOf)];
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
