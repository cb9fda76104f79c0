import { readFileSync } from 'node:fs';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection, nkeyAuthenticator } from '@nats-io/transport-node';
import {
  bucketStreamOf,
  DeadLetter,
  DeadLetterStream,
  type DocumentKind,
  documentKinds,
  rights,
  type Stream,
  streams,
} from '@vox/contracts';
import type { Stack } from '@vox/local/stack';
import { storedMessages } from '@vox/platform/bus';
import { MongoClient } from 'mongodb';
import type { Place } from './search.ts';

/** Everything that a stack has written down so far: logs, metrics, facts, dead letters, documents and both stores. */
export async function placesOf(stack: Stack): Promise<Place[]> {
  const operator = await linkAs(stack, 'operator');
  try {
    return [
      ...logsOf(stack),
      ...(await metricsOf(stack)),
      ...(await factsOf(operator)),
      ...(await documentsOf(stack)),
      await mongoOf(stack),
    ];
  } finally {
    await operator.close();
  }
}

/** A link to the bus with the rights of a service. */
export function linkAs({ services, operatorEnv }: Stack, service: string): Promise<NatsConnection> {
  const env = services.find(({ name }) => name.startsWith(service))?.env ?? operatorEnv;
  return connect({
    servers: operatorEnv.NATS_URL ?? '',
    inboxPrefix: `_INBOX.${service}`,
    authenticator: nkeyAuthenticator(new TextEncoder().encode(env.NATS_NKEY_SEED)),
  });
}

const logsOf = ({ services }: Stack): Place[] =>
  services.map(({ name, logFile }) => ({ name: `log of ${name}`, text: readFileSync(logFile, 'utf8') }));

const metricsOf = ({ services }: Stack): Promise<Place[]> =>
  Promise.all(
    services.map(async ({ name, privateUrl }) => ({
      name: `metrics of ${name}`,
      text: await (await fetch(`${privateUrl}/metrics`)).text(),
    })),
  );

async function allIn(link: NatsConnection, stream: string): Promise<string[]> {
  const found: string[] = [];
  const manager = await jetstreamManager(link, { checkAPI: false });
  for await (const { subjectName, headers, data } of storedMessages(manager, stream))
    found.push(`${subjectName} ${[...headers].join(' ')} ${new TextDecoder().decode(data)}`);
  return found;
}

/** One stream is read by compliance alone. */
const openStreams = streams.filter((stream: Stream) => stream.confidential !== true);

/** A dead letter keeps the message as it came; what was put to it is its cause. */
async function factsOf(link: NatsConnection): Promise<Place[]> {
  const kept = await Promise.all(
    openStreams.map(async ({ name }) => ({ name: `facts in ${name}`, text: (await allIn(link, name)).join('\n') })),
  );
  const letters = (await allIn(link, DeadLetterStream.name)).map((text) =>
    DeadLetter.parse(JSON.parse(text.slice(text.indexOf('{')))),
  );
  const came = letters.map(({ bytes }) => Buffer.from(bytes, 'base64').toString('utf8'));
  return [
    ...kept,
    { name: 'dead letters', text: letters.map(({ bytes: _bytes, ...letter }) => JSON.stringify(letter)).join('\n') },
    { name: 'messages in dead letters', text: came.join('\n') },
  ];
}

/** A bucket is read by those alone who follow it, so each is read as one of them. */
const followerOf = (kind: DocumentKind): string => {
  const found = Object.entries(rights).find(([, { follows }]) => follows.includes(kind));
  if (found === undefined) throw new RangeError(`nobody follows ${kind.bucket}`);
  return found[0];
};

const documentsOf = (stack: Stack): Promise<Place[]> =>
  Promise.all(
    documentKinds.map(async (kind) => {
      const link = await linkAs(stack, followerOf(kind));
      try {
        return { name: `documents of ${kind.bucket}`, text: (await allIn(link, bucketStreamOf(kind))).join('\n') };
      } finally {
        await link.close();
      }
    }),
  );

async function mongoOf({ servers }: Stack): Promise<Place> {
  const client = new MongoClient(servers.mongo.url);
  const rows: string[] = [];
  for (const { name } of (await client.db().admin().listDatabases()).databases.filter((each) => /^vox/.test(each.name)))
    for (const collection of await client.db(name).collections())
      for await (const row of collection.find()) rows.push(`${name} ${JSON.stringify(row)}`);
  await client.close();
  return { name: 'MongoDB', text: rows.join('\n') };
}
