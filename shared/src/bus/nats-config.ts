import { nkeys } from '@nats-io/transport-node';
import {
  type Consumer,
  consumers,
  DeadLetterStream,
  deadLetterSubjectName,
  documentKinds,
  openStreams,
  questionFilterOf,
  type Rights,
  rights,
  streams,
  subjectFilterOf,
  subjectNameOfQuestion,
} from '../contracts/mod.ts';

const declared: readonly Consumer[] = Object.values(consumers);
const streamNames = [...streams, DeadLetterStream].map(({ name }) => name);
const bucketStream = (bucket: string): string => `KV_vox-${bucket}`;

/** An operator may read what these streams and the policies hold, to verify the books. */
const readable = [...[...openStreams, DeadLetterStream].map(({ name }) => name), bucketStream('policy')].flatMap(
  (name) =>
    [
      `STREAM.INFO.${name}`,
      `DIRECT.GET.${name}.>`,
      `STREAM.MSG.GET.${name}`,
      `CONSUMER.CREATE.${name}.>`,
      `CONSUMER.INFO.${name}.>`,
      `CONSUMER.LIST.${name}`,
      `CONSUMER.MSG.NEXT.${name}.>`,
      `CONSUMER.DELETE.${name}.>`,
    ].map((call) => `$JS.API.${call}`),
);

/** … and how far every consumer has come, of what was said too. */
const positions = declared.map(({ stream, name }) => `$JS.API.CONSUMER.INFO.${stream}.${name}`);

/** An operator may watch facts as they are told, and dead letters. */
const watched = [...openStreams.flatMap(({ kinds }) => kinds.map(subjectFilterOf)), DeadLetterStream.subjectFilter];

/** What a user may publish and subscribe to, as subject names of a NATS server. */
export type NatsRights = Readonly<{ publish: readonly string[]; subscribe: readonly string[] }>;

/** The rights of one service in subject names: its own facts, questions, consumers, buckets and inboxes, and nothing else. */
export function natsRightsOf(
  service: string,
  { says, asks, writes, follows, repliesTo, forgets = false }: Rights,
): NatsRights {
  const own = declared.filter((consumer) => consumer.service === service);
  const buckets = [...new Set([...writes, ...follows])].map(({ bucket }) => bucket);
  const makes =
    service === 'operator' ? [] : [...streamNames, ...documentKinds.map(({ bucket }) => bucketStream(bucket))];
  const api = (...calls: string[]): string[] => calls.map((call) => `$JS.API.${call}`);
  return {
    publish: [
      ...says.map(subjectFilterOf),
      ...asks.map(subjectNameOfQuestion),
      ...repliesTo.map((other) => `_INBOX.${other}.>`),
      ...api('INFO'),
      ...(service === 'operator' ? [...readable, ...positions] : []),
      ...(forgets ? streamNames.flatMap((name) => api(`STREAM.MSG.GET.${name}`, `STREAM.MSG.DELETE.${name}`)) : []),
      ...makes.flatMap((name) => api(`STREAM.CREATE.${name}`, `STREAM.UPDATE.${name}`, `STREAM.INFO.${name}`)),
      ...own.flatMap(({ stream, name }) => [
        ...api(
          `CONSUMER.CREATE.${stream}.${name}`,
          `CONSUMER.CREATE.${stream}.${name}.>`,
          `CONSUMER.DURABLE.CREATE.${stream}.${name}`,
          `CONSUMER.INFO.${stream}.${name}`,
          `CONSUMER.MSG.NEXT.${stream}.${name}`,
        ),
        `$JS.ACK.${stream}.${name}.>`,
        deadLetterSubjectName(name),
      ]),
      ...writes.map(({ bucket }) => `$KV.vox-${bucket}.>`),
      ...buckets.flatMap((bucket) => [
        ...api(
          `DIRECT.GET.${bucketStream(bucket)}.>`,
          `STREAM.MSG.GET.${bucketStream(bucket)}`,
          `CONSUMER.CREATE.${bucketStream(bucket)}.>`,
          `CONSUMER.INFO.${bucketStream(bucket)}.>`,
          `CONSUMER.DELETE.${bucketStream(bucket)}.>`,
        ),
        `$JS.FC.${bucketStream(bucket)}.>`,
      ]),
    ],
    subscribe: [`_INBOX.${service}.>`, questionFilterOf(service), ...(service === 'operator' ? watched : [])],
  };
}

/**
 * A client whose line died without a word holds its place among those who answer a question, and every question that comes to it is lost, until the
 * server finds it gone: by its own defaults after six minutes, with these within nine seconds.
 */
const pings = { interval: '3s', unanswered: 2 };

const listed = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(', ');

/**
 * A nats-server configuration in which each service proves itself by its nkey and may do what it must, no more, and a client that is gone is soon
 * known to be. `keys` holds the public user nkey (U…) of each. Throws RangeError for a name that is no service.
 */
export function natsServerConfig(keys: Readonly<Record<string, string>>): string {
  const users = Object.entries(keys).map(([service, nkey]) => {
    const given = rights[service];
    if (given === undefined) throw new RangeError(`${service} is no service`);
    const { publish, subscribe } = natsRightsOf(service, given);
    return `    { nkey: ${nkey}, permissions: {
        publish: { allow: [${listed(publish)}] },
        subscribe: { allow: [${listed(subscribe)}] },
        allow_responses: { max: 1, expires: "1m" } } }`;
  });
  return `ping_interval: ${pings.interval}\nping_max: ${pings.unanswered}\nauthorization: {\n  users: [\n${users.join(',\n')}\n  ]\n}\n`;
}

export type ServiceKey = Readonly<{ seed: string; publicKey: string }>;

/** A new user nkey: the seed is the service's secret, the public key goes into the servers' configuration. */
export function newServiceKey(): ServiceKey {
  const pair = nkeys.createUser();
  return { seed: new TextDecoder().decode(pair.getSeed()), publicKey: pair.getPublicKey() };
}

/** The public half of a seed. Throws when it is none. */
export const publicKeyOf = (seed: string): string => nkeys.fromSeed(new TextEncoder().encode(seed)).getPublicKey();
