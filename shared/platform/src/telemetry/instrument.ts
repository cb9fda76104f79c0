import type { Attributes, Meter, ObservableResult } from '@opentelemetry/api';

/** Seconds, bytes, a share of something, or what is counted. */
export type Unit = 's' | 'By' | '1' | `{${string}}`;

export type About = Readonly<{
  name: `vox.${string}`;
  unit: Unit;
  /** What it shows, for whoever reads it. */
  about: string;
  /** Its labels, each with what it may say: a closed list, never a tenant, a person, an address or a text. */
  labels: Readonly<Record<string, string>>;
  /** Services that show it once they have taken part in a call. */
  in: readonly string[];
}>;

export type Registered = About & Readonly<{ kind: 'counter' | 'gauge' | 'histogram' }>;
export type Labels = Readonly<Record<string, string>>;
export type Counter = Readonly<{ add: (by: number, labels?: Labels) => void }>;
export type Histogram = Readonly<{ record: (value: number, labels?: Labels) => void }>;
/**
 * Asked at each scrape, until the answer is called. What fails or takes too long is shown as NaN, which no comparison
 * takes for a number: the SDK would repeat what was read last.
 */
export type Gauge = Readonly<{ watch: (labels: Labels, read: () => Read | Promise<Read>) => () => void }>;
type Read = number | undefined;

/** The name by which a unit is known at the end of a name (prometheus.io/docs/practices/naming). */
const suffixes: Readonly<Record<string, string>> = { s: 'seconds', By: 'bytes', '1': 'ratio' };
const buckets = {
  s: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  By: [1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576],
  '1': [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
};
/** Nobody scrapes a service again because one of the things that it shows could not be asked. */
const readMs = 1_000;

const registry = new Map<string, Registered>();
const binds: ((meter: Meter) => void)[] = [];

/** Every instrument that the code names. */
export const instruments = (): readonly Registered[] => [...registry.values()];

/** The exporter appends no unit to a name, so the name has it; where another exporter would, it finds it there. */
const nameOf = ({ name, unit }: Pick<About, 'name' | 'unit'>): string =>
  suffixes[unit] === undefined ? name : `${name}.${suffixes[unit]}`;

/** The name under which Prometheus knows an instrument. */
export const prometheusNameOf = (instrument: Registered): string =>
  `${nameOf(instrument).replaceAll('.', '_')}${instrument.kind === 'counter' ? '_total' : ''}`;

/**
 * Makes every instrument on a meter of an SDK that has started. OpenTelemetry's API answers whoever asks before with a
 * meter that measures nothing, for ever: so modules name instruments when they load, and what they measure before this
 * is dropped.
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

/** Counts what happened. `add(0)` shows it before it happens, so that its first time is seen as a rise. */
export function counter(about: About): Counter {
  let bound: Counter | undefined;
  register('counter', about, (meter) => {
    bound = meter.createCounter(nameOf(about), toldOf(about));
  });
  return { add: (by, labels) => bound?.add(by, labels) };
}

export function histogram(about: About): Histogram {
  let bound: { record: (value: number, labels?: Attributes) => void } | undefined;
  const { unit } = about;
  const advice = unit in buckets ? { explicitBucketBoundaries: buckets[unit as keyof typeof buckets] } : {};
  register('histogram', about, (meter) => {
    bound = meter.createHistogram(nameOf(about), { ...toldOf(about), advice });
  });
  return { record: (value, labels) => bound?.record(value, labels) };
}

export function gauge(about: About): Gauge {
  const watched = new Set<Readonly<{ labels: Labels; read: () => Read | Promise<Read> }>>();
  const observe = async (result: ObservableResult): Promise<void> => {
    await Promise.all(
      [...watched].map(async ({ labels, read }) => {
        const value = await inTime(read);
        // Nothing is known yet, so nothing is shown.
        if (value !== undefined) result.observe(value, labels);
      }),
    );
  };
  register('gauge', about, (meter) => meter.createObservableGauge(nameOf(about), toldOf(about)).addCallback(observe));
  return {
    watch(labels, read) {
      const mine = { labels, read };
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
