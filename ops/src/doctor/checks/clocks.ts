import { type ClockFacts, type Facts, readOf } from '../facts.ts';
import { type Finding, finding } from '../finding.ts';

/** Services do not follow a clock of the bus that is further away than this. */
const doubtfulMs = 2_000;
const noticedMs = 500;

/** Ours is one of them: offsets between two others are differences of their offsets to ours. */
export function clockFindings(facts: Facts): Finding[] {
  const ours: ClockFacts = { of: 'this machine', aheadMs: 0, uncertaintyMs: 0 };
  const sources = [readOf(facts.nats), readOf(facts.redis), readOf(facts.mongo), readOf(facts.door)];
  const clocks = [ours, ...sources.flatMap((each) => each?.clock ?? [])];
  if (clocks.length === 1) return [];
  const first = clocks.reduce((least, each) => (each.aheadMs < least.aheadMs ? each : least));
  const last = clocks.reduce((most, each) => (each.aheadMs > most.aheadMs ? each : most));
  const apartMs = last.aheadMs - first.aheadMs - last.uncertaintyMs - first.uncertaintyMs;
  if (apartMs <= noticedMs) return [];
  return [
    finding(
      apartMs > doubtfulMs ? 'high' : 'medium',
      'clocks.apart',
      `The clock of ${last.of} is at least ${Math.round(apartMs)} ms ahead of the one of ${first.of}.`,
      'Tokens, leases and deadlines are counted by different times: what lives for one has ended for the other.',
      'Let all machines follow one source of time (NTP).',
    ),
  ];
}
