import type { AuditEntry, TimelineEntry, TimelineEvent } from '@vox/contracts';

type Details = TimelineEntry['details'];

/** Facts of one call have ids of this form. Some end with more behind another colon. */
const kindOf = ({ factId }: Pick<AuditEntry, 'factId'>): string => factId.slice(0, factId.indexOf(':'));

const chosen = { agentId: 'agentId', model: 'model', voice: 'voice' };
const amountOf = (field: string) => ({
  tokens: `${field}.tokens`,
  micros: `${field}.micros`,
  seconds: `${field}.seconds`,
});
const bill = {
  ...amountOf('settled'),
  ...{ uncoveredTokens: 'uncovered.tokens', uncoveredMicros: 'uncovered.micros' },
};

type Shown = Readonly<{ what: TimelineEvent; fields: Readonly<Record<string, string>> }>;

/** What is shown of a fact, field by field: whatever is added to a fact is shown only once it stands here. */
const shownOf: Readonly<Record<string, Shown>> = {
  requested: {
    what: 'requested',
    fields: { kind: 'identity.kind', widgetKey: 'identity.widgetKey', ...chosen, mode: 'mode', passed: 'passed' },
  },
  reserved: { what: 'reserved', fields: { day: 'day', ...amountOf('reserved') } },
  admitted: { what: 'admitted', fields: { ...chosen, maxSeconds: 'maxSeconds' } },
  denied: { what: 'denied', fields: { by: 'by', reason: 'denial.reason', scope: 'denial.scope' } },
  granted: {
    what: 'granted',
    fields: {
      ...{ ...chosen, provider: 'provider', mode: 'mode' },
      ...{ maxSeconds: 'maxSeconds', idleSeconds: 'idleSeconds', endsAt: 'endsAt' },
    },
  },
  'tool-used': {
    what: 'tool-used',
    fields: {
      ...{ name: 'name', kind: 'kind', via: 'via', outcome: 'outcome', toolReason: 'reason', ok: 'ok' },
      ...{ host: 'host', method: 'method', status: 'status', ms: 'ms', costMicros: 'costMicros' },
    },
  },
  expiring: { what: 'expiring', fields: { endsAt: 'endsAt' } },
  exceeded: { what: 'quota-exceeded', fields: { period: 'period', measure: 'measure', resetsAt: 'resetsAt' } },
  ended: {
    what: 'ended',
    fields: { reason: 'reason', by: 'by', confirmedBy: 'confirmedBy', connectedSeconds: 'connectedSeconds' },
  },
  settled: { what: 'settled', fields: bill },
  adjusted: { what: 'settled', fields: bill },
  finalised: { what: 'transcript-finalised', fields: { messages: 'messages' } },
};

/** The ids of the facts of a call, and how the ids begin of those that may be many. */
export const factsOfCall = (sessionId: string) => ({
  factIds: Object.keys(shownOf).map((kind) => `${kind}:${sessionId}`),
  beginnings: ['adjusted', 'metered', 'tool-used'].map((kind) => `${kind}:${sessionId}:`),
});

/** An entry of the audit log as it stands on the timeline; `undefined` for one that does not. */
export function eventOf(entry: Pick<AuditEntry, 'factId' | 'time' | 'data'>): TimelineEntry | undefined {
  const shown = shownOf[kindOf(entry)];
  if (shown === undefined) return undefined;
  const data: unknown = JSON.parse(entry.data);
  const details = Object.entries(shown.fields).flatMap(([name, path]): [string, Details[string]][] => {
    const found = valueAt(data, path);
    const value = Array.isArray(found) ? found.join(', ') : found;
    return isPlain(value) ? [[name, value]] : [];
  });
  return { at: entry.time, what: shown.what, details: Object.fromEntries(details) };
}

const isPlain = (value: unknown): value is Details[string] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const valueAt = (data: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((within, name) => (within as Record<string, unknown> | undefined)?.[name], data);

/** The trace under which the call was asked for, or else the first that anything of it was recorded under. */
export const traceIn = (entries: readonly Pick<AuditEntry, 'factId' | 'traceId'>[]): string | null =>
  (entries.find((entry) => kindOf(entry) === 'requested') ?? entries.find(({ traceId }) => traceId !== null))
    ?.traceId ?? null;

/** When the call was seen last, as its clock tells. */
export const lastSeenIn = (entries: readonly Pick<AuditEntry, 'factId' | 'time'>[]): string | null =>
  entries
    .filter((entry) => kindOf(entry) === 'metered')
    .map(({ time }) => time)
    .sort()
    .at(-1) ?? null;

const order: readonly TimelineEvent[] = [
  ...(['consent', 'requested', 'reserved', 'admitted', 'denied', 'granted', 'seen', 'tool-used'] as const),
  ...(['expiring', 'quota-exceeded', 'ended', 'settled', 'transcript-finalised'] as const),
];

/** Events in their order; those of one moment in the order in which a call goes through them. */
export const inOrder = (events: readonly TimelineEntry[]): TimelineEntry[] =>
  events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || order.indexOf(a.what) - order.indexOf(b.what));

export function stateOf(events: readonly Pick<TimelineEntry, 'what'>[]): 'requested' | 'denied' | 'live' | 'ended' {
  const has = (wanted: TimelineEvent): boolean => events.some(({ what }) => what === wanted);
  if (has('ended')) return 'ended';
  if (has('granted')) return 'live';
  return has('denied') ? 'denied' : 'requested';
}
