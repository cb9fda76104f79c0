import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection, nkeyAuthenticator, type Subscription } from '@nats-io/transport-node';
import { busIdentities, changeSignals, rights } from '@vox/contracts';
import { natsBootstrap, natsBus, natsServerConfig, newServiceKey } from '@vox/platform/bus';
import { systemClock as clock } from '@vox/platform/time';
import { furnish, natsServer } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type Attempt,
  apiAttempts,
  attempted,
  deputyAttempts,
  headerMischief,
  maySay,
  otherAttempts,
  streamMischief,
} from './attempts.ts';
import { jetStreamApi, jetStreamFamilies } from './jetstream-api.fixture.ts';
import { type Keeping, kept } from './keeping.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-thief-'));
const keys = Object.fromEntries(busIdentities.map((name) => [name, newServiceKey()]));
/** The owner of the server, who sees every stream. */
const owner = newServiceKey();
const config = join(folder, 'nats.conf');
writeFileSync(
  config,
  natsServerConfig(Object.fromEntries(busIdentities.map((name) => [name, keys[name]?.publicKey ?? '']))).replace(
    'users: [',
    `users: [\n      { nkey: ${owner.publicKey} }`,
  ),
);
const server = await natsServer({ ...process.env, NATS_URL: undefined }, undefined, config);
const links: NatsConnection[] = [];
async function linkAs(service: string, seed = keys[service]?.seed ?? ''): Promise<NatsConnection> {
  const authenticator = nkeyAuthenticator(new TextEncoder().encode(seed));
  const made = await connect({ servers: server?.url ?? '', inboxPrefix: `_INBOX.${service}`, authenticator });
  links.push(made);
  return made;
}
afterAll(async () => {
  for (const each of links) await each.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const nkeySeed = keys.bootstrap?.seed;
if (server !== undefined) await furnish(server.url, { nkeySeed });
const all = server && (await linkAs('owner', owner.seed));
const manager = all && (await jetstreamManager(all, { checkAPI: false }));
const bootstrap = server && (await natsBootstrap({ servers: [server.url], nkeySeed, replicas: 1, clock }));
const keeping = (): Promise<Keeping> => kept(manager as never);

/** Watches the inboxes of others. Answers what came there that the thief may not send. */
async function receivedElsewhere(thief: string): Promise<() => Promise<string[]>> {
  const received: string[] = [];
  const subscribed: Subscription[] = [];
  for (const other of Object.keys(rights).filter((name) => name !== thief)) {
    const link = await linkAs(other);
    subscribed.push(
      link.subscribe(`_INBOX.${other}.>`, { callback: (_error, { subject }) => void received.push(subject) }),
    );
    await link.flush();
  }
  return async () => {
    await pause(100);
    for (const each of subscribed) each.unsubscribe();
    return received.filter((subject) => !maySay(thief, subject));
  };
}

/** Makes the attempts, and expects no forged or missing message and no changed stream. */
async function leavesNoTrace(service: string, attempts: readonly Attempt[]): Promise<ReadonlySet<string>> {
  const before = await keeping();
  const elsewhere = await receivedElsewhere(service);
  const link = await linkAs(service);
  const refused = await attempted(link, attempts);
  await pause(100);
  const after = await keeping();
  expect(await elsewhere()).toEqual([]);
  expect(after.newSince(before).filter((subjectName) => !maySay(service, subjectName))).toEqual([]);
  expect(after.goneSince(before).filter((subjectName) => !maySay(service, subjectName))).toEqual([]);
  expect(await bootstrap?.differences()).toEqual([]);
  return refused;
}

const services = Object.keys(rights);
/** Publishes one message under every name, so that there is something to lose, and waits until each is stored. */
async function planted(): Promise<void> {
  const names = otherAttempts().map(({ subjectName }) => subjectName);
  const stored = names.filter((name) => /^(vox\.(?!ask|changed)|\$KV)/.test(name));
  await Promise.allSettled(stored.map((name) => all?.request(name, 'canary', { timeout: 10_000 })));
}

describe.skipIf(server === undefined)('a thief with the credential of a service', () => {
  it.each(services)(
    'as %s is refused every call of the server’s interface that is not its own, with every field',
    async (service) => {
      await planted();
      const attempts = apiAttempts(service);
      const refused = await leavesNoTrace(service, attempts);
      const names = [...new Set(attempts.map(({ subjectName }) => subjectName))];
      expect(names.filter((name) => !maySay(service, name) && !refused.has(name))).toEqual([]);
      // Only compliance may delete, and only single messages. Nobody may configure or purge.
      const changing = /API\.(STREAM\.(?!INFO|MSG\.GET)|CONSUMER\.(?!INFO|MSG\.NEXT)|META|SERVER|ACCOUNT)/;
      const own = names.filter((name) => maySay(service, name) && changing.test(name));
      const erasing = ['VOX_CALLS', 'VOX_TRANSCRIPTS', 'VOX_DEAD'].map((name) => `$JS.API.STREAM.MSG.DELETE.${name}`);
      expect(own).toEqual(service === 'compliance' ? erasing : []);
    },
  );

  it.each(services)(
    'as %s is refused facts, documents, questions, inboxes, acknowledgements and system names of others',
    async (service) => {
      const attempts = otherAttempts();
      const refused = await leavesNoTrace(service, attempts);
      const foreign = attempts.map(({ subjectName }) => subjectName).filter((name) => !maySay(service, name));
      expect(foreign.filter((name) => !refused.has(name))).toEqual([]);
    },
  );

  it.each(services)('as %s gets no answer written where it may not write itself', async (service) => {
    await planted();
    await leavesNoTrace(service, deputyAttempts(service));
  });

  it.each(services)('as %s schedules, ages, replaces, counts or traces nothing by a header', async (service) => {
    await planted();
    const before = await keeping();
    const own = otherAttempts().filter(
      ({ subjectName }) => maySay(service, subjectName) && /^(vox\.(?!ask)|\$KV)/.test(subjectName),
    );
    await leavesNoTrace(
      service,
      own.flatMap((each) =>
        headerMischief.map((headers) => ({ ...each, subjectName: `${each.subjectName}.h`, headers })),
      ),
    );
    await pause(1_500);
    // Every earlier message is still there, also under the service’s own names.
    expect((await keeping()).goneSince(before)).toEqual([]);
  });

  it.each(services)('as %s receives only what its rights name', async (service) => {
    const link = await linkAs(service);
    const refused: string[] = [];
    const names = [
      '>',
      '*.>',
      'vox.>',
      'vox.session.>',
      'vox.transcript.>',
      '$KV.>',
      '$JS.>',
      '$SYS.>',
      '_INBOX.>',
      '_R_.>',
    ];
    const others = services.filter((name) => name !== service);
    names.push(...others.flatMap((other) => [`_INBOX.${other}.>`, `vox.ask.${other}.*`]), '_INBOX.bootstrap.>');
    for (const name of names) link.subscribe(name, { callback: (error) => void (error && refused.push(name)) });
    await link.flush();
    await pause(100);
    expect(refused.sort()).toEqual(names.sort());
  });
});

describe.skipIf(server === undefined)('the bootstrap identity', () => {
  it('reads, publishes, purges and deletes no message of a stream', async () => {
    await planted();
    const before = await keeping();
    const taking = /\.(STREAM\.(DELETE|PURGE|MSG|SNAPSHOT|RESTORE)|CONSUMER\.MSG|DIRECT)/;
    const attempts = [
      ...apiAttempts('bootstrap').filter(({ subjectName }) => taking.test(subjectName)),
      ...otherAttempts(),
    ];
    const refused = await attempted(await linkAs('bootstrap'), attempts);
    expect([...new Set(attempts.map(({ subjectName }) => subjectName))].filter((name) => !refused.has(name))).toEqual(
      [],
    );
    expect((await keeping()).newSince(before)).toEqual([]);
  });
  it('shows and undoes every field that would turn a stream into a leak', async () => {
    const name = 'VOX_LEDGER';
    let undone = 0;
    const { config: good } = (await manager?.streams.info(name)) ?? {};
    // These fields cannot be undone by any server: they are shown, and the data are moved by hand.
    const forGood = /allow_msg_ttl|allow_msg_schedules|sealed/;
    for (const bad of streamMischief(name, 'quota').filter((each) => !forGood.test(JSON.stringify(each)))) {
      const update = JSON.stringify({ ...good, ...bad });
      const answer = await all?.request(`$JS.API.STREAM.UPDATE.${name}`, update);
      if (answer?.json<{ error?: object }>().error !== undefined) continue;
      // The server reads some values as what it has already, such as no replica as one.
      const now: object = { ...(await manager?.streams.info(name))?.config };
      const valuesOf = (of: object): unknown[] =>
        Object.keys(bad).map((field) => Object.entries(of).find(([key]) => key === field));
      if (isDeepStrictEqual(valuesOf(now), valuesOf({ ...good }))) continue;
      undone += 1;
      expect(await bootstrap?.differences(), update).toMatchObject([{ name, change: 'changed' }]);
      const lossy = (await bootstrap?.differences())?.flatMap(({ losses }) => losses);
      await bootstrap?.apply(lossy);
      expect(await bootstrap?.differences(), update).toEqual([]);
    }
    expect(undone).toBeGreaterThan(7);
  });
});

describe.skipIf(server === undefined)('who listens to the changes of a tenant', () => {
  it.each([
    ['edge-guard', 'hears them', undefined],
    ['quota', 'is told that it may not, and does not wait for what never comes', 'UNAVAILABLE'],
  ])('as %s %s', async (service, _outcome, code) => {
    const nkeySeed = keys[service]?.seed;
    const bus = await natsBus({ servers: [server?.url ?? ''], service, nkeySeed, clock, onThrow: () => undefined });
    const listening = Promise.all(
      Object.values(changeSignals).map((kind) => bus.listen(kind, { tenantId: 'acme' }, () => undefined)),
    );
    expect(
      await listening.then(
        () => undefined,
        (error) => error.code,
      ),
    ).toBe(code);
    await bus.close();
  });
});

describe('the list of calls that a NATS server answers', () => {
  const isKnown = (found: string): boolean => {
    const name = found.replace(/%s/g, '*').replace(/\.$/, '');
    const roots = [...jetStreamApi.map((call) => call.replace(/\.[*>].*$/, '')), ...jetStreamFamilies];
    return roots.some((root) => name.startsWith(root)) || jetStreamFamilies.includes(`${name}.>`);
  };
  it('holds every call that the client can make', () => {
    const client = dirname(createRequire(import.meta.url).resolve('@nats-io/jetstream'));
    const text = readdirSync(client)
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(client, name), 'utf8'))
      .join('\n');
    const calls = [...text.matchAll(/\$\{(?:this\.)?(?:prefix|pre)\}\.([A-Z]+(?:\.[A-Z]+)*)/g)].map(
      ([, call]) => `$JS.API.${call}`,
    );
    expect(calls.length).toBeGreaterThan(15);
    expect(calls.filter((call) => !isKnown(call))).toEqual([]);
  });
  it.skipIf(spawnSync('nats-server', ['--version']).error !== undefined)(
    'holds every name that the installed server answers',
    () => {
      const binary = spawnSync('sh', ['-c', 'command -v nats-server'], { encoding: 'utf8' }).stdout.trim();
      const text = readFileSync(binary).toString('latin1');
      const names = [...new Set([...text.matchAll(/\$JS\.API\.([A-Z]{3,}[A-Z.*>%s_]*|>)/g)].map(([name]) => name))];
      expect(names.length).toBeGreaterThan(20);
      expect(names.filter((name) => !isKnown(name))).toEqual([]);
    },
  );
});
