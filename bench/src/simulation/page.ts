import { chosen, counted, scaleFor, writesOf } from '@vox/ops/scaling';
import { type Assumed, assumed, assumptions } from './assumed.ts';
import { type Bound, boundsOf, lineOf, perSecond } from './bounds.ts';
import { callStream, services, transcriptStream } from './costs.ts';
import { rowsOf, type Tables } from './measured.ts';
import { meanCallSeconds, tenantSizes } from './people.ts';
import { ratesOf } from './rates.ts';
import type { Kept } from './runs.ts';
import { percent, shown, sized, tabled } from './shown.ts';
import { storeRows } from './stores.ts';

const assumptionTable = (): string =>
  tabled(
    ['assumed', 'value'],
    Object.entries(assumptions).map(([name, what]) => [what, shown(assumed[name as keyof Assumed])]),
  );

const stationTable = ({ whole }: Kept): string =>
  tabled(
    ['', 'servers', 'visits a second', 'busy', 'wait p50', 'wait p99'],
    Object.entries(whole.stations).map(([name, { servers, perSecond, utilisation, p50WaitMs, p99WaitMs }]) => [
      ...[name, String(servers), shown(perSecond), percent(utilisation)],
      ...[`${shown(p50WaitMs)} ms`, `${shown(p99WaitMs)} ms`],
    ]),
  );

const events = ['page', 'refused', 'start', 'heartbeat', 'answer', 'words', 'end'] as const;
const eventTable = ({ whole, parts, spans }: Kept): string =>
  tabled(
    ['p99 of an answer, ms', 'a second', ...parts.map(({ share }) => `${shown(share * assumed.openCalls)} open`)],
    events.map((name) => [
      ...[name, shown(whole.events[name].begun / spans.seconds)],
      ...parts.map(({ p99Ms }) => shown(p99Ms[name] ?? 0)),
    ]),
  );
const busyRow = ({ parts }: Kept, station: string): string =>
  parts.map(({ share, busy }) => `${percent(busy[station] ?? 0)} at ${shown(share * assumed.openCalls)}`).join(', ');

const heldTable = (tables: Tables): string =>
  tabled(
    ['tenants', 'heap of the copy', 'most that was resident', 'reading them took', 'documents', 'NATS server'],
    [
      ...rowsOf(tables, 'tenants-held').map((row) => [
        ...[shown(Number(row.tenants)), `${shown(Number(row.heapMib))} MiB`, `${shown(Number(row.mostMib))} MiB`],
        ...[`${shown(Number(row.readMs) / 1_000)} s`, `${shown(Number(row.documentsMib))} MiB`],
        `${shown(Number(row.serverMib))} MiB`,
      ]),
      [
        `${shown(assumed.tenants)}, by the line`,
        ...['heapMib', 'mostMib'].map((column) => `${at(tables, column)} MiB`),
        `${shown(valueAt(tables, 'readMs') / 1_000)} s`,
        ...['documentsMib', 'serverMib'].map((column) => `${at(tables, column)} MiB`),
      ],
    ],
  );
const valueAt = (tables: Tables, column: string): number => {
  const { base, each } = lineOf(tables, column);
  return base + each * assumed.tenants;
};
const at = (tables: Tables, column: string): string => shown(valueAt(tables, column));

const boundTable = (bounds: readonly Bound[]): string =>
  tabled(
    ['', 'asked', 'has, or was shown to bear', 'used', 'ends at', 'what it is', 'what to add', 'figures from'],
    bounds.map(({ what, demand, ceiling, unit, endsAt, by, kind, add, from }) => [
      ...[what, `${shown(demand)} ${unit}`, `${shown(ceiling)} ${unit}`, percent(demand / ceiling)],
      ...[`${shown(endsAt)} ${by}`, kind, add, from],
    ]),
  );

const heardOf = (event: keyof typeof counted): number => {
  const { authDeliveries, quotaDeliveries, brokerDeliveries, complianceDeliveries } = counted[event];
  return authDeliveries + quotaDeliveries + brokerDeliveries + complianceDeliveries;
};

const storeTable = (tables: Tables, kept: Kept): string =>
  tabled(
    ['', 'one for each', 'bytes each', 'documents of a day', 'days', 'once the first day is removed'],
    storeRows(tables, kept.assumed, ratesOf(kept.assumed)).map((row) => [
      ...[row.collection, row.of, shown(row.bytesEach), shown(row.documents)],
      ...[row.of === 'tenant' ? '' : shown(row.days), sized(row.bytesKept)],
    ]),
  );

function calculatorTable({ whole }: Kept): string {
  const { needs } = scaleFor({ callsPerSecond: whole.openCalls.perSecond, openCalls: assumed.openCalls });
  return tabled(
    ['', 'the calculator', 'the simulation'],
    services.map((name) => [
      name,
      String(needs.find(({ what }) => what === name)?.count ?? ''),
      String(whole.stations[name]?.servers ?? chosen.copiesMin),
    ]),
  );
}

/** Writes the page on the simulation, from what a run kept. */
export function simulationPage(kept: Kept, tables: Tables): string {
  const { whole, spans } = kept;
  const rates = ratesOf(kept.assumed);
  const sizes = tenantSizes(kept.assumed);
  const [factsPerSecond, wordsPerSecond] = [callStream, transcriptStream].map(
    (name) => whole.stations[name]?.perSecond ?? 0,
  ) as [number, number];
  const bounds = boundsOf({ tables, assumed: kept.assumed, rates, factsPerSecond, wordsPerSecond });
  const copies = services.reduce((sum, name) => sum + (whole.stations[name]?.servers ?? 0), 0);
  const [first] = bounds.filter(({ kind }) => kind === 'design');
  const [setting] = bounds.filter(({ kind }) => kind === 'setting');
  const sentence = ({ what, demand, ceiling, unit, endsAt, by }: Bound): string =>
    `${what}: ${shown(demand)} of ${shown(ceiling)} ${unit}, which ends at ${shown(endsAt)} ${by}`;
  return `# A million tenants and a hundred thousand open calls

\`npm run simulation -- --keep\` writes this page and \`docs/simulation.json\`. It is a model and not a measurement: no
machine at hand bears such a load. It says where the present design ends, and how sure that is.

## How it was taken

A discrete-event simulation (\`bench/src/simulation\`), seeded, of ${spans.seconds} seconds after ${spans.warmUpSeconds} in which its queues fill. Visitors
open pages, are refused, call, speak and hang up; tenants change policies, revoke keys and erase persons. Each event
visits services, streams and MongoDB, waits there for its turn, and takes a time that is drawn around what
[performance.json](performance.json) measured (exponentially: how much such times vary was not measured). Copies of a
service pull from one queue. Copies of edge-guard and shards have a queue each. There are as many of each as the load
asks for at ${percent(chosen.load)} of a core, and one server for each stream.

Tests hold it to what is known of queues: every event is served once, Little’s law, the waits of M/M/1 and M/M/2, the
same figures for the same seed (\`bench/src/simulation/simulate.test.ts\`, \`bench/src/simulation/station.test.ts\`). Another
runs a hundredth of it again and compares it with what was kept (\`bench/src/simulation/page.test.ts\`).

The tables call-costs, call-documents and tenants-held were taken beside other work on two cores. Counts (facts, writes,
documents, bytes, memory) do not depend on that; the time that a copy takes to read all policies does, and is provisional.
Processor times are those of a quiet machine, put together as [scaling.md](scaling.md) says.

${assumptionTable()}

A call lasts ${shown(meanCallSeconds(kept.assumed))} seconds on average, so that ${shown(rates.start)} calls begin in a second. The largest tenant has ${percent(sizes.shareOf(0))} of
all calls, the ten largest ${percent(sizes.shareOfFirst(10))}, the thousand largest ${percent(sizes.shareOfFirst(1_000))}. At the end of the run ${shown(whole.openCalls.tenantsWithCalls)} tenants had an open
call, the largest ${shown(whole.openCalls.ofLargestTenant)} of them.

## Where it ends first

- By design: ${first === undefined ? 'nowhere' : sentence(first)}.
- By a number in a file: ${setting === undefined ? 'nowhere' : sentence(setting)}.

${boundTable(bounds)}

*Setting* is a number that an operator raises. *Design* is one thing that another copy does not help. Its figure is what
was shown on two cores that servers, services and load shared, so it ends there or later. "Ends at" changes one number
and leaves all else as assumed. Nothing was built to move an end that no measurement has reached:
[decision 60](decisions/architecture/0060-the-stream-of-calls-is-one.md) says what would be done about the streams.

## Load of the copies

${stationTable(kept)}

${eventTable(kept)}

The copies are those of ${shown(assumed.openCalls)} open calls in each column. ${callStream} is busy ${busyRow(kept, callStream)};
${transcriptStream} ${busyRow(kept, transcriptStream)}. Above 100 % its queue grows for as long as the load lasts.

## What is held of a million tenants

${heldTable(tables)}

The real bucket and the real replica of edge-guard, one tenant of a hundred with 8 agents and 12 keys. The last row is
the straight line through the two largest sizes. quota, session-broker and compliance hold the same policies, without the
index of origins.

## Stores

${storeTable(tables, kept)}

The bytes were measured; the documents are those of ${percent(kept.assumed.meanToPeak)} of the peak, day and night, kept for as long as a policy
may say at most. A tenant is taken to have calls on each day. ${shown(perSecond(rates, writesOf))} writes and ${shown(perSecond(rates, (event) => counted[event].auditEntries))} entries of the audit log a second at the peak.

## The bus

${shown(factsPerSecond)} facts a second through ${callStream}, ${shown(perSecond(rates, heardOf))} deliveries to consumers (one more for each fact is the audit log’s), ${shown(perSecond(rates, (event) => counted[event].words))}
messages of words. The copies have ${shown(copies)} connections to NATS, and at most a hundred each to a member of MongoDB (the pool of
its driver, as it comes). A broker has a socket to the provider for each
brokered call, and a page a stream of live events: what these take was not measured here (\`npm run bench -- brokered\`).

## Beside the calculator

${calculatorTable(kept)}

\`vox scale-check\` reckons from the same figures of an event ([scaling.md](scaling.md)). It knows nothing of pages without a
call, refusals and changes of policies, and it counts a heartbeat more for each call.
`;
}
