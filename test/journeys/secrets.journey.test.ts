import { setTimeout as pause } from 'node:timers/promises';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { type Role, SecretChanged } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { startOpenTelemetry } from '@vox/platform/lifecycle';
import { rowsOf } from '@vox/platform/store';
import { logger } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import { settled } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretBorrower } from '../../services/session-broker/src/tools/publish/borrow-secrets.ts';
import { keepBorrowed } from '../../services/session-broker/src/tools/publish/keep-borrowed.ts';
import { leaks, type Place } from '../canary/search.ts';
import { type Journey, openJourney } from './journey.ts';
import { loginTokens } from './login-token.ts';

const exporter = new InMemorySpanExporter();
const telemetry = startOpenTelemetry('fixture', {}, [new SimpleSpanProcessor({ exporter })]);
const [first, second, refused] = ['canary-first-0b31', 'canary-second-77d0', 'canary-refused-5ae2'];
const host = 'api.shop.example';
const logged: string[] = [];
const answers: string[] = [];
const asked: string[] = [];
let isDown = false;
let journey: Journey;
let token: Awaited<ReturnType<typeof loginTokens>>;

beforeAll(async () => {
  const destination = { write: (line: string) => void logged.push(line) };
  const log = logger({ service: 'fixture', level: 'debug', withPersonalData: true, destination });
  journey = await openJourney({
    log,
    between: (bus) => ({
      publish: async (kind, fact, options) => {
        if (isDown && kind.name === SecretChanged.name)
          throw new Fault('UNAVAILABLE', {}, { cause: new Error('down') });
        return bus.publish(kind, fact, options);
      },
      answer: (question, handle) =>
        bus.answer(question, async (request, asker) => {
          const answer = await handle(request, asker);
          asked.push(JSON.stringify({ question: question.name, answer }));
          return answer;
        }),
    }),
  });
  token = await loginTokens(journey.bus);
});
afterAll(async () => {
  await journey.close();
  await telemetry.stop();
});

type Sent = Readonly<{ body?: object; as?: Role; isFresh?: boolean; ifMatch?: string }>;

async function send(method: string, path: string, { body, as = 'developer', isFresh = true, ifMatch }: Sent = {}) {
  const freshUntil = Math.floor(Date.now() / 1_000) + 300;
  const login = await token({ role: as, ...(isFresh && { freshUntil }) });
  const answer = await fetch(`${journey.url}/api/v1/secrets${path}`, {
    method,
    headers: {
      ...{ cookie: `__Host-tenant_session=${login.token}`, origin: journey.url, 'x-vox-request': '1' },
      ...(body && { 'content-type': 'application/json' }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  answers.push(`${JSON.stringify([...answer.headers])} ${text}`);
  return { status: answer.status, body: JSON.parse(text) };
}
const ofBroker: Parameters<typeof secretBorrower>[0] = {
  ask: (question, request, options) => journey.bus.ask(question, request, { ...options, as: 'session-broker' }),
};
const wanted = { tenantId: 'demo', names: ['SHOP_KEY'], host, timeoutMs: 2_000 };
const borrow = () => secretBorrower(ofBroker)(wanted);
const borrowed = async (): Promise<string | undefined> => {
  const lent = await borrow();
  return lent.kind === 'lent' ? lent.values.get('SHOP_KEY')?.reveal() : lent.why;
};

async function placesOf({ bus, stores }: Journey): Promise<Place[]> {
  const kept: Place[] = [];
  for (const [name, store] of Object.entries(stores)) {
    if (typeof (store as { all?: unknown }).all !== 'function') continue;
    let text = '';
    for await (const row of rowsOf(store as Parameters<typeof rowsOf>[0])) text += JSON.stringify(row);
    kept.push({ name: `store ${name}`, text });
  }
  const spans = exporter
    .getFinishedSpans()
    .map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
  return [
    ...kept,
    { name: 'facts', text: JSON.stringify(bus.published()) },
    { name: 'logs', text: logged.join('\n') },
    { name: 'spans', text: JSON.stringify(spans) },
    { name: 'answers over HTTP', text: answers.join('\n') },
    { name: 'answers on the bus', text: asked.join('\n') },
  ];
}

describe('a secret of a tenant', () => {
  it('is kept, bound to hosts, rotated, lent and removed, and its value is found nowhere', async () => {
    const made = await send('POST', '', { body: { name: 'SHOP_KEY', value: first, hosts: [host, 'other.example'] } });
    expect([made.status, made.body.secret.version]).toEqual([201, 1]);
    expect(await borrowed()).toBe(first);

    const rotation = { body: { value: second, reason: 'a year is over' } };
    expect((await send('POST', '/SHOP_KEY/rotate', { ...rotation, ifMatch: '"7"' })).status).toBe(412);
    expect((await send('POST', '/SHOP_KEY/rotate', { ...rotation, ifMatch: '"1"' })).body.secret.version).toBe(2);
    expect(await borrowed()).toBe(second);

    const wrong: readonly (readonly [number, string, string, Sent])[] = [
      [403, 'POST', '', { body: { name: 'A', value: refused, hosts: [host] }, as: 'viewer' }],
      [403, 'POST', '', { body: { name: 'A', value: refused, hosts: [host] }, isFresh: false }],
      [400, 'POST', '', { body: { name: 'SHOP_KEY', value: refused, hosts: [host] } }],
      [400, 'POST', '', { body: { name: 'A', value: refused, hosts: [host], [refused]: refused } }],
      [400, 'POST', '', { body: { name: 'A', value: { [refused]: refused }, hosts: [host] } }],
      [400, 'POST', '', { body: { name: 'A', value: refused.repeat(400), hosts: [host] } }],
      [404, 'POST', '/NO_KEY/rotate', { body: { value: refused } }],
      [403, 'GET', '', { as: 'privacy-officer' }],
    ];
    for (const [status, method, path, sent] of wrong)
      expect([path, (await send(method, path, sent)).status]).toEqual([path, status]);

    const hosts = await send('PUT', '/SHOP_KEY/hosts', { body: { hosts: ['other.example'] }, ifMatch: '"2"' });
    expect(hosts.body.secret.hosts).toEqual(['other.example']);
    expect(await borrowed()).toBe('host');
    const { secrets } = (await send('GET', '', { isFresh: false })).body;
    expect(secrets).toMatchObject([{ name: 'SHOP_KEY', version: 2, inForceFrom: null }]);
    isDown = true;
    const outage = { body: { name: 'MAP_KEY', value: refused, hosts: [host] } };
    expect((await send('POST', '', outage)).status).toBe(503);
    await expect.poll(() => logged.length, { timeout: 10_000 }).toBeGreaterThan(0);
    isDown = false;
    await settled(journey.bus);

    const found = await placesOf(journey);
    for (const name of ['store secretBooks', 'facts', 'logs', 'spans', 'answers over HTTP', 'answers on the bus'])
      expect(found.find((place) => place.name === name)?.text.length, name).toBeGreaterThan(100);
    // Whoever writes a body with a field that is none is told the name of that field.
    const canaries = [first, second].map((value) => ({ what: 'a value', value }));
    expect(
      leaks([...canaries, { what: 'a refused value', value: refused, mayBeIn: /^answers over HTTP$/ }], found),
    ).toEqual([]);
    expect(leaks([{ what: 'a planted word', value: 'SHOP_KEY' }], found).length).toBeGreaterThan(4);

    expect((await send('DELETE', '/SHOP_KEY?reason=gone')).status).toBe(200);
    expect(await borrowed()).toBe('unknown');
    await settled(journey.bus);
    expect(leaks(canaries, await placesOf(journey))).toEqual([]);
  });
  it('that tools use all the time is the new one, or gone, within a second, and never neither', async () => {
    const use = keepBorrowed(secretBorrower(ofBroker), systemClock);
    /** Uses it until it is what it should be. Answers what it was until then, and how long that took. */
    async function until(expected: string): Promise<{ before: string[]; ms: number }> {
      const startedMs = performance.now();
      const before = new Set<string>();
      for (;;) {
        const lent = await use({ ...wanted, names: ['USED_KEY'] });
        const value = lent.kind === 'lent' ? (lent.values.get('USED_KEY')?.reveal() ?? '') : lent.why;
        if (value === expected) return { before: [...before], ms: performance.now() - startedMs };
        before.add(value);
        await pause(5);
      }
    }
    await send('POST', '', { body: { name: 'USED_KEY', value: first, hosts: [host] } });
    expect(await until(first)).toMatchObject({ before: [] });
    await send('POST', '/USED_KEY/rotate', { body: { value: second } });
    const rotated = await until(second);
    expect([first]).toEqual(expect.arrayContaining(rotated.before));
    await send('DELETE', '/USED_KEY?reason=gone');
    const removed = await until('unknown');
    expect([second]).toEqual(expect.arrayContaining(removed.before));
    expect(Math.max(rotated.ms, removed.ms)).toBeLessThan(1_000);
  });
});
