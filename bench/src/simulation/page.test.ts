import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CallStream } from '@vox/contracts';
import { copiesFor, perCall, scaleFor } from '@vox/ops/scaling';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { assumed, assumptions } from './assumed.ts';
import { settings } from './bounds.ts';
import { callStream, services, store, worksOf } from './costs.ts';
import { readTables } from './measured.ts';
import { simulationPage } from './page.ts';
import { busyServers, ratesOf } from './rates.ts';
import { type Kept, measuredAt, rounded, run, small, spans } from './runs.ts';

const root = new URL('../../../', import.meta.url);
const textOf = (path: string): string => readFileSync(fileURLToPath(new URL(path, root)), 'utf8');
const tables = readTables();
const kept = JSON.parse(textOf('docs/simulation.json')) as Kept;

describe('the page on the simulation', () => {
  it('is what the script writes of what was kept (npm run simulation -- --page)', () => {
    expect(textOf('docs/scaling-simulation.md')).toBe(simulationPage(kept, tables));
  });
  it('rests on today’s assumptions, and on the figures that docs/performance.json has today', () => {
    expect({ ...kept.assumed }).toEqual(rounded({ ...assumed }));
    expect(kept.spans).toEqual(spans);
    expect(kept.measuredAt).toEqual(measuredAt(tables));
    expect(Object.keys(assumptions)).toEqual(Object.keys(assumed));
  });
  it('was kept from a model that gives the same figures again, at a hundredth of the size', () => {
    expect(rounded(run(tables, small))).toEqual(kept.small);
  });
  it('names limits as they are set in the chart and in Compose', () => {
    const chart = parse(textOf('ops/helm/vox/values.yaml'));
    expect(chart.services['edge-guard'].resources.limits.memory).toBe(`${settings.copyMemoryMib}Mi`);
    const [, period = '', failures = ''] =
      /startupProbe:[^}]*}\s*periodSeconds: (\d+)\s*failureThreshold: (\d+)/.exec(
        textOf('ops/helm/vox/templates/deployments.yaml'),
      ) ?? [];
    expect(Number(period) * Number(failures)).toBe(settings.startSeconds);
    const compose = parse(textOf('docker-compose.yml'), { merge: true, maxAliasCount: -1 });
    expect(compose.services.nats.deploy.resources.limits.memory).toBe(`${settings.natsMemoryMib / 1_024}g`);
  });
});

describe('the simulation and the calculator of docs/scaling.md', () => {
  // What the calculator does not know: pages without a call, refusals, changes, erasures.
  const calls = { ...small, pagesPerCall: 1, refusedPerCall: 0, policyChangesPerTenantDay: 0 };
  const known = { ...calls, revocationsPerTenantDay: 0, erasuresPerCall: 0 };
  const whole = { ...known, tenants: assumed.tenants, openCalls: assumed.openCalls };
  const callsPerSecond = ratesOf(whole).start;
  const scale = scaleFor({ callsPerSecond, openCalls: whole.openCalls });
  const needed = (what: string): number => scale.needs.find((each) => each.what === what)?.count ?? 0;
  const simulated = run(tables, known);
  /** Servers that would be busy all the time at a hundred times the load. */
  const busy = (name: string): number => {
    const { utilisation = 0, servers = 0 } = simulated.stations[name] ?? {};
    return 100 * utilisation * servers;
  };

  it.each(services.filter((name) => name !== 'auth'))('ask for as many copies of %s', (name) => {
    // The calculator counts a heartbeat and an answer more for each call, which ends before they come.
    const most = busyServers(worksOf(tables), ratesOf(whole)).get(name) ?? 0;
    expect(busy(name)).toBeGreaterThan(0.85 * most);
    expect(busy(name)).toBeLessThan(1.03 * most);
    expect(copiesFor(most)).toBe(needed(name));
  });
  it('ask for as many shards, and for as many bytes of the stream of calls', () => {
    expect(Math.abs((6 * busy(store)) / needed('MongoDB members') - 1)).toBeLessThan(0.12);
    const bytes =
      100 * (simulated.stations[callStream]?.perSecond ?? 0) * perCall.bytesOfFact * CallStream.maxAgeSeconds;
    expect(Math.abs(bytes / scale.callStreamBytes - 1)).toBeLessThan(0.12);
    expect(Math.abs(busy(callStream) / scale.callStreamLoad - 1)).toBeLessThan(0.12);
  });
});
