import { CallStream } from '@vox/contracts';
import { counted } from './counted.ts';
import { chosen, measured, perCall } from './figures.ts';
import { cpuMsOf, type Deciding, type EventOfCall, edgeCpuMsOf, entryMs, writeMs, writesOf } from './work.ts';

/** What an installation shall bear. */
export type Wanted = Readonly<{ callsPerSecond: number; openCalls: number }>;

/** What of it was measured on the installation itself, in place of our own figures. */
export type OwnFigures = Readonly<{
  /** Single-document writes of its MongoDB a second, as it acknowledges them. */
  mongoWritesPerSecond?: number | undefined;
  /** Dollars of one core for an hour, with its memory. */
  dollarsPerCoreHour?: number | undefined;
}>;

/** How many of something are needed; `because` is the sum that leads there. */
export type Need = Readonly<{ what: string; count: number; because: string }>;

export type Scale = Readonly<{
  wanted: Wanted;
  needs: readonly Need[];
  /** Bytes that the stream of calls needs where such a peak lasts as long as it keeps facts. */
  callStreamBytes: number;
  /** Days of such a peak, day and night, after which the stream is full as the contracts make it. */
  callStreamDays: number;
  /** Facts a second, of those that one NATS server was measured to carry. Above 1, no number of servers bears it. */
  callStreamLoad: number;
  dollarsPerMonth: number | undefined;
}>;

const hoursPerMonth = 730;
const secondsPerDay = 86_400;

/** Events of calls in a second, as the calculator counts them. */
export function eventsPerSecond({ callsPerSecond, openCalls }: Wanted): Readonly<Record<EventOfCall, number>> {
  const answers = openCalls / chosen.answerSeconds;
  return {
    ...{ bootstrap: callsPerSecond, refused: 0, start: callsPerSecond, end: callsPerSecond },
    ...{ heartbeat: openCalls / chosen.heartbeatSeconds, answer: answers, words: answers },
    ...{ 'transcript final': callsPerSecond, 'policy change': 0 },
  };
}
/** How much of something all events of a second lead to. */
function sumOf(wanted: Wanted, of: (event: EventOfCall) => number): number {
  const rates = eventsPerSecond(wanted);
  return (Object.keys(counted) as EventOfCall[]).reduce((sum, event) => sum + rates[event] * of(event), 0);
}
/** Facts of calls that are published in a second. */
const factsPerSecond = ({ callsPerSecond, openCalls }: Wanted): number =>
  callsPerSecond * perCall.facts +
  (openCalls / chosen.answerSeconds) * perCall.factsOfAnswer +
  (openCalls / chosen.heartbeatSeconds) * perCall.factsOfHeartbeat;
/** Copies of a service that needs so many cores: each half loaded, and one more than the load needs. */
export const copiesFor = (cores: number): number =>
  Math.max(chosen.copiesMin, Math.ceil(cores / chosen.load) + (cores > chosen.load ? chosen.spare : 0));
const shown = (number: number): string => String(Number(number.toPrecision(3)));

function serviceNeeds(wanted: Wanted): Need[] {
  const calls = `${shown(wanted.callsPerSecond)} calls a second and ${shown(wanted.openCalls)} open ones`;
  const need = (what: string, cpuMs: (event: EventOfCall) => number): Need => {
    const cores = sumOf(wanted, cpuMs) / 1_000;
    return { what, count: copiesFor(cores), because: `${shown(cores)} cores for ${calls}, each copy half loaded` };
  };
  const behind = (service: Deciding): Need => need(service, (event) => cpuMsOf(event, service));
  return [need('edge-guard', edgeCpuMsOf), ...(['quota', 'session-broker', 'auth', 'compliance'] as const).map(behind)];
}

function storeNeeds(wanted: Wanted, mongoWritesPerSecond: number): Need[] {
  const publishes = factsPerSecond(wanted);
  const [writes, entries] = [sumOf(wanted, writesOf), sumOf(wanted, (event) => counted[event].auditEntries)];
  // Entries of the audit log leave together: each takes a part of the time of a write.
  const taken = writes + (entries * entryMs) / writeMs;
  const shards = Math.max(1, Math.ceil(taken / (mongoWritesPerSecond * chosen.load)));
  const requests = sumOf(wanted, (event) => (edgeCpuMsOf(event) > 0 ? 1 : 0));
  return [
    {
      what: 'NATS servers',
      count: chosen.natsServers,
      because: `${shown(publishes)} facts a second of ${shown(measured.hopsPerSecond)} measured; one leads the stream, and more servers do not help it`,
    },
    {
      what: 'MongoDB members',
      count: chosen.mongoMembers * shards,
      because: `${shown(writes)} writes and ${shown(entries)} entries of the audit log a second, of ${shown(mongoWritesPerSecond)} writes; three keep each shard (${shards})`,
    },
    {
      what: 'Redis servers',
      count: chosen.redisServers,
      because: `${shown(requests)} round trips a second; one that stands by`,
    },
  ];
}

/** Writes of the MongoDB-wire server that was measured, which serves one request after the other. */
export const measuredWritesPerSecond = measured.grantsPerSecond * measured.grantWrites;

/** MiB that an open call takes in the processes of a grant. */
export const openCallMib = (measured.openMib - measured.restMib) / measured.openCalls;

/** What bears so many calls. Pure arithmetic over what was measured: a real load test is worth more. */
export function scaleFor(wanted: Wanted, own: OwnFigures = {}): Scale {
  const { mongoWritesPerSecond = measuredWritesPerSecond, dollarsPerCoreHour } = own;
  const needs = [...serviceNeeds(wanted), ...storeNeeds(wanted, mongoWritesPerSecond)];
  const bytesPerSecond = factsPerSecond(wanted) * perCall.bytesOfFact;
  const machines = needs.reduce((sum, { count }) => sum + count, 0);
  return {
    wanted,
    needs,
    callStreamBytes: Math.ceil(bytesPerSecond * CallStream.maxAgeSeconds),
    callStreamLoad: factsPerSecond(wanted) / measured.hopsPerSecond,
    callStreamDays: CallStream.maxBytes / bytesPerSecond / secondsPerDay,
    dollarsPerMonth:
      dollarsPerCoreHour === undefined ? undefined : Math.ceil(machines * hoursPerMonth * dollarsPerCoreHour),
  };
}
