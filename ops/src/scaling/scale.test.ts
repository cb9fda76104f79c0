import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsWith, goodFacts, goodStreams } from '../doctor/facts.fixture.ts';
import { counted } from './counted.ts';
import { measured } from './figures.ts';
import { limitsOf } from './limits.ts';
import { scaleFor } from './scale.ts';
import { cpuMsOf, edgeCpuMsOf } from './work.ts';

type Row = Readonly<Record<string, number | string>>;
const file = fileURLToPath(new URL('../../../docs/performance.json', import.meta.url));
const tables = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { rows: Row[] }>;
const row = (table: string, wanted: Row): Row =>
  tables[table]?.rows.find((each) => Object.entries(wanted).every(([name, value]) => each[name] === value)) ?? {};

describe('the figures that scaling is reckoned from', () => {
  it('are those of docs/performance.json', () => {
    const grant = row('grant', { path: 'whole grant, stores on MongoDB' });
    const twins = row('grant', { path: 'whole grant, stores on the twins' });
    const appended = row('audit', { path: 'append' });
    const open = { what: 'open sessions of 50 tenants' };
    expect(measured).toEqual({
      edgeCpuMs: row('edge', { path: 'the same by a widget token' }).cpuMs,
      refusedCpuMs: row('edge', { path: 'refused at the edge' }).cpuMs,
      messageCpuMs: (Number(twins.cpuMs) - Number(row('edge', { path: 'edge decision that passes' }).cpuMs)) / 2,
      writeCpuMs: (Number(grant.cpuMs) - Number(twins.cpuMs)) / Number(grant.writesPerRequest),
      entryCpuMs: (1_000 * Number(appended.cpuSeconds)) / Number(appended.entries),
      entriesPerSecond: appended.perSecond,
      grantCpuMs: grant.cpuMs,
      grantWrites: grant.writesPerRequest,
      grantsPerSecond: grant.perSecond,
      hopsPerSecond: 3 * Number(twins.floorPerSecond),
      restMib: row('growth', { ...open, size: 0 }).residentMib,
      openMib: row('growth', { ...open, size: 100_000 }).residentMib,
      openCalls: 100_000,
      copyMib: row('services', { service: 'edge-guard' }).residentMib,
    });
  });
  it('count for each event what docs/performance.json counted', () => {
    for (const [event, counts] of Object.entries(counted)) expect(row('call-costs', { event })).toMatchObject(counts);
  });
  it('add up, for a start, to what a whole grant was measured to take, but for what follows the grant', () => {
    const deciding = cpuMsOf('start', 'quota') + cpuMsOf('start', 'session-broker') + edgeCpuMsOf('start');
    expect(Math.abs(deciding / measured.grantCpuMs - 1)).toBeLessThan(0.05);
  });
});

const counts = (callsPerSecond: number, openCalls: number, own = {}): Record<string, number> =>
  Object.fromEntries(scaleFor({ callsPerSecond, openCalls }, own).needs.map(({ what, count }) => [what, count]));
const calls = fc.double({ min: 0, max: 10_000, noNaN: true });
const open = fc.integer({ min: 0, max: 1_000_000 });

describe('the reckoning of copies and stores', () => {
  it('asks for two of each service and three of each store where there is hardly any load', () => {
    expect(counts(0.1, 10)).toEqual({
      ...{ 'edge-guard': 2, quota: 2, 'session-broker': 2, auth: 2, compliance: 2 },
      ...{ 'NATS servers': 3, 'MongoDB members': 3, 'Redis servers': 2 },
    });
  });
  it('never asks for less when there is more to bear', () => {
    fc.assert(
      fc.property(calls, open, calls, open, (rate, held, moreRate, moreHeld) => {
        const [less, more] = [counts(rate, held), counts(rate + moreRate, held + moreHeld)];
        for (const [what, count] of Object.entries(less)) expect(more[what]).toBeGreaterThanOrEqual(count);
      }),
    );
  });
  it('asks for fewer shards of a faster MongoDB, and reckons dollars by the price of a core', () => {
    expect(counts(500, 0)['MongoDB members']).toBeGreaterThan(
      counts(500, 0, { mongoWritesPerSecond: 20_000 })['MongoDB members'] ?? 0,
    );
    const wanted = { callsPerSecond: 1, openCalls: 10 };
    expect(scaleFor(wanted).dollarsPerMonth).toBeUndefined();
    expect(scaleFor(wanted, { dollarsPerCoreHour: 0.05 }).dollarsPerMonth).toBe(Math.ceil(18 * 730 * 0.05));
  });
  it('asks for no more servers of NATS for a stream that one of them leads, and says how full that one is', () => {
    expect(counts(500, 100_000)['NATS servers']).toBe(3);
    expect(scaleFor({ callsPerSecond: 500, openCalls: 100_000 }).callStreamLoad).toBeGreaterThan(
      9 * scaleFor({ callsPerSecond: 50, openCalls: 10_000 }).callStreamLoad,
    );
  });
});

describe('the limits of an installation', () => {
  const scale = scaleFor({ callsPerSecond: 10, openCalls: 0 });
  it('are too small where a stream cannot keep a week of such calls', () => {
    const limits = limitsOf(goodFacts, scale);
    expect(limits.find(({ what }) => what === 'VOX_CALLS')).toMatchObject({ enough: false });
    expect(limits.find(({ what }) => what === 'VOX_TRUST')).toMatchObject({ enough: true });
    const large = goodStreams.map((each) => ({ ...each, bytesMax: 1024 ** 4 }));
    const wide = limitsOf(factsWith('monitor', { streams: large }), scale);
    expect(wide.find(({ what }) => what === 'VOX_CALLS')).toMatchObject({ enough: true });
  });
  it('count the copies that answer', () => {
    expect(limitsOf(goodFacts, scale).find(({ what }) => what === 'copies of quota')).toMatchObject({
      used: '1',
      limit: '2',
      enough: false,
    });
  });
});
