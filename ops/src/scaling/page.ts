import { sizeOf } from '../doctor/finding.ts';
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
  return [
    `| | ${head.join(' | ')} |`,
    `|---|${head.map(() => '---').join('|')}|`,
    ...rows,
    `| VOX_CALLS, for seven days | ${bytes} |`,
    `| days after which its 8 GiB are full | ${days} |`,
  ].join('\n');
}

const figureRows = (): string =>
  [
    ['processor time of a request at the edge', `${measured.edgeCpuMs} ms`],
    ['processor time of a grant, over three services', `${measured.grantCpuMs} ms`],
    ['documents that a grant writes', rounded(measured.grantWrites)],
    ['writes of the MongoDB-wire server at hand', `${rounded(measuredWritesPerSecond)} a second`],
    ['facts through one NATS server', `${rounded(measured.hopsPerSecond)} a second`],
    ['memory of an open call', `${rounded(1_024 * openCallMib)} KiB`],
    ['memory of a copy at rest', `${rounded(measured.copyMib)} MiB`],
    [
      'facts of a call, with what a stream keeps beside them',
      `${perCall.facts}, and one for each answer, of ${sizeOf(perCall.bytesOfFact)}`,
    ],
  ]
    .map(([what, figure]) => `| ${what} | ${figure} |`)
    .join('\n');

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

## What that asks for

${exampleTable(examples.map((each) => scaleFor(each)))}

A copy counts as full at ${100 * chosen.load} % of one core: the rest is for peaks, restarts and a copy that fails. There are two
copies of each service at least, and one more than the load needs. Streams are kept by ${chosen.natsServers} servers, data by
${chosen.mongoMembers} members of a replica set.

## What to add first

1. The stream \`VOX_CALLS\` keeps seven days of facts in 8 GiB. A full stream refuses every call. The table says after
   how many days of such a peak it is full, reckoned with an answer of the provider every ${chosen.answerSeconds} seconds. Give it the
   bytes of the table: \`vox doctor\` warns at 80 %.
2. MongoDB: a grant waits for ${rounded(measured.grantWrites)} acknowledged writes. Add members for safety and shards for speed.
3. Copies of quota and session-broker: their consumers share the work of a stream. They lag when there are too few
   (\`vox_bus_lag\`).
4. Copies of edge-guard: tell each how many there are (\`EXPECTED_COPIES\`), for the time in which Redis is down.

What a brokered call takes of session-broker's memory and processor is not among these figures: \`npm run bench --
brokered\` measures it on your machine.
`;
}
