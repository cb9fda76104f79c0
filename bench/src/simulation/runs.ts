import { chosen, copiesFor } from '@vox/ops/scaling';
import { type Assumed, assumed } from './assumed.ts';
import { callStream, services, store, transcriptStream, worksOf } from './costs.ts';
import type { Tables } from './measured.ts';
import { busyServers, ratesOf, stationsFor } from './rates.ts';
import { type Simulated, simulate } from './simulate.ts';
import type { StationKind } from './station.ts';

/** How long is simulated: first until the queues are as they will be, then what is looked at. */
export const spans = { warmUpSeconds: 20, seconds: 30 } as const;
/** Shares of the open calls at which it is simulated too, with the copies and shards of the whole. */
export const shares = [0.5, 0.75, 1, 1.25] as const;
/** A hundredth of it, for the test that runs it again. */
export const small: Assumed = { ...assumed, tenants: assumed.tenants / 100, openCalls: assumed.openCalls / 100 };

const streams: readonly string[] = [callStream, transcriptStream];
const isService = (station: string): boolean => services.some((service) => service === station);
/** Copies of a service pull from one consumer. Requests fall to the copies of the edge, and documents to shards. */
const isPooled = (station: string): boolean => station !== 'edge-guard' && station !== store;

/** What bears the load of these assumptions: copies and shards at half load, and one server for each stream. */
export function stationsOf(tables: Tables, of: Assumed): StationKind[] {
  const copiesOf = (station: string, busy: number): number => {
    if (streams.includes(station)) return 1;
    return isService(station) ? copiesFor(busy) : Math.max(1, Math.ceil(busy / chosen.load));
  };
  return stationsFor(busyServers(worksOf(tables), ratesOf(of)), copiesOf, isPooled);
}

export const run = (tables: Tables, of: Assumed, stations = stationsOf(tables, of)): Simulated =>
  simulate({ assumed: of, works: worksOf(tables), stations, ...spans });

/** What a run keeps, for the page. */
export type Kept = Readonly<{
  assumed: Assumed;
  spans: typeof spans;
  /** When the figures that it began from were measured, by table. */
  measuredAt: Readonly<Record<string, string>>;
  whole: Simulated;
  parts: readonly Readonly<{
    share: number;
    p99Ms: Readonly<Record<string, number>>;
    busy: Readonly<Record<string, number>>;
  }>[];
  small: Simulated;
}>;

export const usedTables = ['edge', 'grant', 'audit', 'services', 'erasure', 'call-costs', 'tenants-held'] as const;
export const measuredAt = (tables: Tables): Kept['measuredAt'] =>
  Object.fromEntries(usedTables.map((name) => [name, tables[name]?.at ?? '']));

export function keptOf(tables: Tables): Kept {
  const stations = stationsOf(tables, assumed);
  const wholes = shares.map((share) => run(tables, { ...assumed, openCalls: assumed.openCalls * share }, stations));
  const partOf = ({ stations: all, events }: Simulated, share: number): Kept['parts'][number] => ({
    share,
    p99Ms: Object.fromEntries(Object.entries(events).map(([name, { p99Ms }]) => [name, p99Ms])),
    busy: Object.fromEntries(Object.entries(all).map(([name, { utilisation }]) => [name, utilisation])),
  });
  const whole = wholes[shares.indexOf(1)];
  if (whole === undefined) throw new RangeError('the whole is one of the shares');
  return {
    ...{ assumed, spans, measuredAt: measuredAt(tables), whole },
    parts: wholes.map((each, at) => partOf(each, shares[at] ?? 0)),
    small: run(tables, small),
  };
}

/** Four digits: more would say more than the figures do that it began from. */
export const rounded = <T>(kept: T): T =>
  JSON.parse(
    JSON.stringify(kept, (_name, value) =>
      typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value,
    ),
  ) as T;
