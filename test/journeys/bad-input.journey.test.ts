import { randomUUID } from 'node:crypto';
import { consumers, type FactKind, factKinds, subjectFilterOf, typeOf } from '@vox/contracts';
import { routes } from '@vox/edge-guard/routes';
import { Problem } from '@vox/platform/http';
import { settled } from '@vox/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const canary = 'canary-5fd1';
let journey: Journey;
let fixture: Journey['fixture'];
let bus: Journey['bus'];
let widgetKey: string;
let widgetToken: string;
let granted: { sm_session_id: string; session_token: string };

beforeAll(async () => {
  journey = await openJourney({
    limits: { openSessions: 100_000, requestsPerMinute: 1_000_000 },
    ipPerMinute: 1_000_000,
  });
  ({ fixture, bus, widgetKey } = journey);
  const boot = await fetch(`${fixture.url}/api/public/widget/bootstrap?key=${widgetKey}`, { headers: { origin } });
  widgetToken = ((await boot.json()) as { widgetSessionToken: string }).widgetSessionToken;
  const headers = { origin, authorization: `Bearer ${widgetToken}`, 'content-type': 'application/json' };
  const answer = await fetch(`${fixture.url}/api/session`, { method: 'POST', headers, body: '{}' });
  granted = (await answer.json()) as typeof granted;
});
afterAll(() => journey.close());

/** Expects the documented answer or a refusal in the error shape, with no 5xx and without internals or the input. */
async function answersWell(method: string, path: string, init: RequestInit): Promise<void> {
  const response = await fetch(fixture.url + path, { method: method.toUpperCase(), redirect: 'manual', ...init });
  const text = await response.text();
  expect(response.status).toBeLessThan(500);
  expect(text).not.toContain(canary);
  if (response.status === 200) return;
  expect(text).not.toMatch(/node_modules|\.ts:\d|at \w+ \(|ECONN|Zod|mongo/i);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const problem = Problem.parse(JSON.parse(text));
  expect(problem.status).toBe(response.status);
  if (problem.code === 'INVALID_REQUEST') expect(problem.issues?.length).toBeGreaterThan(0);
}

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    canary,
    `${canary}\u0000`,
    '../../etc/passwd',
    '<script>alert(1)</script>',
    `${canary}${'x'.repeat(5_000)}`,
    '\ud800',
    -1,
    0.5,
    1e308,
    true,
    [],
    {},
    [[[]]],
    { $gt: '' },
    { toString: canary },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);
const posts = routes
  .filter(({ method }) => method === 'post')
  .flatMap(({ method, paths, body }) => paths.map((path) => ({ method, path, body })));
const gets = routes
  .filter(({ method }) => method === 'get')
  .flatMap(({ method, paths, query }) => paths.map((path) => ({ method, path, query })));

describe('bad input', () => {
  const valid = (): Record<string, unknown> => ({
    sm_session_id: granted.sm_session_id,
    authToken: granted.session_token,
    responseId: 'r1',
    text_in: 1,
    text_out: 1,
    audio_in: 1,
    audio_out: 1,
    widgetKey,
  });
  const bearers = () => [
    '',
    'Bearer',
    `Bearer ${canary}`,
    `Bearer ${widgetToken}`,
    `Bearer ${granted.session_token}`,
    'Basic eDp5',
    `Bearer ${widgetToken}x`,
  ];

  it.each(posts)(
    'to $path in any field, missing, of a wrong type, too long or hostile, is refused in the error shape',
    async ({ method, path, body }) => {
      const fields = Object.keys(body?.shape ?? {});
      for (const field of [...fields, '__proto__', 'constructor', 'unknown']) {
        const { [field]: _left, ...without } = valid();
        const headers = { 'content-type': 'application/json', origin };
        await answersWell(method, path, { headers, body: JSON.stringify(without) });
        const checked = fc.asyncProperty(hostile, fc.constantFrom(...bearers()), async (value, authorization) => {
          const text = JSON.stringify(valid()).replace(/^\{/, `{${JSON.stringify(field)}:${JSON.stringify(value)},`);
          const merged = field in valid() ? JSON.stringify({ ...valid(), [field]: value }) : text;
          await answersWell(method, path, { headers: { ...headers, authorization }, body: merged });
        });
        await fc.assert(checked, { numRuns: 25 });
      }
    },
  );
  it.each(posts)('to $path as a body of another form is refused in the error shape', async ({ method, path }) => {
    const bodies: [string, string | Uint8Array<ArrayBuffer>][] = [
      ['application/json', '{'],
      ['application/json', ''],
      ['application/json', '"text"'],
      ['application/json', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
      ['application/json', `{"a":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`],
      ['application/json', '{"sm_session_id":1,"sm_session_id":2}'],
      ['application/json', new Uint8Array([0xff, 0xfe, 0x7b])],
      ['application/json; charset=utf-16', '{}'],
      ['application/xml', '<a/>'],
      ['multipart/form-data; boundary=x', '--x--'],
      ['text/plain', canary],
      ['application/json', `{"x":"${'x'.repeat(70_000)}"}`],
    ];
    for (const [type, body] of bodies)
      await answersWell(method, path, { headers: { 'content-type': type, origin }, body });
    await answersWell(method, path, {
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: 'x',
    });
  });
  it.each(gets)(
    'to $path in the query, missing, doubled, empty, long or hostile, is answered as documented',
    async ({ method, path, query }) => {
      await answersWell(method, path, {});
      const names = Object.keys(query?.shape ?? {});
      const pair = fc.tuple(
        fc.constantFrom(...names, 'unknown', '__proto__'),
        // Six of the longest together stay below what Node takes of headers: past that it answers 431 by itself.
        fc.oneof(fc.string(), fc.constantFrom(canary, widgetKey, widgetToken, 'x'.repeat(2_000))),
      );
      const checked = fc.asyncProperty(
        fc.array(pair, { maxLength: 6 }),
        fc.constantFrom(origin, 'null', canary, ''),
        async (pairs, from) => {
          const search = new URLSearchParams(pairs as [string, string][]);
          await answersWell(method, `${path}?${search}`, { headers: { origin: from } });
        },
      );
      await fc.assert(checked, { numRuns: 60 });
    },
  );
  it('to unknown paths and methods is refused in the error shape', async () => {
    for (const path of [
      '/',
      '/api',
      '/api/session/',
      '/api/v1/tenants',
      '/api/transcripts/append',
      '/..%2f..%2fetc/passwd',
      '/%00',
      '/%',
    ])
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) await answersWell(method, path, {});
    await answersWell('GET', '/widget/assets/../../package.json', {});
    await answersWell('GET', '/widget/assets/altcha/..%2f..%2fpackage.json', {});
  });
  it('in an Idempotency-Key is refused in the error shape', async () => {
    const headers = { origin, 'content-type': 'application/json', authorization: `Bearer ${widgetToken}` };
    for (const key of ['', ' ', 'x'.repeat(300), 'é'])
      await answersWell('post', '/api/session', { headers: { ...headers, 'idempotency-key': key }, body: '{}' });
  });
});

describe('a malformed fact', () => {
  const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const envelope = (kind: FactKind, over: object) => ({
    specversion: '1.0',
    id: randomUUID(),
    source: canary,
    type: typeOf(kind),
    subject: 'acme',
    time: '2026-05-05T12:00:00.000Z',
    datacontenttype: 'application/json',
    data: {},
    ...over,
  });
  const forms = (kind: FactKind): Uint8Array[] => [
    new Uint8Array(),
    new Uint8Array([0xff, 0xfe, 0xfd]),
    new TextEncoder().encode(canary),
    bytes(null),
    bytes([]),
    bytes({ data: canary }),
    bytes(envelope(kind, { specversion: '0.3' })),
    bytes(envelope(kind, { type: `${kind.name}.v99` })),
    bytes(envelope(kind, { time: canary })),
    bytes(envelope(kind, { data: canary })),
    bytes(envelope(kind, { data: { tenantId: canary.repeat(9) } })),
    bytes(envelope(kind, { data: { tenantId: 42, sessionId: canary, x: 'x'.repeat(1_000_000) } })),
  ];

  it.each(factKinds.map((kind) => [kind.name, kind] as const))(
    'of the kind %s becomes a dead letter with its cause at every consumer',
    async (_name, kind) => {
      const hearers = Object.values(consumers).filter(({ kinds }) => (kinds as readonly FactKind[]).includes(kind));
      const before = bus.deadLetters().length;
      const sent = forms(kind);
      for (const form of sent) await bus.inject(subjectFilterOf(kind).replace('>', 'acme'), form);
      await settled(bus);
      const letters = bus.deadLetters().slice(before);
      expect(letters).toHaveLength(sent.length * hearers.length);
      expect(new Set(letters.map(({ consumer }) => consumer))).toEqual(new Set(hearers.map(({ name }) => name)));
      for (const { cause } of letters) {
        expect(cause).toMatch(/^(body|envelope|type|data): ./);
        expect(cause).not.toContain(canary);
      }
    },
  );
});
