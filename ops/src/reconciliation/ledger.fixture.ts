import { someLimits, somePolicy, someWidgetKey } from '@vox/testing';
import { isIn, type Ledger, type OddIdentifiers, type PublishedFact } from './ledger.ts';

export const nowMs = Date.parse('2026-05-05T12:00:00.000Z');
export const minuteAgo = nowMs - 60_000;
export const id = 'c0ffee00-0000-4000-8000-000000000001';
export const other = 'c0ffee00-0000-4000-8000-000000000002';
const key = 'acme:widget:2026-05';
const nothing = { tokens: 0, micros: 0, seconds: 0 };
export const amount = (micros: number) => ({ ...nothing, micros });
const identity = { kind: 'widget' as const, widgetKey: someWidgetKey, visitorId: 'v_AAAAAAAAAAAAAAAAAAAAAA' };
export const fact = (type: string, data: object = {}, over: Partial<PublishedFact> = {}): PublishedFact => ({
  id: `${type}:${id}`,
  type: `vox.${type}.v1`,
  subjectName: `vox.${type}.acme.${id}`,
  tenantId: 'acme',
  sessionId: id,
  atMs: minuteAgo,
  data: { tenantId: 'acme', sessionId: id, ...data },
  ...over,
});
export const ofTenant = (type: string, over: Partial<PublishedFact> = {}): PublishedFact =>
  fact(type, {}, { sessionId: undefined, subjectName: `vox.${type}.acme`, ...over });

export type Held = { budgetKey: string; sessionId: string; day: string; amount: typeof nothing };
type Slots = Record<string, { identity: typeof identity; claimedAtMs: number }>;
export const slot = { identity, claimedAtMs: minuteAgo };
export const period = (name: string, settled: number, reserved: number) => ({
  period: name.length === 7 ? ('month' as const) : ('day' as const),
  name,
  settled: amount(settled),
  reserved: amount(reserved),
});
export const live = {
  sessionId: id,
  tenantId: 'acme',
  identity,
  kind: 'live' as const,
  grantedAtMs: minuteAgo,
  endsAtMs: nowMs + 60_000,
};
export const over = {
  sessionId: id,
  tenantId: 'acme',
  identity,
  kind: 'ended' as const,
  endedAtMs: minuteAgo,
  isPublished: true,
};
export const admitted = {
  sessionId: id,
  tenantId: 'acme',
  kind: 'admitted' as const,
  closed: false,
  responseIds: ['r1'],
  doubted: false,
  connectedSeconds: 30,
};
export const asked = fact('session.requested');
export const granted = fact('session.granted');
export const ended = fact('session.ended', { grantedAt: new Date(minuteAgo).toISOString() });

/** The sound ledger of one live call. A test breaks one thing in it. */
export const sound = {
  limits: { microsPerDay: 100, openSessions: 1 } as object,
  policy: {} as object,
  periods: [period('2026-05', 10, 40), period('2026-05-05', 10, 40)],
  holds: [{ budgetKey: key, sessionId: id, day: '2026-05-05', amount: amount(40) }] as readonly Held[],
  requests: [admitted] as readonly object[],
  usage: [{ budgetKey: key, day: '2026-05-05', amount: amount(10) }],
  slots: { [id]: slot } as Slots,
  counted: undefined as Record<string, number> | undefined,
  sessions: [live] as readonly object[],
  calls: [
    asked,
    fact('session.admitted'),
    granted,
    fact('usage.reported', { responseId: 'r1' }),
    fact('usage.metered', { connectedSeconds: 30 }),
  ],
  others: [ofTenant('identity.key-created')],
  unrecorded: [] as readonly string[],
  untold: [] as readonly { tenantId: string; sinceMs: number }[],
  identifiers: [{ broken: [], holdIds: [] }] as readonly (OddIdentifiers | 'unanswered')[],
  callsFromMs: nowMs - 86_400_000,
  behind: new Map([['quota-ends', 0]]),
  deadLetters: new Map<string, string>(),
};
/** The ledger of the same call after its end. */
export const afterwards = {
  ...sound,
  periods: [period('2026-05', 10, 0), period('2026-05-05', 10, 0)],
  holds: [],
  requests: [{ ...admitted, closed: true }],
  slots: {},
  sessions: [over],
  calls: [...sound.calls, ended],
};
export type Kept = typeof sound;

async function* each<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}
export const ledgerOf = (kept: Kept): Ledger => {
  const inRange =
    <T>(rows: readonly T[]) =>
    (range: object) =>
      each(rows.filter((row) => isIn((row as { sessionId: string }).sessionId, range)));
  return {
    nowMs,
    policies: new Map([['acme', somePolicy(kept.policy, someLimits(kept.limits))]]),
    quota: {
      budgets: () =>
        each([{ key, tenantId: 'acme', kind: 'widget' as const, periods: kept.periods, isUsageKept: true }]),
      usage: () => each(kept.usage),
      holds: () => each(kept.holds),
      requests: inRange(kept.requests) as Ledger['quota']['requests'],
    },
    broker: {
      slots: () => {
        const counted = kept.counted ?? { widget: Object.keys(kept.slots).length };
        return each([{ tenantId: 'acme', counted, open: kept.slots }]);
      },
      sessions: inRange(kept.sessions) as Ledger['broker']['sessions'],
    },
    auth: { unpublished: () => each(kept.untold) },
    compliance: { unrecorded: async (_tenant, facts) => facts.filter(({ id }) => kept.unrecorded.includes(id)) },
    identifiers: () => each(kept.identifiers),
    calls: inRange(kept.calls) as Ledger['calls'],
    others: () => each(kept.others),
    callCount: kept.calls.length,
    callsFromMs: kept.callsFromMs,
    behind: kept.behind,
    deadLetters: kept.deadLetters,
  };
};
