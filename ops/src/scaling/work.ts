import { counted } from './counted.ts';
import { measured } from './figures.ts';

/** The services that decide and keep. edge-guard is the door before them. */
export type Deciding = 'auth' | 'quota' | 'session-broker' | 'compliance';
export type EventOfCall = keyof typeof counted;

const columns = { auth: 'auth', quota: 'quota', 'session-broker': 'broker', compliance: 'compliance' } as const;

/** Whom the door asks about an event, beside the facts of it. */
const asked: Readonly<Partial<Record<EventOfCall, Deciding>>> = {
  heartbeat: 'session-broker',
  answer: 'quota',
  end: 'session-broker',
  'policy change': 'auth',
};

/**
 * Processor time that one event takes of a service behind the door, in milliseconds: facts that it hears, a question
 * that it answers, documents that it writes, entries of the audit log. Each was measured on a quiet machine; that they
 * add up is assumed.
 */
export function cpuMsOf(event: EventOfCall, service: Deciding): number {
  const counts = counted[event];
  const messages = counts[`${columns[service]}Deliveries`] + (asked[event] === service ? 1 : 0);
  const entries = service === 'compliance' ? counts.auditEntries : 0;
  const writes = counts[`${columns[service]}Writes`];
  return messages * measured.messageCpuMs + writes * measured.writeCpuMs + entries * measured.entryCpuMs;
}

/** Processor time of an event at the door. What was not measured by itself is taken to cost what a decision does. */
export function edgeCpuMsOf(event: EventOfCall): number {
  if (event === 'transcript final' || event === 'policy change') return 0;
  return event === 'refused' ? measured.refusedCpuMs : measured.edgeCpuMs;
}

/** Documents that one event writes, over all services, without entries of the audit log. */
export const writesOf = (event: EventOfCall): number =>
  Object.values(columns).reduce((sum, column) => sum + counted[event][`${column}Writes`], 0);

/** Milliseconds of one write of the server at hand, and of one entry of the audit log: entries leave together. */
export const writeMs = 1_000 / (measured.grantsPerSecond * measured.grantWrites);
export const entryMs = 1_000 / measured.entriesPerSecond;
/** Milliseconds of one fact, as one NATS server was measured. */
export const factMs = 1_000 / measured.hopsPerSecond;
