import type { Attributes, Meter, ObservableResult } from '@opentelemetry/api';
import { bounded, type Label, type Labels } from './labels.ts';

/** The unit: seconds, bytes, a ratio, or the thing that is counted. */
export type Unit = 's' | 'By' | '1' | `{${string}}`;

export type About = Readonly<{
  name: `vox.${string}`;
  unit: Unit;
  /** What the metric shows. */
  about: string;
  /** Its labels and their values: closed lists, never a tenant, a person, an address or a text. */
  labels: Readonly<Record<string, Label>>;
  /** The services that show it once they have taken part in a call. */
  in: readonly string[];
}>;

export type Registered = About & Readonly<{ kind: 'counter' | 'gauge' | 'histogram' }>;
export type Counter = Readonly<{ add: (by: number, labels?: Labels) => void }>;
export type Histogram = Readonly<{ record: (value: number, labels?: Labels) => void }>;
export type Gauge = Readonly<{
  /**
   * Reads a value at each scrape until the returned function is called. A read that fails or takes too long shows NaN,
   * which no comparison takes for a number; the SDK would repeat the last value.
   */
  watch: (labels: Labels, read: () => Read | Promise<Read>) => () => void;
  /** What a scrape would show now of this process. */
  now: () => Promise<readonly Reading[]>;
}>;
type Read = number | undefined;
export type Reading = Readonly<{ labels: Labels; value: number }>;

/** The unit as it stands at the end of a metric's name (prometheus.io/docs/practices/naming). */
const suffixes: Readonly<Record<string, string>> = { s: 'seconds', By: 'bytes', '1': 'ratio' };
const buckets = {
  s: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  By: [1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576],
  '1': [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
};
/** One value that cannot be read must not fail the whole scrape. */
const readMs = 1_000;

const registry = new Map<string, Registered>();
const binds: ((meter: Meter) => void)[] = [];

/** Every instrument that the code names. */
export const instruments = (): readonly Registered[] => [...registry.values()];

/** The exporter appends no unit, so the name holds it. An exporter that would append it finds it there. */
const nameOf = ({ name, unit }: Pick<About, 'name' | 'unit'>): string =>
  suffixes[unit] === undefined ? name : `${name}.${suffixes[unit]}`;

/** The name of an instrument in Prometheus. */
export const prometheusNameOf = (instrument: Registered): string =>
  `${nameOf(instrument).replaceAll('.', '_')}${instrument.kind === 'counter' ? '_total' : ''}`;

/**
 * Creates every instrument on the meter of a started SDK. Before the SDK starts, OpenTelemetry's API gives out a meter
 * that never measures anything. So modules name instruments when they load, and measurements before this call are
 * dropped.
 */
export function bindInstruments(meter: Meter): void {
  for (const bind of binds) bind(meter);
}

function register(kind: Registered['kind'], about: About, bind: (meter: Meter) => void): void {
  if (registry.has(about.name)) throw new RangeError(`${about.name} is named twice`);
  registry.set(about.name, { ...about, kind });
  binds.push(bind);
}

const toldOf = ({ about, unit }: About) => ({ description: about, unit });

/** Counts events. `add(0)` shows the counter before the first event, so that the first one is seen as a rise. */
export function counter(about: About): Counter {
  let bound: Counter | undefined;
  const within = bounded(about.labels);
  register('counter', about, (meter) => {
    bound = meter.createCounter(nameOf(about), toldOf(about));
  });
  return { add: (by, labels = {}) => bound?.add(by, within(labels)) };
}

export function histogram(about: About): Histogram {
  let bound: { record: (value: number, labels?: Attributes) => void } | undefined;
  const { unit } = about;
  const within = bounded(about.labels);
  const advice = unit in buckets ? { explicitBucketBoundaries: buckets[unit as keyof typeof buckets] } : {};
  register('histogram', about, (meter) => {
    bound = meter.createHistogram(nameOf(about), { ...toldOf(about), advice });
  });
  return { record: (value, labels = {}) => bound?.record(value, within(labels)) };
}

export function gauge(about: About): Gauge {
  const watched = new Set<Readonly<{ labels: Labels; read: () => Read | Promise<Read> }>>();
  const within = bounded(about.labels);
  const now = async (): Promise<readonly Reading[]> => {
    const read = await Promise.all([...watched].map(async (each) => ({ ...each, value: await inTime(each.read) })));
    // Where no value is known yet, none is shown.
    return read.flatMap(({ labels, value }) => (value === undefined ? [] : [{ labels, value }]));
  };
  const observe = async (result: ObservableResult): Promise<void> => {
    for (const { labels, value } of await now()) result.observe(value, labels);
  };
  register('gauge', about, (meter) => meter.createObservableGauge(nameOf(about), toldOf(about)).addCallback(observe));
  return {
    now,
    watch(labels, read) {
      const mine = { labels: within(labels), read };
      watched.add(mine);
      return () => void watched.delete(mine);
    },
  };
}

async function inTime(read: () => Read | Promise<Read>): Promise<Read> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<number>((resolve) => {
    timer = setTimeout(() => resolve(Number.NaN), readMs);
  });
  try {
    return await Promise.race([read(), late]);
  } catch {
    return Number.NaN;
  } finally {
    clearTimeout(timer);
  }
}
