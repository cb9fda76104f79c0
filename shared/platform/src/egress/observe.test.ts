import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOpenTelemetry } from '../lifecycle/open-telemetry.ts';
import { servePrivately } from '../lifecycle/private-port.ts';
import { egress } from './egress.ts';
import { type RawServer, rawServer } from './hostile/raw-server.fixture.ts';

const exporter = new InMemorySpanExporter();
const telemetry = startOpenTelemetry('test', {}, [new SimpleSpanProcessor({ exporter })]);
let server: RawServer;
let door: Awaited<ReturnType<typeof servePrivately>>;
beforeAll(async () => {
  server = await rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\ncanary'));
  const none = { ready: async () => ({}), started: () => true };
  door = await servePrivately({ host: '127.0.0.1', port: 0, ...none, metrics: telemetry.metrics });
});
afterAll(async () => {
  await server.close();
  await door.close(0);
  await telemetry.stop();
});

it('a request outside has one span and one count, which tell its host and never its path, query, headers or bodies', async () => {
  const { send } = egress({ purpose: 'tools', ports: [443], allowLoopback: true });
  const asked = { method: 'POST', connectMs: 4_000, wholeMs: 4_000, bodyMaxBytes: 100, owner: 'canary' } as const;
  const url = `http://127.0.0.1:${server.port}/canary/path?q=canary`;
  await trace.getTracer('test').startActiveSpan('the command', async (span) => {
    await send({ ...asked, url, headers: { authorization: 'Bearer canary' }, body: 'canary' });
    await send({ ...asked, url: 'https://canary.internal/', headers: {} });
    await send({ ...asked, url: 'http://127.0.0.1:1/canary', headers: {} });
    span.end();
  });
  // They are handed over once the SDK knows what machine it is on.
  const names = () => exporter.getFinishedSpans().map(({ name }) => name);
  await expect.poll(names, { timeout: 5_000 }).toEqual(['POST', 'POST', 'the command']);
  const spans = exporter.getFinishedSpans();
  expect(spans[0]?.attributes).toEqual({
    'http.request.method': 'POST',
    'http.response.status_code': 200,
    'server.address': '127.0.0.1',
    'server.port': server.port,
  });
  expect(spans[1]?.attributes).toMatchObject({ 'error.type': 'connect' });
  const told = spans.map(({ name, attributes, events, links, status }) => ({
    name,
    attributes,
    events,
    links,
    status,
  }));
  expect(JSON.stringify(told)).not.toContain('canary');
  // Nor does whoever is asked hear of our traces.
  expect(server.heard.join('')).not.toMatch(/traceparent|tracestate|baggage/i);
  const metrics = await (await fetch(`${door.url}/metrics`)).text();
  for (const outcome of ['answered', 'host', 'connect'])
    expect(metrics).toMatch(new RegExp(`^vox_egress_requests_total\\{[^}]*outcome="${outcome}"[^}]*\\} 1$`, 'm'));
  expect(metrics).not.toMatch(new RegExp(`canary|http_client[^\\n]*"${server.port}"`));
});
