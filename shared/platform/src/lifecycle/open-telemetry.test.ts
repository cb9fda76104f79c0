import { afterAll, describe, expect, it } from 'vitest';
// Loaded before the SDK starts, as the modules of a service are.
import { counter, gauge, histogram } from '../telemetry/instrument.ts';
import { oneOf } from '../telemetry/labels.ts';
import { startOpenTelemetry } from './open-telemetry.ts';
import { servePrivately } from './private-port.ts';

const about = { about: 'A test.', labels: {}, in: [] };
const happened = counter({ name: 'vox.test.happened', unit: '{thing}', ...about });
const took = histogram({ name: 'vox.test.took', unit: 's', ...about });
const stands = gauge({ name: 'vox.test.stands', unit: 'By', ...about, labels: { how: oneOf(['hangs', 'fails']) } });

happened.add(100);
took.record(1);
stands.watch({}, () => 7);
stands.watch({ how: 'hangs' }, () => new Promise(() => undefined));
stands.watch({ how: 'fails' }, () => Promise.reject(new Error('no')));

const telemetry = startOpenTelemetry('test', {});
const port = await servePrivately({
  host: '127.0.0.1',
  port: 0,
  ready: async () => ({}),
  started: () => true,
  metrics: telemetry.metrics,
});
afterAll(async () => {
  await port.close(0);
  await telemetry.stop();
});
const scraped = async (): Promise<string> =>
  (await (await fetch(`${port.url}/metrics`)).text()).replaceAll('otel_scope_name="vox"', '').replaceAll('{}', '');

describe('an instrument', () => {
  it('is on /metrics from the start of the SDK, although its module was loaded before, with its unit in its name', async () => {
    happened.add(0);
    expect(await scraped()).toMatch(/^vox_test_happened_total 0$/m);
    happened.add(2);
    took.record(0.5);
    const text = await scraped();
    expect(text).toMatch(/^# HELP vox_test_happened_total A test\.$/m);
    expect(text).toMatch(/^# TYPE vox_test_happened_total counter$/m);
    expect(text).toMatch(/^vox_test_happened_total 2$/m);
    expect(text).toMatch(/^vox_test_took_seconds_count 1$/m);
    expect(text).toMatch(/^vox_test_took_seconds_bucket\{,?le="0.5"\} 1$/m);
    expect(text).toMatch(/^vox_test_stands_bytes 7$/m);
  });
  it('is shown in time although other readings hang or fail, and those are shown as NaN', async () => {
    const startedMs = performance.now();
    const text = await scraped();
    for (const how of ['hangs', 'fails']) expect(text).toMatch(new RegExp(`how="${how}",?\\} NaN$`, 'm'));
    expect(performance.now() - startedMs).toBeLessThan(3_000);
  });
});
