import { measured as scaling } from '@vox/ops/scaling';
import { figure, type Tables } from './measured.ts';
import type { EventName, Visit, Work, Works } from './work.ts';

/** The services in the order in which an event reaches them, and the column of their processor time. */
export const services = {
  'edge-guard': 'edgeCpuMs',
  auth: 'authCpuMs',
  quota: 'quotaCpuMs',
  'session-broker': 'brokerCpuMs',
  compliance: 'complianceCpuMs',
} as const;
export type Service = keyof typeof services;
export const [callStream, transcriptStream, store] = ['VOX_CALLS', 'VOX_TRANSCRIPTS', 'MongoDB'] as const;

/** The row of each event in the table `call-costs`. To revoke a key is taken to cost what any change of a policy does. */
export const rowOfEvent = {
  page: 'bootstrap',
  refused: 'refused',
  start: 'start',
  heartbeat: 'heartbeat',
  answer: 'answer',
  words: 'words',
  end: 'end',
  final: 'transcript final',
  change: 'policy change',
  revocation: 'policy change',
} as const satisfies Partial<Record<EventName, string>>;

/** What whoever asks waits for. All other work of an event comes after the answer. */
const waitedFor: Readonly<Record<keyof typeof rowOfEvent, readonly string[]>> = {
  page: ['edge-guard'],
  refused: ['edge-guard'],
  start: ['edge-guard', callStream, 'quota', 'session-broker', store],
  heartbeat: ['edge-guard', 'session-broker', store],
  answer: ['edge-guard', callStream],
  words: ['edge-guard', transcriptStream],
  end: ['edge-guard', 'session-broker', store],
  final: [],
  change: ['auth', store],
  revocation: ['auth', store],
};

/** Milliseconds of one write of the server at hand, and of one entry of the audit log, which leaves with others. */
export const writeMs = (tables: Tables): number => {
  const grants = { path: 'whole grant, stores on MongoDB' };
  return 1_000 / (figure(tables, 'grant', grants, 'perSecond') * figure(tables, 'grant', grants, 'writesPerRequest'));
};
const entryMs = (tables: Tables): number => 1_000 / figure(tables, 'audit', { path: 'append' }, 'perSecond');
/** Milliseconds that a stream takes for one fact, as docs/scaling.md reckons it. */
const factMs = 1_000 / scaling.hopsPerSecond;

function workOf(tables: Tables, event: keyof typeof rowOfEvent): Work {
  const of = (column: string): number => figure(tables, 'call-costs', { event: rowOfEvent[event] }, column);
  const [facts, words] = [of('facts'), of('words')];
  const isWaited = (station: string): boolean => waitedFor[event].includes(station);
  const cpu = Object.entries(services)
    .filter(([service]) => service !== 'compliance')
    .map(([station, column]): Visit => ({ station, visits: 1, ms: of(column) }));
  const writes: Visit = { station: store, visits: of('writes'), ms: writeMs(tables) };
  const streams: Visit[] = [
    { station: callStream, visits: isWaited(callStream) ? Math.min(1, facts) : 0, ms: factMs },
    { station: transcriptStream, visits: words, ms: factMs },
  ];
  const [edge, ...others] = cpu;
  const all = [...(edge === undefined ? [] : [edge]), ...streams, ...others, writes].filter(
    ({ visits, ms }) => visits * ms > 0,
  );
  const left = Math.max(0, facts - (streams[0]?.visits ?? 0));
  // Compliance hears every fact, also the first: its work is shared out over those that go their own way.
  const ways = Math.max(1, left);
  const fact: Visit[] = [
    { station: callStream, visits: Math.min(1, left), ms: factMs },
    { station: 'compliance', visits: 1, ms: of(services.compliance) / ways },
    { station: store, visits: of('auditWrites') / ways, ms: entryMs(tables) },
  ];
  return {
    first: all.filter(({ station }) => isWaited(station)),
    later: all.filter(({ station }) => !isWaited(station)),
    facts: fact.some(({ visits, ms }) => visits * ms > 0) ? ways : 0,
    fact: fact.filter(({ visits, ms }) => visits * ms > 0),
  };
}

/** What each event asks for, from docs/performance.json alone. Of an erasure only the writes were counted. */
export function worksOf(tables: Tables): Works {
  const writesEach = figure(tables, 'erasure', { path: 'one call of 20 messages each' }, 'writesEach');
  const measured = Object.fromEntries(
    (Object.keys(rowOfEvent) as (keyof typeof rowOfEvent)[]).map((event) => [event, workOf(tables, event)]),
  ) as Record<keyof typeof rowOfEvent, Work>;
  const erased: Visit = { station: store, visits: writesEach, ms: writeMs(tables) };
  return { ...measured, erasure: { first: [], later: [erased], facts: 0, fact: [] } };
}
