import {
  counted,
  cpuMsOf,
  type Deciding,
  type EventOfCall,
  edgeCpuMsOf,
  entryMs,
  factMs,
  writeMs,
  writesOf,
} from '@vox/ops/scaling';
import { figure, type Tables } from './measured.ts';
import type { EventName, Visit, Work, Works } from './work.ts';

export const services = ['edge-guard', 'auth', 'quota', 'session-broker', 'compliance'] as const;
export const [callStream, transcriptStream, store] = ['VOX_CALLS', 'VOX_TRANSCRIPTS', 'MongoDB'] as const;
type Measured = Exclude<EventName, 'erasure'>;

/** What each event is called in the table `call-costs`. To revoke a key is taken to cost what any change does. */
export const countedAs: Readonly<Record<Measured, EventOfCall>> = {
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
};

/** What whoever asks waits for, in this order. All other work of an event comes after the answer. */
const waitedFor: Readonly<Record<Measured, readonly string[]>> = {
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

const isWork = ({ visits, ms }: Visit): boolean => visits > 0 && ms > 0;

function workOf(event: Measured): Work {
  const name = countedAs[event];
  const { facts, words, auditEntries, complianceWrites } = counted[name];
  const waits = waitedFor[event];
  const cpu = (['auth', 'quota', 'session-broker'] satisfies Deciding[]).map(
    (station): Visit => ({ station, visits: 1, ms: cpuMsOf(name, station) }),
  );
  const first = waits.includes(callStream) ? Math.min(1, facts) : 0;
  const all: Visit[] = [
    { station: 'edge-guard', visits: 1, ms: edgeCpuMsOf(name) },
    { station: callStream, visits: first, ms: factMs },
    { station: transcriptStream, visits: words, ms: factMs },
    ...cpu,
    { station: store, visits: writesOf(name) - complianceWrites, ms: writeMs },
  ].filter(isWork);
  // What compliance does follows its facts. It hears the first of them too, and what leads to no fact of calls.
  const ways = Math.max(1, facts - first);
  const fact: Visit[] = [
    { station: callStream, visits: (facts - first) / ways, ms: factMs },
    { station: 'compliance', visits: 1, ms: cpuMsOf(name, 'compliance') / ways },
    { station: store, visits: complianceWrites / ways, ms: writeMs },
    { station: store, visits: auditEntries / ways, ms: entryMs },
  ].filter(isWork);
  return {
    first: waits.flatMap((station) => all.filter((visit) => visit.station === station)),
    later: all.filter(({ station }) => !waits.includes(station)),
    facts: fact.length > 0 ? ways : 0,
    fact,
  };
}

/** What each event asks for. Of an erasure only the writes were counted. */
export function worksOf(tables: Tables): Works {
  const visits = figure(tables, 'erasure', { path: 'one call of 20 messages each' }, 'writesEach');
  const erasure: Work = { first: [], later: [{ station: store, visits, ms: writeMs }], facts: 0, fact: [] };
  const measured = Object.fromEntries((Object.keys(countedAs) as Measured[]).map((event) => [event, workOf(event)]));
  return { ...(measured as Record<Measured, Work>), erasure };
}
