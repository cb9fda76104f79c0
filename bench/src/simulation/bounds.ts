import { CallStream } from '@vox/contracts';
import { counted, type EventOfCall, measured, perCall, writeMs } from '@vox/ops/scaling';
import type { Assumed } from './assumed.ts';
import { callStream, countedAs, transcriptStream } from './costs.ts';
import { figure, rowsOf, type Tables } from './measured.ts';
import { tenantSizes } from './people.ts';
import { type EventName, eventNames } from './work.ts';

/** Limits that are settings of an installation; a test compares them with where they are set. */
export const settings = {
  /** MiB of a copy of edge-guard by the chart. */
  copyMemoryMib: 512,
  /** Seconds for which the chart waits for a copy that starts. */
  startSeconds: 300,
  /** MiB of the NATS server in Compose. */
  natsMemoryMib: 1_024,
} as const;

/** Counted in the code, not measured: round trips of compliance's daily sweep for a tenant with nothing old. */
export const roundTripsOfSweep = 11;
const secondsPerDay = 86_400;

/** One resource: what is asked of it, what it has, and when it ends. */
export type Bound = Readonly<{
  what: string;
  demand: number;
  ceiling: number;
  unit: string;
  /** What makes it grow. */
  by: 'tenants' | 'open calls';
  /** How many of these it bears, all else being as assumed. */
  endsAt: number;
  /**
   * `setting`: a number in a file. `design`: one thing that a copy more does not help; it may bear more than was shown.
   */
  kind: 'setting' | 'design';
  from: string;
  add: string;
}>;

/** A straight line through the two largest sizes of the table. */
export function lineOf(tables: Tables, column: string): Readonly<{ base: number; each: number }> {
  const [small, large] = rowsOf(tables, 'tenants-held').slice(-2);
  const [x1, x2] = [Number(small?.tenants), Number(large?.tenants)];
  const [y1, y2] = [Number(small?.[column]), Number(large?.[column])];
  const each = (y2 - y1) / (x2 - x1);
  return { base: y1 - each * x1, each };
}

type Rates = Readonly<Record<EventName, number>>;
type Given = Readonly<{
  tables: Tables;
  assumed: Assumed;
  rates: Rates;
  factsPerSecond: number;
  wordsPerSecond: number;
}>;

/** How much of something all events of a second lead to. */
export const perSecond = (rates: Rates, of: (event: EventOfCall) => number): number =>
  eventNames.reduce((sum, event) => sum + (event === 'erasure' ? 0 : rates[event] * of(countedAs[event])), 0);

type Part = Omit<Bound, 'endsAt' | 'by'>;

function ofTenants({ tables, assumed: { tenants } }: Given): Bound[] {
  const line = (column: string) => lineOf(tables, column);
  const sweepSeconds = (roundTripsOfSweep * writeMs) / 1_000;
  const row = (part: Omit<Part, 'demand'>, base: number, each: number): Bound => ({
    ...{ ...part, by: 'tenants', demand: base + each * tenants, endsAt: (part.ceiling - base) / each },
  });
  return [
    row(
      {
        ...{ what: 'memory of each copy of edge-guard', ceiling: settings.copyMemoryMib, unit: 'MiB', kind: 'setting' },
        from: 'tenants-held; the copy at rest from services',
        add: 'memory to every copy of edge-guard, quota, session-broker and compliance, and --max-old-space-size with it',
      },
      measured.copyMib,
      line('mostMib').each,
    ),
    row(
      {
        ...{
          what: 'time in which a copy reads all policies',
          ceiling: settings.startSeconds,
          unit: 's',
          kind: 'setting',
        },
        ...{ from: 'tenants-held', add: 'failureThreshold of the startup probe' },
      },
      line('readMs').base / 1_000,
      line('readMs').each / 1_000,
    ),
    row(
      {
        ...{ what: 'memory of a NATS server', ceiling: settings.natsMemoryMib, unit: 'MiB', kind: 'setting' },
        ...{ from: 'tenants-held', add: 'memory to the NATS servers' },
      },
      line('serverMib').base,
      line('serverMib').each,
    ),
    row(
      {
        ...{
          what: 'the daily sweep of retention, tenant by tenant',
          ceiling: secondsPerDay,
          unit: 's',
          kind: 'design',
        },
        from: `${roundTripsOfSweep} round trips a tenant, counted in the code; one is taken to last as long as a write`,
        add: 'a share of the tenants to each copy of compliance',
      },
      0,
      sweepSeconds,
    ),
  ];
}

function ofCalls({ tables, assumed, rates, factsPerSecond, wordsPerSecond }: Given): Bound[] {
  const largest = tenantSizes(assumed).shareOf(0);
  const writesPerSecond = 1_000 / writeMs;
  const days = CallStream.maxAgeSeconds / secondsPerDay;
  const row = (part: Part): Bound => ({
    ...{ ...part, by: 'open calls', endsAt: (assumed.openCalls * part.ceiling) / part.demand },
  });
  const hot = (what: string, column: 'budgetWrites' | 'slotWrites'): Bound =>
    row({
      ...{ what, unit: 'writes a second', kind: 'design', ceiling: writesPerSecond },
      demand: largest * perSecond(rates, (event) => counted[event][column]),
      from: 'call-costs; one write after the other, as the server at hand does them',
      add: 'nothing yet: the documents of one tenant are changed one after the other',
    });
  const stream = (what: string, demand: number): Bound =>
    row({
      ...{ what, unit: 'a second', kind: 'design', demand, ceiling: measured.hopsPerSecond },
      from: 'the simulation; the ceiling from grant, as docs/scaling.md has it',
      add: 'processors and a disk to the server that leads it, and each stream a leader of its own; then parts by tenant',
    });
  return [
    stream(`facts through ${callStream}`, factsPerSecond),
    stream(`messages of words through ${transcriptStream}`, wordsPerSecond),
    row({
      ...{ what: `${callStream} for ${days} days at mean load`, unit: 'GiB', kind: 'setting' },
      demand: (factsPerSecond * perCall.bytesOfFact * CallStream.maxAgeSeconds * assumed.meanToPeak) / 1_024 ** 3,
      ceiling: CallStream.maxBytes / 1_024 ** 3,
      from: 'the bytes of a fact as docs/scaling.md has them',
      add: 'bytes to the stream: `max_bytes`, before anything else',
    }),
    hot('the budget of the largest tenant', 'budgetWrites'),
    hot('the slots of the largest tenant', 'slotWrites'),
    row({
      ...{ what: 'the audit log of the largest tenant', unit: 'entries a second', kind: 'design' },
      demand: largest * perSecond(rates, (event) => counted[event].auditEntries),
      ceiling: measured.entriesPerSecond,
      from: 'call-costs; the ceiling from audit',
      add: 'nothing yet: a tenant has one chain',
    }),
    row({
      ...{ what: 'one Redis server', unit: 'requests a second', kind: 'design' },
      demand: (['page', 'refused', 'start', 'heartbeat', 'answer', 'words', 'end'] as const).reduce(
        (sum, event) => sum + rates[event],
        0,
      ),
      ceiling: figure(tables, 'edge', { path: 'edge decision that passes' }, 'floorPerSecond'),
      from: 'one round trip a request; edge: what one process of Express reached beside its load on two cores',
      add: 'a Redis Cluster (scaling-stores.md)',
    }),
  ];
}

/** Every resource that more copies do not help, the one that ends first before the others. */
export const boundsOf = (given: Given): Bound[] =>
  [...ofTenants(given), ...ofCalls(given)].sort((a, b) => b.demand / b.ceiling - a.demand / a.ceiling);
