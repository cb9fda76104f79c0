import { sizeOf } from '../doctor/finding.ts';
import { counted } from './counted.ts';
import { chosen, measured, perCall } from './figures.ts';
import { measuredWritesPerSecond, openCallMib, type Scale, scaleFor } from './scale.ts';

/** Installations that the page reckons: a shop, a chain of shops, a large one. */
export const examples = [
  { callsPerSecond: 1, openCalls: 200 },
  { callsPerSecond: 20, openCalls: 5_000 },
  { callsPerSecond: 500, openCalls: 100_000 },
] as const;

const rounded = (number: number): string => Number(number.toPrecision(3)).toLocaleString('en-US');

function exampleTable(scales: readonly Scale[]): string {
  const head = scales.map(
    ({ wanted }) => `${rounded(wanted.callsPerSecond)} calls a second, ${rounded(wanted.openCalls)} open`,
  );
  const names = scales[0]?.needs.map(({ what }) => what) ?? [];
  const rows = names.map((name, at) => `| ${name} | ${scales.map(({ needs }) => needs[at]?.count).join(' | ')} |`);
  const bytes = scales.map(({ callStreamBytes }) => sizeOf(callStreamBytes)).join(' | ');
  const days = scales.map(({ callStreamDays }) => rounded(callStreamDays)).join(' | ');
  const loads = scales.map(({ callStreamLoad }) => `${rounded(100 * callStreamLoad)} %`).join(' | ');
  return [
    `| | ${head.join(' | ')} |`,
    `|---|${head.map(() => '---').join('|')}|`,
    ...rows,
    `| VOX_CALLS, for seven days | ${bytes} |`,
    `| days after which its 8 GiB are full | ${days} |`,
    `| its facts, of what one server was measured to carry | ${loads} |`,
  ].join('\n');
}

const figureRows = (): string =>
  [
    ['processor time of a request at the edge', `${measured.edgeCpuMs} ms`],
    ['processor time of a grant, over three services', `${measured.grantCpuMs} ms`],
    ['… of a fact that is heard or a question that is answered', `${rounded(measured.messageCpuMs)} ms`],
    ['… of a document that is written', `${rounded(measured.writeCpuMs)} ms`],
    ['… of an entry of the audit log', `${rounded(measured.entryCpuMs)} ms`],
    ['documents that a grant writes', rounded(measured.grantWrites)],
    ['entries of the audit log of one tenant', `${rounded(measured.entriesPerSecond)} a second`],
    ['writes of the MongoDB-wire server at hand', `${rounded(measuredWritesPerSecond)} a second`],
    ['facts through one NATS server', `${rounded(measured.hopsPerSecond)} a second`],
    ['memory of an open call', `${rounded(1_024 * openCallMib)} KiB`],
    ['memory of a copy at rest', `${rounded(measured.copyMib)} MiB`],
    [
      'facts of a call, with what a stream keeps beside them',
      `${perCall.facts}, and one for each heartbeat and each answer, of ${sizeOf(perCall.bytesOfFact)}`,
    ],
  ]
    .map(([what, figure]) => `| ${what} | ${figure} |`)
    .join('\n');

const shownCount = (count: number): string => (count === 0 ? '' : rounded(count));
function countedTable(): string {
  const rows = Object.entries(counted).map(([event, counts]) => {
    const { authWrites, quotaWrites, brokerWrites, complianceWrites, auditEntries, facts, words } = counts;
    const writes = [authWrites, quotaWrites, brokerWrites, complianceWrites, auditEntries];
    return `| ${[event, ...[...writes, facts, words].map(shownCount)].join(' | ')} |`;
  });
  return [
    '| | auth writes | quota writes | session-broker writes | compliance writes | audit entries | facts | messages of words |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Writes the page on scaling. */
export function scalingPage(): string {
  return `# How many copies, and how large the stores

Generated from the figures in \`ops/src/scaling/figures.ts\`, which a test compares with
[performance.json](performance.json). \`vox scale-check --calls-per-second 20 --open-calls 5000\` reckons the same for
other numbers, beside the limits of an installation that it is shown (\`NATS_URL\`, \`NATS_MONITOR_URL\`, \`REDIS_URL\`,
\`--service\`).

## What was measured

| what | figure |
|---|---|
${figureRows()}

The figures are of two cores that servers, services and load shared. They say what a copy bears, not what your machines
bear. Measure your own MongoDB, and give \`--mongo-writes-per-second\`: the server at hand serves one request after the
other.

What each event of a call leads to was counted on real servers (the table call-costs of
[performance.json](performance.json)):

${countedTable()}

A service is taken to need, for each event, the time of the facts that it hears, of a question that it answers, and of
the documents that it writes. The parts were measured; that they add up is assumed.

## What that asks for

${exampleTable(examples.map((each) => scaleFor(each)))}

A copy counts as full at ${100 * chosen.load} % of one core: the rest is for peaks, restarts and a copy that fails. There are two
copies of each service at least, and one more than the load needs. Streams are kept by ${chosen.natsServers} servers, data by
${chosen.mongoMembers} members of a replica set.

## What to add first

1. The stream \`VOX_CALLS\` keeps seven days of facts in 8 GiB. A full stream refuses every call. The table says after
   how many days of such a peak it is full, reckoned with a heartbeat every ${chosen.heartbeatSeconds} seconds and an answer of the provider every ${chosen.answerSeconds} seconds. Give it the
   bytes of the table: \`vox doctor\` warns at 80 %.
2. MongoDB: a grant waits for ${rounded(measured.grantWrites)} acknowledged writes. Add members for safety and shards for speed.
3. Copies of quota, session-broker and compliance: their consumers share the work of a stream. They lag when there are
   too few (\`vox_bus_lag\`).
4. Processors and a disk for the server that leads \`VOX_CALLS\`: one server leads a stream, however many there are. Above
   100 % in the table nobody has shown that it bears the load
   ([decision 60](decisions/architecture/0060-the-stream-of-calls-is-one.md)).
5. Memory of the services, by the number of tenants: each copy holds every policy
   ([scaling-simulation.md](scaling-simulation.md)).
6. Copies of edge-guard: tell each how many there are (\`EXPECTED_COPIES\`), for the time in which Redis is down.

What a brokered call takes of session-broker's memory and processor is not among these figures: \`npm run bench --
brokered\` measures it on your machine.
`;
}
