import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RevokeWidgetKey, VerifyAudit } from '@vox/contracts';
import { instruments, prometheusNameOf } from '@vox/platform/telemetry';
import { childEnv, freePort } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collector } from './collector.ts';
import { testStack } from './test-stack.ts';
import { type Answer, type Shop, shopOn } from './visitor.ts';

const { isOpen, stack } = await testStack({ plain: true, env: { RETENTION_SWEEP_SECONDS: '1' } });

const soon = { timeout: 30_000, interval: 500 };
const services = ['edge-guard', 'auth', 'quota', 'session-broker', 'compliance'];

describe.skipIf(!isOpen)('/metrics of each service, after a call,', () => {
  const texts = new Map<string, string>();
  let shop: Shop;
  let call: Answer;

  const scrape = async (): Promise<void> => {
    for (const { name, privateUrl } of stack.services)
      texts.set(name, await (await fetch(`${privateUrl}/metrics`)).text());
  };
  /** The metrics of all copies of a service. */
  const shownBy = (service: string): string =>
    [...texts].flatMap(([name, text]) => (name.startsWith(service) ? [text] : [])).join('\n');
  const missing = (): string[] =>
    instruments().flatMap((each) =>
      each.in.flatMap((service) => {
        const name = prometheusNameOf(each);
        const sample = each.kind === 'histogram' ? `${name}_count` : name;
        return new RegExp(`^${sample}\\{[^}]*\\} -?[0-9]`, 'm').test(shownBy(service)) ? [] : [`${service}: ${name}`];
      }),
    );

  beforeAll(async () => {
    if (!isOpen) return;
    shop = await shopOn(stack);
    call = await shop.start();
    expect(call.status).toBe(200);
    await shop.say('/api/heartbeat', call);
    await shop.say('/api/session/end', call);
    const { tenantId, widgetKey } = shop;
    await stack.operator.ask(RevokeWidgetKey, { tenantId, widgetKey, actor: 'test' });
    await stack.operator.ask(VerifyAudit, { tenantId });
  }, 60_000);

  it('shows a sample of every instrument that the code names', async () => {
    const all = async () => {
      await scrape();
      return missing();
    };
    await expect.poll(all, soon).toEqual([]);
  }, 60_000);

  it('names the meaning, type and unit of each metric as Prometheus reads them', async () => {
    for (const [name, text] of texts) {
      const shown = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, metric, type]) => [metric, type]));
      for (const each of instruments()) {
        const metric = prometheusNameOf(each);
        if (!shown.has(metric)) continue;
        expect(shown.get(metric), `${name}: ${metric}`).toBe(each.kind);
        expect(text, `${name}: ${metric}`).toContain(`# HELP ${metric} ${each.about}\n`);
      }
      for (const [, metric] of text.matchAll(/^# UNIT (\S+) s$/gm)) expect(metric, name).toMatch(/_seconds$/);
      for (const [, metric] of text.matchAll(/^# UNIT (\S+) By$/gm)) expect(metric, name).toMatch(/_bytes$/);
      for (const line of text.split('\n'))
        expect(line, name).toMatch(/^$|^# |^[a-z_]+(\{([a-z_]+="(\\.|[^"\\])*",?)+\})? (-?[0-9.e+-]+|NaN|\+Inf)$/);
    }
    if (spawnSync('promtool', ['--version']).status !== 0) return;
    for (const [name, input] of texts) {
      const { stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
      // This name comes from OpenTelemetry; promtool would have it for histograms alone.
      expect(
        stderr.split('\n').filter((line) => line && !line.startsWith('db_client_connection_count ')),
        name,
      ).toEqual([]);
    }
  });

  it('names no tenant, call, key or address, and stays short', () => {
    const whole = [...texts.values()].join('\n');
    expect(whole).not.toContain(shop.tenantId);
    expect(whole).not.toContain(shop.widgetKey);
    expect(whole).not.toContain(String(call.body.sm_session_id));
    expect(whole).not.toMatch(/198\.18\./);
    // A value that no list holds would be recorded as this.
    expect(whole).not.toMatch(/^vox_.*="other"/m);
    for (const [name, text] of texts) expect(text.split('\n').length, name).toBeLessThan(600);
  });
});

describe.skipIf(!isOpen)('a server that hangs and comes back', () => {
  const linesOf = (name: string, dependency: string) => {
    const file = stack.services.find((service) => service.name === name)?.logFile ?? '';
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('}'));
    return lines.map((line) => JSON.parse(line)).filter((line) => line.dependency === dependency);
  };
  const upOf = async (name: string, dependency: string): Promise<string | undefined> => {
    const service = stack.services.find((each) => each.name === name);
    const text = await (await fetch(`${service?.privateUrl}/metrics`)).text();
    return new RegExp(`^vox_dependency_up\\{dependency="${dependency}"[^}]*\\} (\\S+)$`, 'm').exec(text)?.[1];
  };

  it.each([
    ['redis', 'redis', 'edge-guard'],
    ['mongodb', 'mongo', 'auth'],
    ['nats', 'nats', 'quota-1'],
  ] as const)(
    '(%s) is reported down, with the tried address, and back again, without any request',
    async (dependency, which, service) => {
      const server = stack.servers[which];
      const before = linesOf(service, dependency).length;
      server.kill('SIGSTOP');
      try {
        await expect.poll(() => upOf(service, dependency), soon).toBe('0');
        const ready = await fetch(`${stack.services.find(({ name }) => name === service)?.privateUrl}/readyz`);
        expect([ready.status, ((await ready.json()) as Record<string, boolean>)[dependency]]).toEqual(
          dependency === 'redis' ? [200, undefined] : [503, false],
        );
      } finally {
        server.kill('SIGCONT');
      }
      await expect.poll(() => linesOf(service, dependency).at(-1)?.msg, soon).toBe('a dependency answers again');
      const [down] = linesOf(service, dependency).slice(before);
      expect(down).toMatchObject({ level: 'warn', tried: new URL(server.url).host, says: expect.any(String) });
      expect(await upOf(service, dependency)).toBe('1');
    },
    90_000,
  );
});

describe.skipIf(!isOpen)('make stack with OTEL_* settings', () => {
  let child: ChildProcess | undefined;
  const own = mkdtempSync(join(tmpdir(), 'vox-seen-stack-'));
  afterAll(async () => {
    if (child !== undefined) {
      const exited = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGTERM');
      await exited;
    }
    rmSync(own, { recursive: true, force: true });
  }, 60_000);

  it('sends named spans of all five services, one trace for each call, without tokens or queries', async () => {
    const traces = await collector();
    child = spawn(process.execPath, ['local/src/stack/main.ts'], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: {
        ...childEnv(process.env),
        STACK_FOLDER: own,
        PORT: String(await freePort()),
        PAGE_PORT: String(await freePort()),
        OTEL_EXPORTER_OTLP_ENDPOINT: traces.door.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_BSP_SCHEDULE_DELAY: '200',
        OTEL_SERVICE_NAME: 'whoever-starts-it',
      },
    });
    let said = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    await expect.poll(() => said, { timeout: 90_000 }).toContain('npx vox');
    const [, url = '', page = '', widgetKey = ''] =
      /curl -s (\S+)\/api\S* -H 'Origin: (\S+)'.*"(w_[^"]+)"/.exec(said) ?? [];
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = { origin: page, 'content-type': 'application/json' };
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    const answer = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { ...headers, traceparent },
      body: JSON.stringify({ widgetKey }),
    });
    expect(answer.status).toBe(200);
    await fetch(`${url}/widget?token=eyJcanary`, { headers: { ...headers, 'user-agent': 'CanaryBrowser/1' } });
    const mine = () => traces.spans().filter((span) => span.traceId === traceId);
    const whose = (spans: readonly { service: string }[]) => [...new Set(spans.map(({ service }) => service))].sort();
    await expect.poll(() => whose(traces.spans()), soon).toEqual([...services].sort());
    // Auth lends its key with the first question, which may have been for another call.
    const inTheCall = services.filter((service) => service !== 'auth');
    await expect.poll(() => whose(mine()), soon).toEqual(expect.arrayContaining(inTheCall));
    await expect.poll(() => traces.spans().some(({ name }) => name.includes('/widget')), soon).toBe(true);
    for (const { name } of traces.spans()) expect(name).not.toMatch(/anonymous|<|undefined|^middleware|^$/);
    expect(mine().filter(({ name }) => name === 'POST /api/session')).toHaveLength(1);
    const text = traces
      .spans()
      .map((span) => span.text)
      .join('\n');
    expect(text).not.toMatch(/eyJ|token=|CanaryBrowser|ek_[0-9a-f]{8}/);
    await traces.door.close(0);
  }, 150_000);
});
