import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs, factsWith, goodFacts, goodStreams, nowMs } from './facts.fixture.ts';
import { type Facts, parts } from './facts.ts';
import { findingsOf } from './findings.ts';
import { textOf } from './shown.ts';

const told = (facts: Facts): string[] => findingsOf(facts).map(({ severity, id }) => `${severity} ${id}`);
const [first, ...others] = goodStreams;
/** All streams, the first of them with something else. */
const streamsWith = (over: object): Facts => ({
  ...factsWith('monitor', { streams: [{ ...first, ...over }, ...others] }),
  nats: { unread: 'not given', says: 'nobody said where it is', mend: 'Say it.' },
});
const [redis] = goodFacts.certificates.read.known;
const certificate = (over: object): Facts => factsWith('certificates', { known: [{ ...redis, ...over }] });
const [tenant] = goodFacts.tenants.read;
const key = {
  ...{ key: 'w_acme_site_0123456789abcdef', label: 'site', origins: ['https://shop.example'], agentIds: null },
  ...{ revokedAt: null, expiresAt: null, halted: false, environment: 'production', createdAt: null },
};
const tenants = (over: object): Facts => ({ ...goodFacts, tenants: { read: [{ ...tenant, ...over }] } }) as Facts;
const services = (over: object): Facts =>
  ({ ...goodFacts, services: { read: [{ ...goodFacts.services.read[0], ...over }] } }) as Facts;
const secret = (over: object): Facts =>
  ({ ...goodFacts, secrets: { read: [{ ...goodFacts.secrets.read[0], ...over }] } }) as Facts;
const unread = { unread: 'not given', says: 'nobody said where it is', mend: 'Say it.' } as const;
const silence = { says: 'it does not answer', mend: 'Start it.' };
const alone = factsWith('nats', { isCluster: false, streams: [] });
const oneServer: Facts = {
  ...alone,
  monitor: {
    read: {
      ...goodFacts.monitor.read,
      clusterSize: 1,
      syncAlways: false,
      streams: goodStreams.map((each) => ({ ...each, replicas: 1 })),
    },
  },
};

/** Each thing that can be wrong, and what is then said. */
const wrong: readonly (readonly [string, Facts, readonly string[]])[] = [
  ['a stream that throws away', streamsWith({ discard: 'old' }), ['high nats.discard VOX_CALLS']],
  ['a stream in memory', streamsWith({ storage: 'memory' }), ['high nats.storage VOX_CALLS']],
  ['a stream that keeps too short', streamsWith({ ageMaxSeconds: 60 }), ['medium nats.age VOX_CALLS']],
  ['a stream that fills up', streamsWith({ bytes: 810 }), ['medium nats.full VOX_CALLS']],
  ['a stream that is almost full', streamsWith({ bytes: 951 }), ['high nats.full VOX_CALLS']],
  ['a stream without a limit', streamsWith({ bytes: 951, bytesMax: -1 }), []],
  ['a copy that is down', streamsWith({ replicasDown: ['n3'] }), ['high nats.replica-down VOX_CALLS']],
  ['one copy in a cluster', streamsWith({ replicas: 1 }), ['high nats.replicas']],
  ['one server that writes late', oneServer, ['high nats.sync', 'medium nats.replicas']],
  ['a cluster that writes late', factsWith('monitor', { syncAlways: false }), ['low nats.sync']],
  ['a stream that is not there', factsWith('monitor', { streams: others }), []],
  ['a stream that nobody has', { ...factsWith('monitor', { streams: others }), nats: unread }, ['high nats.missing']],
  ['a full disk of streams', factsWith('monitor', { storageBytes: 99 }), ['high nats.disk']],
  ['many connections', factsWith('monitor', { connections: 60_000 }), ['medium nats.connections']],
  ['a bus that lets anybody in', factsWith('monitor', { demandsAuthentication: false }), ['high nats.open']],
  ['slow readers', factsWith('monitor', { slowConsumers: 2 }), ['low nats.slow-consumers']],
  ['a bus without TLS', factsWith('nats', { tls: false }), ['high nats.tls']],
  ['a bus without TLS on this machine', factsWith('nats', { tls: false, isLoopback: true }), []],
  ['a consumer that is gone', factsWith('nats', { consumersMissing: ['quota-requests'] }), ['high nats.consumers']],
  [
    'a consumer that lags',
    factsWith('nats', { consumers: [{ name: 'quota-ends', stream: 'VOX_CALLS', waiting: 999, underWay: 1 }] }),
    ['medium nats.lag quota-ends'],
  ],
  ['an old bus', factsWith('nats', { version: '2.9.25' }), ['high versions.nats']],
  ['an operator with more rights', factsWith('nats', { tooMuch: ['to hear x'] }), ['high rights.too-much']],
  ['a Redis that evicts', factsWith('redis', { policy: 'allkeys-lru' }), ['high redis.eviction']],
  ['a Redis that keeps its policy to itself', factsWith('redis', { policy: undefined }), ['medium redis.eviction']],
  ['a Redis without a limit', factsWith('redis', { bytesMax: 0 }), ['medium redis.no-limit']],
  ['a Redis that is almost full', factsWith('redis', { bytes: 960 }), ['high redis.full']],
  ['a Redis that writes', factsWith('redis', { appends: true }), ['low redis.persistence']],
  ['a Redis without TLS', factsWith('redis', { tls: false }), ['high redis.tls']],
  ['a Redis without a password', factsWith('redis', { hasPassword: false }), ['high redis.open']],
  ['a Redis on this machine', factsWith('redis', { user: 'default', isLoopback: true }), ['medium redis.open']],
  ['a Redis user who may do more', factsWith('redis', { tooMuch: ['CONFIG GET'] }), ['high redis.rights']],
  ['an old Redis', factsWith('redis', { version: '6.2.1' }), ['high versions.redis']],
  ['a MongoDB alone', factsWith('mongo', { setName: undefined, members: 1 }), ['medium mongo.members']],
  ['a MongoDB of two', factsWith('mongo', { members: 2 }), ['medium mongo.members']],
  ['a member that is down', factsWith('mongo', { membersDown: ['b:27017'] }), ['high mongo.member-down']],
  ['a weak write concern of the server', factsWith('mongo', { defaultWrite: '1' }), ['medium mongo.write-concern']],
  ['a weak write concern of the URI', factsWith('mongo', { uriWrite: '0' }), ['medium mongo.write-concern']],
  ['a MongoDB without TLS', factsWith('mongo', { tls: false }), ['high mongo.tls']],
  ['a MongoDB without users', factsWith('mongo', { user: undefined }), ['high mongo.open']],
  ['a user that is not there', factsWith('mongo', { usersMissing: ['auth'] }), ['medium mongo.users']],
  ['a user with more roles', factsWith('mongo', { roles: new Map([['auth', ['root@admin']]]) }), ['high mongo.rights']],
  ['an administrator', factsWith('mongo', { roles: new Map([['admin', ['root@admin']]]) }), []],
  ['few connections left', factsWith('mongo', { connections: 96, connectionsFree: 4 }), ['high mongo.connections']],
  ['questions without an answer', factsWith('mongo', { unanswered: ['usersInfo'] }), ['skipped mongo.unanswered']],
  ['an old MongoDB', factsWith('mongo', { version: '6.0.9' }), ['high versions.mongodb']],
  [
    'a clock that is a second off',
    factsWith('redis', { clock: { of: 'Redis', aheadMs: 1_000, uncertaintyMs: 10 } }),
    ['medium clocks.apart'],
  ],
  [
    'a clock that is far off',
    factsWith('mongo', { clock: { of: 'MongoDB', aheadMs: -9_000, uncertaintyMs: 10 } }),
    ['high clocks.apart'],
  ],
  [
    'a clock that is not known well',
    factsWith('door', { clock: { of: 'the public door', aheadMs: 900, uncertaintyMs: 600 } }),
    [],
  ],
  ['a certificate that ended', certificate({ untilMs: nowMs - 1 }), ['high certificates.ended Redis']],
  ['a certificate of tomorrow', certificate({ fromMs: nowMs + dayMs }), ['high certificates.early Redis']],
  ['a certificate of nobody', certificate({ disbelief: 'x' }), ['high certificates.disbelieved Redis']],
  ['a certificate of a week', certificate({ untilMs: nowMs + 6 * dayMs }), ['high certificates.ending Redis']],
  ['a certificate of a month', certificate({ untilMs: nowMs + 29 * dayMs }), ['medium certificates.ending Redis']],
  ['a certificate of years', certificate({ untilMs: nowMs + 900 * dayMs }), ['low certificates.long Redis']],
  ['an authority of years', certificate({ untilMs: nowMs + 900 * dayMs, isAuthority: true }), []],
  ['a server without a certificate', factsWith('certificates', { silent: ['NATS'] }), ['skipped certificates.silent']],
  ['a secret that all may read', secret({ othersMayRead: true }), ['high secrets.readable']],
  ['a secret of last year', secret({ writtenAtMs: nowMs - 366 * dayMs }), ['medium secrets.old']],
  ['more rights than the contracts', factsWith('rights', { tooMuch: ['a: publish x'] }), ['high rights.too-much']],
  ['fewer rights', factsWith('rights', { tooLittle: ['a: publish x'] }), ['high rights.too-little']],
  ['strange accounts', factsWith('rights', { strangers: ['x'] }), ['medium rights.strangers']],
  ['a configuration that was not read', factsWith('rights', { writtenAtMs: nowMs }), ['high rights.unread']],
  ['a copy that is down', services({ version: undefined }), ['high services.silent']],
  ['a copy that is not ready', services({ notReady: ['bus'] }), ['high services.unready http://10.0.0.1:9090']],
  ['a copy of another version', services({ version: '1.1.0' }), ['medium versions.mixed']],
  ['a door without TLS', factsWith('door', { tls: false }), ['high door.tls']],
  ['a model that ends', tenants({ agents: [{ models: ['gpt-old'] }] }), ['medium models.ending gpt-old']],
  ['a suspended tenant', tenants({ status: 'suspended', agents: [{ models: ['gpt-old'] }] }), []],
  [
    'a page without TLS',
    tenants({ keys: [{ ...key, origins: ['http://shop.example'] }] }),
    ['high tenants.http-origins'],
  ],
  ['a dead key', tenants({ keys: [{ ...key, origins: ['http://a.example'], revokedAt: '2026-01-01T00:00:00Z' }] }), []],
  [
    'a developer’s page',
    tenants({ keys: [{ ...key, origins: ['http://localhost:3000'] }] }),
    ['low tenants.loopback-origins'],
  ],
  ['no guard against bots', tenants({ keys: [key], bot: { mode: 'off' } }), ['high tenants.bot-off']],
  ['an old key', tenants({ keys: [{ ...key, createdAt: '2026-01-01T00:00:00Z' }] }), ['low tenants.old-keys']],
  ['no drill', { ...goodFacts, drill: { read: undefined } }, ['high drill.never']],
  ['a drill that failed', factsWith('drill', { succeeded: false }), ['high drill.failed']],
  ['a drill of spring', factsWith('drill', { atMs: nowMs - 200 * dayMs }), ['medium drill.old']],
];

describe('doctor', () => {
  it('finds nothing where everything is as it should be', () => {
    expect(findingsOf(goodFacts)).toEqual([]);
  });
  it.each(wrong)('tells of %s', (_what, facts, ids) => {
    expect(told(facts).filter((each) => each !== 'skipped nats.not-given')).toEqual(ids);
  });
  it('writes each finding in whole sentences: what, why it matters, how to mend it', () => {
    for (const { what, why, mend, id } of wrong.flatMap(([, facts]) => findingsOf(facts)))
      for (const sentence of [what, why, mend])
        expect([id, sentence]).toEqual([id, expect.stringMatching(/^\S.*\.$/s)]);
  });
  it('tells of every part that it could not look at, whichever they are', () => {
    const names = Object.keys(parts) as (keyof typeof parts)[];
    const why = fc.constantFrom('not given', 'silent', 'refused');
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), why), (lacking) => {
        const over = Object.fromEntries(
          Object.entries(lacking).map(([name, unread]) => [name, { ...silence, unread }]),
        );
        const ids = findingsOf({ ...goodFacts, ...over } as Facts).map(({ id }) => id);
        for (const [name, unread] of Object.entries(lacking))
          expect(ids).toContain(`${name}.${unread.replace(' ', '-')}`);
      }),
    );
  });
  it('names the service that is upgraded next, so that whoever hears a fact knows it first', () => {
    const [quota] = goodFacts.services.read;
    const copies = [
      { ...quota, name: 'edge-guard', version: '1.1.0' },
      { ...quota, name: 'session-broker', version: '1.1.0' },
    ];
    const found = findingsOf({ ...goodFacts, services: { read: copies } } as Facts);
    expect(found[0]?.mend).toMatch(
      /^Upgrade session-broker next; the order is `vox bus apply`, then compliance, auth,/,
    );
  });
  it('shows the gravest first, and counts', () => {
    const text = textOf(findingsOf(factsWith('redis', { policy: 'allkeys-lru', appends: true, bytesMax: 0 })));
    expect(text.match(/^[A-Z]+/gm)).toEqual(['HIGH', 'MEDIUM', 'LOW']);
    expect(text).toMatch(/\n1 high, 1 medium, 1 low, 0 skipped\n$/);
  });
});
