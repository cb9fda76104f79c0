import { CallStream } from '@vox/contracts';
import { chosen, measured, perCall } from './figures.ts';

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
  dollarsPerMonth: number | undefined;
}>;

const hoursPerMonth = 730;
const secondsPerDay = 86_400;

/** Facts of calls that are published in a second. */
const factsPerSecond = ({ callsPerSecond, openCalls }: Wanted): number =>
  callsPerSecond * perCall.facts + (openCalls / chosen.answerSeconds) * perCall.factsOfAnswer;
const copiesFor = (cores: number): number =>
  Math.max(chosen.copiesMin, Math.ceil(cores / chosen.load) + (cores > chosen.load ? chosen.spare : 0));
const shown = (number: number): string => String(Number(number.toPrecision(3)));

/** What a grant costs beyond the edge is taken to be shared alike by quota and broker. */
const decidingCpuMs = (measured.grantCpuMs - measured.edgeCpuMs) / 2;

function serviceNeeds(wanted: Wanted): Need[] {
  const { callsPerSecond, openCalls } = wanted;
  const beats = openCalls / chosen.heartbeatSeconds;
  // Besides the start: the page's bootstrap and the end.
  const edgeCores = ((3 * callsPerSecond + beats) * measured.edgeCpuMs) / 1_000;
  const quotaCores = (callsPerSecond * decidingCpuMs) / 1_000;
  const brokerCores = quotaCores + (beats * measured.edgeCpuMs) / 1_000;
  const cores = (amount: number, of: string): string => `${shown(amount)} cores for ${of}, each copy half loaded`;
  return [
    {
      what: 'edge-guard',
      count: copiesFor(edgeCores),
      because: cores(edgeCores, `${shown(3 * callsPerSecond)} requests and ${shown(beats)} heartbeats a second`),
    },
    {
      what: 'quota',
      count: copiesFor(quotaCores),
      because: cores(quotaCores, `${shown(callsPerSecond)} grants a second`),
    },
    {
      what: 'session-broker',
      count: copiesFor(brokerCores),
      because: cores(brokerCores, `${shown(callsPerSecond)} grants and ${shown(beats)} heartbeats a second`),
    },
    { what: 'auth', count: chosen.copiesMin, because: 'it has no part in a call: two, so that one may fail' },
    {
      what: 'compliance',
      count: copiesFor(quotaCores),
      because: `as many as quota: it hears ${shown(factsPerSecond(wanted))} facts a second`,
    },
  ];
}

function storeNeeds(wanted: Wanted, mongoWritesPerSecond: number): Need[] {
  const { callsPerSecond } = wanted;
  const publishes = factsPerSecond(wanted);
  const streams = Math.max(1, Math.ceil(publishes / (measured.hopsPerSecond * chosen.load)));
  // An end and a settlement write as often as a grant does.
  const writes = 2 * callsPerSecond * measured.grantWrites;
  const shards = Math.max(1, Math.ceil(writes / (mongoWritesPerSecond * chosen.load)));
  const requests = 3 * callsPerSecond;
  return [
    {
      what: 'NATS servers',
      count: chosen.natsServers * streams,
      because: `${shown(publishes)} facts a second of ${shown(measured.hopsPerSecond)} measured; three keep each stream`,
    },
    {
      what: 'MongoDB members',
      count: chosen.mongoMembers * shards,
      because: `${shown(writes)} writes a second of ${shown(mongoWritesPerSecond)}; three keep each shard (${shards})`,
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
    callStreamDays: CallStream.maxBytes / bytesPerSecond / secondsPerDay,
    dollarsPerMonth:
      dollarsPerCoreHour === undefined ? undefined : Math.ceil(machines * hoursPerMonth * dollarsPerCoreHour),
  };
}
