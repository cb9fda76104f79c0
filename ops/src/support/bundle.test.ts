import { newServiceKey } from '@vox/platform/bus';
import { describe, expect, it } from 'vitest';
import { factsWith, goodFacts } from '../doctor/facts.fixture.ts';
import { findingsOf } from '../doctor/findings.ts';
import { bundleOf } from './bundle.ts';
import { withoutSecrets } from './without-secrets.ts';

const { seed } = newServiceKey();
/** What must be nowhere, each as it could stand in a text. */
const canaries: Readonly<Record<string, string>> = {
  seed,
  jwt: 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJjYW5hcnkifQ.Zm9vYmFyYmF6',
  providerKey: 'sk-proj-Canary4Canary4Canary4',
  clientSecret: 'ek_68af296e8e408191a1120ab6383263c2',
  apiKey: 'vk_live_AbCdEfGh12345678_Zm9vYmFyYmF6cXV1eA',
  signingSecret: 'vks_Zm9vYmFyYmF6cXV1eHF1dXV4',
  password: 'hunter2canary',
  key: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=',
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  code: '493817',
  letters: 'correcthorsebatterystaplecanary',
  email: 'ann.canary@example.com',
  card: '4111 1111 1111 1111',
  cardTogether: '5500005555555559',
  iban: 'DE89 3704 0044 0532 0130 00',
  phone: '+34 612 345 678',
};
const words = Object.values(canaries);
const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0CANARY\n-----END PRIVATE KEY-----';
const uris = words.slice(0, 8).map((each) => `mongodb://auth:${encodeURIComponent(each)}@db.example:27017/?x=1`);

const line = (over: object): string => JSON.stringify({ level: 'info', time: '2026-11-30T04:00:00.000Z', ...over });
const keys = [
  'msg',
  'says',
  'check',
  'because',
  'reason',
  'tenantId',
  'sessionId',
  'service',
  'trace_id',
  'anything',
  'tried',
];
const everywhere = [...words, ...uris, pem];
const log = [
  ...everywhere.flatMap((canary) => [
    ...keys.map((key) => line({ [key]: canary })),
    line({ msg: `the thing ${canary} did not work` }),
    line({ [canary]: 'value' }),
    line({
      error: { type: canary, code: canary, message: `it said ${canary}`, stack: [canary] },
      deep: { a: [canary] },
    }),
    canary,
    `${canary} {"msg":"${canary}"`,
  ]),
  line({ service: 'quota', msg: 'running', tenantId: 'acme', trace_id: 'a'.repeat(32), private: 'http://127.0.0.1:1' }),
].join('\n');
const env = Object.fromEntries(
  [
    'NATS_NKEY_SEED',
    'SECRET_KEY',
    'SEAL_KEY',
    'OPENAI_API_KEY',
    'MONGODB_URI',
    'REDIS_URL',
    'SMTP_URL',
    'MAIL_FROM',
  ].map((name, at) => [name, uris[at]]),
);
const metrics = everywhere.map(
  (canary) => `vox_x_total{what=${JSON.stringify(canary)},le="0.5"} 1\n# HELP ${canary}\n${canary} 1`,
);
const source = {
  facts: factsWith('redis', { policy: 'allkeys-lru' }),
  findings: findingsOf(factsWith('redis', { policy: 'allkeys-lru' })),
  env: { ...env, LOG_LEVEL: 'debug', PORT: '8080', RATE_IP_PER_MIN: canaries.password, UNKNOWN: 'hunter2canary' },
  ...{ metrics, logs: [log], linesMax: 100_000, node: 'v24.12.0', platform: 'linux x64' },
};

describe('a support bundle', () => {
  const files = bundleOf(source);
  it('holds no secret, token, code, card, account, telephone number or address of a person, wherever they stood', () => {
    for (const [name, text] of Object.entries(files))
      for (const canary of [...words, ...words.map(encodeURIComponent), 'CANARY', 'hunter2'])
        expect([name, text.includes(canary) && canary]).toEqual([name, false]);
  });
  it('tells what helps: findings, versions, settings, lines of ours and their traces', () => {
    expect(JSON.parse(files['findings.json'] ?? '')).toMatchObject([{ severity: 'high', id: 'redis.eviction' }]);
    expect(JSON.parse(files['versions.json'] ?? '')).toMatchObject({ vox: '1.2.0', nats: '2.12.1', node: 'v24.12.0' });
    expect(JSON.parse(files['configuration.json'] ?? '')).toMatchObject({
      ...{ LOG_LEVEL: 'debug', PORT: '8080', SECRET_KEY: '(set)', MAIL_FROM: '(set)', MONGODB_URI: 'db.example:27017' },
    });
    expect(files['configuration.json']).not.toContain('UNKNOWN');
    expect(files['logs/1.ndjson']).toContain(
      `{"level":"info","time":"2026-11-30T04:00:00.000Z","service":"quota","msg":"running","trace_id":"${'a'.repeat(32)}","tenantId":"acme"}`,
    );
    expect(files['metrics/1.txt']).toBe('vox_x_total{what="[cut]",le="0.5"} 1\n');
  });
  it('counts the lines that are no lines of ours', () => {
    const { 'README.txt': about } = bundleOf({ ...source, logs: ['a\nb\n{"msg":"c"}\n[]\n'] });
    expect(about).toMatch(/^.* 3 lines of logs were left$/m);
  });
  it('is JSON where it says so, whatever was read', () => {
    const hostile = goodFacts.services.read.map((each) => ({ ...each, version: '-----BEGIN X-----', name: 'Bearer' }));
    const { 'versions.json': text = '' } = bundleOf({
      ...source,
      facts: { ...goodFacts, services: { read: hostile } } as never,
    });
    expect(JSON.parse(text)).toHaveProperty('services');
  });
});

describe('a sentence of a log', () => {
  it.each([
    'the NATS server is older than 2.12, which VOX is made for',
    'nothing listens at the address',
    'stream VOX_CALLS is not there: `vox bus apply` puts it right',
    'waiting for 127.0.0.1:4222 since 2026-11-30T04:00:00.000Z (30s)',
    'call 6f9619ff-8b86-4d11-b42d-00c04fc964ff has ended',
  ])('stays as it is where it holds nothing secret: %s', (sentence) => {
    expect(withoutSecrets(sentence)).toBe(sentence);
  });
});
