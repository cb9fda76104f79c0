import { describe, expect, it } from 'vitest';
import { assumed } from './assumed.ts';
import { chance as chanceOf } from './chance.ts';
import { meanCallSeconds, tenantSizes } from './people.ts';
import { type Run, simulate } from './simulate.ts';
import { demandOf, eventNames, type Work, type Works } from './work.ts';

const visit = (station: string, ms: number, visits = 1) => ({ station, visits, ms });
const nothing: Work = { first: [], later: [], facts: 0, fact: [] };
const asked: Work = { first: [visit('door', 0.5)], later: [visit('store', 1, 1.5)], facts: 0, fact: [] };
const told: Work = { ...asked, facts: 2.4, fact: [visit('bus', 0.1), visit('store', 0.3)] };
const works: Works = {
  ...(Object.fromEntries(eventNames.map((name) => [name, nothing])) as Record<keyof Works, Work>),
  ...{ page: asked, refused: { ...nothing, first: [visit('door', 0.1)] }, start: told, heartbeat: asked },
  ...{ answer: told, end: told, erasure: { ...nothing, later: [visit('store', 1, 20)] } },
};
const few = { ...assumed, tenants: 10_000, openCalls: 1_000 };
const run: Run = {
  assumed: few,
  works,
  stations: [
    { name: 'door', servers: 2, pooled: false },
    { name: 'bus', servers: 1, pooled: true },
    { name: 'store', servers: 3, pooled: false },
  ],
  warmUpSeconds: 0,
  seconds: 200,
};
const done = simulate(run);

describe('the simulation', () => {
  it('serves every event once: what began is done, or under way at the end', () => {
    const events = Object.values(done.events);
    const [begun, ended] = [
      events.reduce((sum, each) => sum + each.begun, 0),
      events.reduce((sum, each) => sum + each.done, 0),
    ];
    expect(begun).toBeGreaterThan(20_000);
    expect(ended + done.underWay).toBe(begun);
    for (const { arrived, left, servers } of Object.values(done.stations))
      expect(arrived - left).toBeLessThan(20 * servers);
  });
  it('holds Little’s law at each station, and for the calls that are open', () => {
    for (const { inside, insideByLittle } of Object.values(done.stations))
      expect(Math.abs(inside / insideByLittle - 1)).toBeLessThan(0.01);
    const { mean, byLittle } = simulate({ ...run, works: { ...works, answer: nothing }, seconds: 2_000 }).openCalls;
    expect(Math.abs(mean / byLittle - 1)).toBeLessThan(0.03);
    expect(Math.abs(mean / few.openCalls - 1)).toBeLessThan(0.05);
  });
  it('keeps each station as busy as the events ask for', () => {
    for (const [name, { utilisation, servers }] of Object.entries(done.stations)) {
      const demand = eventNames.reduce(
        (sum, event) => sum + done.events[event].begun * (demandOf(works[event]).get(name) ?? 0),
        0,
      );
      expect(Math.abs((utilisation * servers * 1_000 * run.seconds) / demand - 1)).toBeLessThan(0.02);
    }
  });
  it('gives the same figures for the same seed, and others for another', () => {
    const short = { ...run, seconds: 20 };
    expect(simulate(short)).toEqual(simulate(short));
    expect(simulate({ ...short, assumed: { ...few, seed: 16 } })).not.toEqual(simulate(short));
  });
  it('lets visitors wait for longer where there are fewer servers', () => {
    const slow = { ...works, page: { ...nothing, first: [visit('door', 25)] } };
    const waited = (servers: number): number => {
      const stations = run.stations.map((each) => ({ ...each, servers }));
      return simulate({ ...run, works: slow, stations, seconds: 60 }).events.page.p99Ms;
    };
    expect(waited(1)).toBeGreaterThan(1.5 * waited(3));
  });
  it('ends the calls of a tenant whose key is revoked', () => {
    const calm = { ...few, tenants: 1, callMedianSeconds: 800, callSpread: 0.01 };
    const kept = simulate({ ...run, assumed: { ...calm, revocationsPerTenantDay: 0 }, seconds: 10 });
    const revoked = simulate({ ...run, assumed: { ...calm, revocationsPerTenantDay: 86_400 / 2 }, seconds: 10 });
    expect(kept.events.end.begun).toBeLessThan(50);
    expect(revoked.events.end.begun).toBeGreaterThan(900);
  });
});

describe('the people of the simulation', () => {
  it('belong to tenants of which few are large', () => {
    const sizes = tenantSizes({ tenants: 10_000, tenantExponent: 1 });
    expect(sizes.shareOfFirst(10_000)).toBe(1);
    expect(sizes.shareOf(0)).toBeCloseTo(sizes.shareOfFirst(1), 12);
    const [chance, draws] = [chanceOf(3), 100_000];
    const counts = new Map<number, number>();
    for (let n = 0; n < draws; n += 1) {
      const rank = sizes.drawn(chance);
      counts.set(rank, (counts.get(rank) ?? 0) + 1);
    }
    for (const rank of [0, 1, 9])
      expect(Math.abs((counts.get(rank) ?? 0) / draws / sizes.shareOf(rank) - 1)).toBeLessThan(0.06);
  });
  it('speak for as long as the mean of their distribution says', () => {
    const never = { callMedianSeconds: 150, callSpread: 0.9, callMaxSeconds: 1e9 };
    expect(meanCallSeconds(never) / (150 * Math.exp(0.9 ** 2 / 2))).toBeCloseTo(1, 5);
    expect(meanCallSeconds(assumed)).toBeLessThan(meanCallSeconds(never));
  });
});
