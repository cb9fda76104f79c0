import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { childEnv, ended, eventually, freePort, opsTool } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { collector, spansOfCall } from './collector.ts';
import { testStack } from './test-stack.ts';
import { shopOn } from './visitor.ts';

const otelcol = opsTool('otelcol', ['--version'], process.env);
const configuration = fileURLToPath(new URL('../../ops/observability/collector.yml', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vox-collector-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What passes the collector. */
const passed = await collector();
afterAll(() => passed.door.close(0));
const [grpc, http, health, metrics] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
const at = (port: number | undefined): string => `127.0.0.1:${port}`;
/** Free ports of this machine, and what passes comes to this test: nothing else differs from what operators run. */
const here = join(folder, 'here.yml');
writeFileSync(
  here,
  stringify({
    receivers: { otlp: { protocols: { grpc: { endpoint: at(grpc) }, http: { endpoint: at(http) } } } },
    exporters: { 'otlphttp/test': { endpoint: passed.door.url, encoding: 'json', compression: 'none' } },
    extensions: { health_check: { endpoint: at(health) } },
    service: {
      telemetry: {
        metrics: { readers: [{ pull: { exporter: { prometheus: { host: '127.0.0.1', port: metrics } } } }] },
      },
      pipelines: { traces: { exporters: ['otlphttp/test'] } },
    },
  }),
);

const { isOpen, stack } =
  otelcol === undefined
    ? { isOpen: false as const, stack: undefined as never }
    : await testStack({
        env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://${at(http)}`, OTEL_BSP_SCHEDULE_DELAY: '200' },
      });

const services = ['auth', 'compliance', 'edge-guard', 'quota', 'session-broker'];
/** A trace is decided once it was quiet for a quarter of a minute. */
const decided = { timeout: 60_000, interval: 500 };
const newTrace = () => {
  const traceId = randomBytes(16).toString('hex');
  return { traceId, headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } };
};
const partsOf = (traceId: string) => passed.spans().filter((span) => span.traceId === traceId);

describe.skipIf(!isOpen)('OpenTelemetry’s own collector, with the configuration that operators get,', () => {
  let child: ChildProcess;
  let said = '';
  beforeAll(async () => {
    child = spawn(otelcol ?? '', ['--config', configuration, '--config', here], { env: childEnv(process.env) });
    child.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    await eventually(async () => {
      if (!(await fetch(`http://${at(health)}`)).ok) throw new Error(`the collector is not up: ${said}`);
    });
  });
  afterAll(async () => {
    await ended(child, 'SIGTERM');
  });

  it('finds nothing wrong with that configuration', () => {
    const { status, stderr } = spawnSync(otelcol ?? '', ['validate', '--config', configuration], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(said).not.toMatch(/\t(?:warn|error)\t.*deprecated/i);
  });
  it('gets the whole trace of a call, with the spans of all five services in one tree, and keeps it', async () => {
    const shop = await shopOn(stack, { sessionSeconds: 3 });
    const { traceId, headers } = newTrace();
    const granted = await shop.start(headers);
    expect(granted.status).toBe(200);
    await shop.say('/api/heartbeat', granted);
    const names = () => partsOf(traceId).map(({ service, name }) => `${service}: ${name}`);
    await expect.poll(names, decided).toEqual(expect.arrayContaining([...spansOfCall]));
    const parts = partsOf(traceId);
    const known = new Set(parts.map(({ spanId }) => spanId));
    const roots = parts.filter(({ parentSpanId }) => !known.has(parentSpanId ?? ''));
    expect(roots.map(({ service, name }) => `${service}: ${name}`)).toContain('edge-guard: POST /api/session');
    expect([...new Set(parts.map(({ service }) => service))].sort()).toEqual(expect.arrayContaining(services.slice(1)));
  }, 120_000);
  it('keeps a call that was denied because the provider broke, and a tenth of what went well and quickly', async () => {
    const shop = await shopOn(stack, { openSessions: 1_000, sessionStartsPerMinute: 1_000 });
    const fault = { fault: { kind: 'status', status: 500 }, route: 'client_secrets', times: 1_000 };
    await fetch(`${stack.simulatorUrl}/simulator/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    const denied = newTrace();
    const answer = await shop.start(denied.headers);
    await fetch(`${stack.simulatorUrl}/simulator/faults`, { method: 'DELETE' });
    expect([answer.status, answer.body.code]).toEqual([502, 'UPSTREAM_UNAVAILABLE']);
    const quick = Array.from({ length: 200 }, newTrace);
    for (const { headers } of quick) expect((await shop.bootstrap(undefined, headers)).status).toBe(200);
    await expect.poll(() => partsOf(denied.traceId).map(({ name }) => name), decided).toContain('POST /api/session');
    const kept = () => quick.filter(({ traceId }) => partsOf(traceId).length > 0).length;
    await expect.poll(kept, decided).toBeGreaterThan(0);
    // 20 are to be expected; more than 50 of 200 by chance would be a wonder.
    expect(kept()).toBeLessThan(50);
  }, 180_000);
  it('lets nothing pass that names a person, an address or a query', async () => {
    const shop = await shopOn(stack);
    const { traceId, headers } = newTrace();
    const canary = { ...headers, 'user-agent': 'CanaryBrowser/1' };
    await shop.bootstrap('198.18.77.77', canary);
    // What is slow is kept: the same trace again, two seconds later.
    await pause(2_200);
    await shop.bootstrap('198.18.77.77', canary);
    await expect.poll(() => partsOf(traceId).length, decided).toBeGreaterThan(0);
    const text = passed
      .spans()
      .map((span) => span.text)
      .join('\n');
    expect(text).not.toMatch(/CanaryBrowser|198\.18\.|client\.address|user_agent|url\.query/);
  }, 120_000);
});
