import { consumers, rights } from '@vox/contracts';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import type { Stack } from './harness.ts';

/** Commands of the Redis connection itself, and commands that only read. */
const harmless = new Set(['ping', 'info', 'hello', 'client', 'select', 'auth', 'monitor', 'quit', 'get', 'exists']);

const requests = 'a person has asked: forgotten.faults.test.ts kills at each step';
const signedIn = 'a member has signed in with a code of a mail';
const old = 'something has outlived its retention: outlived.faults.test.ts kills at each step';
const brokered = 'a call is brokered: brokered.faults.test.ts kills at each step';
const receiver = 'a receiver of webhooks is there: webhooks/workers.test.ts of auth crashes at each step';
const secrets = 'a tenant manages its secrets: secrets/manage.test.ts of auth crashes after each write';
const used = 'an agent has a tool: tools/command/once.test.ts of session-broker crashes at each step';
/** Points that the day of `day.ts` does not reach, and why. It must reach every other one. */
const rare: readonly (readonly [RegExp, string])[] = [
  [/^publish:vox\.privacy\.request-|^publish:vox\.ledger\.|^write:(privacy_requests|export_parts|ledger)$/, requests],
  [
    /^publish:vox\.privacy\.incident-|^write:incident(s|_signals)$/,
    'many refusals within an hour, or a person, open an incident',
  ],
  [/^ack:compliance-audit-ledger$/, 'an erasure was certified'],
  [/^publish:vox\.privacy\.retention-swept\.|^write:retention_receipts$/, old],
  [/^write:audit_anchors$/, 'an audit log has outlived its retention of a month at least'],
  [/^publish:vox\.privacy\.source-slipped\./, 'a door has let card data through'],
  [/^publish:vox\.privacy\.master-key-rotated\./, 'an operator has changed the master key'],
  [/^write:spent_nonces$/, 'a machine has sent a signed request'],
  [
    /^publish:vox\.identity\.(second-factor-|recovery-code|single-sign-on-|domain-proved)|^write:(second_factors|single_sign_)/,
    'a member has a second factor or a provider of its tenant: their own tests stop after each write',
  ],
  [/^publish:vox\.identity\.codes-locked\./, 'somebody has guessed ten codes of an address'],
  [/^publish:vox\.identity\.(member-joined|login-)|^write:(logins|login_devices)$/, signedIn],
  [/^ack:session-broker-logins$/, signedIn],
  [/^write:(codes|mails)$/, 'nobody signs in on that day: tests of codes and of the courier stop them at each step'],
  [/^publish:vox\.identity\.key-aging\./, 'a key is 90 days old'],
  [/^publish:vox\.quota\.model-ending\./, 'a tenant calls with a model that ends within 60 days'],
  [/^publish:vox\.identity\.refusals-digested\./, 'a week is over'],
  [/^publish:vox\.identity\.webhook-(disabled|delivery-failed)\.|^write:webhook_deliveries$/, receiver],
  [/^publish:vox\.identity\.secret-changed\.|^write:secrets$/, secrets],
  [/^ack:auth-webhook-(privacy|trust)$/, 'a deadline of a person is near, or a key is 90 days old'],
  [/^publish:vox\.security\.drain-begun\./, 'an operator drains a copy'],
  [/^publish:vox\.tool\.used\.|^write:tool_(uses|minutes)$/, used],
  [/^write:leads$/, brokered],
  [/^publish:vox\.quota\.model-ending\./, 'a model of a policy ends within sixty days'],
  [
    /^write:schema$/,
    'a release marks its database at its first start: two copies race for it in generation.wire.test.ts',
  ],
  [/^write:(receipt|hash)_keys$|^publish:\$KV\.vox-receipt-keys\./, 'made and shown at a start'],
];

/** Every point at which a copy may die between two steps, from its rights, its consumers and its collections. */
export async function pointsOf(service: string, collections: readonly string[], commands: readonly string[]) {
  const own = rights[service];
  if (own === undefined) throw new RangeError(`${service} is no service`);
  const consumed = Object.values(consumers).filter((consumer) => consumer.service === service);
  const all = [
    ...collections.map((name) => `write:${name}`),
    ...own.publishes.map(({ name }) => `publish:${name}.`),
    ...own.writes.map(({ bucket }) => `publish:$KV.vox-${bucket}.`),
    ...consumed.map(({ name }) => `ack:${name}`),
    ...(service === 'edge-guard' ? commands.map((name) => `redis:${name}`) : []),
  ];
  // Words of brokered calls alone come from the broker.
  const isOfBrokered = (point: string): boolean =>
    service === 'session-broker' && point.startsWith('publish:vox.transcript.');
  return all.filter((point) => !isOfBrokered(point) && !rare.some(([pattern]) => pattern.test(point)));
}

/** The collections of each service that has a database. */
export async function collectionsOf(stack: Stack): Promise<ReadonlyMap<string, readonly string[]>> {
  const client = await new MongoClient(stack.servers.mongo.url).connect();
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
  const found = new Map<string, readonly string[]>();
  for (const service of Object.keys(rights)) {
    const own = databases.filter(({ name }) => name.startsWith(`vox_${service.replaceAll('-', '_')}`));
    const collections = await Promise.all(own.map(({ name }) => client.db(name).listCollections().toArray()));
    const names = collections.flat().map(({ name }) => name);
    found.set(
      service,
      [...new Set(names)].filter((name) => !name.startsWith('system.')),
    );
  }
  await client.close();
  return found;
}

/** The commands that edge-guard sends to Redis during `work`, except those that only read. */
export async function commandsDuring(stack: Stack, work: () => Promise<unknown>): Promise<readonly string[]> {
  const monitor = new Redis(stack.servers.redis.url, { monitor: true, lazyConnect: true });
  // ioredis complains of a command that comes in one packet with the answer to MONITOR, and goes on.
  monitor.on('error', () => undefined);
  const seen = new Set<string>();
  const monitoring = new Promise((resolve) => monitor.once('monitoring', resolve));
  await Promise.all([monitor.connect(), monitoring]);
  monitor.on('monitor', (_time: string, [name = '']: string[], source: string) => {
    if (source !== 'lua') seen.add(name.toLowerCase());
  });
  await work();
  monitor.disconnect();
  return [...seen].filter((name) => !harmless.has(name));
}
