import type { Budget, RequestRecord } from '@vox/quota/books';
import type { Session, Slots } from '@vox/session-broker/books';
import type { Policy } from '@vox/shared/contracts';

/** A fact of a session, as the stream keeps it: once for each id. */
export type Told = Readonly<{ id: string; type: string; tenantId: string; sessionId: string; atMs: number }>;

/** Everything that the services keep and have told, read at one moment at rest. */
export type Books = Readonly<{
  nowMs: number;
  policies: ReadonlyMap<string, Policy>;
  budgets: ReadonlyMap<string, Budget>;
  requests: ReadonlyMap<string, RequestRecord>;
  slots: ReadonlyMap<string, Slots>;
  sessions: ReadonlyMap<string, Session>;
  told: readonly Told[];
  /** Messages that a consumer has not finished, by its name. */
  behind: ReadonlyMap<string, number>;
}>;

type Amount = Budget['month']['settled'];
const measures = ['tokens', 'micros', 'seconds'] as const;
const sum = (amounts: readonly Amount[]): Amount => ({
  tokens: amounts.reduce((total, each) => total + each.tokens, 0),
  micros: amounts.reduce((total, each) => total + each.micros, 0),
  seconds: amounts.reduce((total, each) => total + each.seconds, 0),
});
const differ = (one: Amount, other: Amount): boolean => measures.some((of) => one[of] !== other[of]);
/** What is younger may still be under way. */
const graceMs = 10_000;

/** I1: settled and reserved never exceed a cap, and add up to what they are made of. */
function* budgetsOff({ budgets, policies }: Books): Generator<string> {
  for (const [key, budget] of budgets) {
    const [tenantId = '', kind] = key.split(':');
    const limits = policies.get(tenantId)?.limits[kind as 'widget' | 'console'];
    const caps = {
      day: [limits?.tokensPerDay, limits?.microsPerDay, limits?.secondsPerDay],
      month: [limits?.tokensPerMonth, limits?.microsPerMonth, limits?.secondsPerMonth],
    };
    const periods = [
      ['month', budget.month] as const,
      ...Object.values(budget.days).map((day) => ['day', day] as const),
    ];
    for (const [period, held] of periods)
      for (const [index, of] of measures.entries())
        if (held.settled[of] + held.reserved[of] > (caps[period][index] ?? Number.POSITIVE_INFINITY))
          yield `I1: ${key} holds more ${of} than its ${period} may`;
    const open = Object.values(budget.reservations).filter(({ settlement }) => settlement === undefined);
    if (differ(budget.month.reserved, sum(open.map(({ amount }) => amount))))
      yield `I1: ${key} reserves another amount than its reservations make`;
    const days = Object.values(budget.days);
    if (differ(budget.month.settled, sum(days.map(({ settled }) => settled))))
      yield `I1: ${key} settled another amount than its days`;
  }
}

/** I2: open slots never exceed a cap, and each is a living session, which each living session has. */
function* slotsOff({ slots, sessions, policies, nowMs }: Books): Generator<string> {
  for (const [tenantId, { open }] of slots) {
    const held = Object.entries(open).filter(([, { untilMs }]) => untilMs > nowMs);
    const limits = policies.get(tenantId)?.limits;
    if (limits !== undefined && held.length > limits.widget.openSessions)
      yield `I2: ${tenantId} has ${held.length} open slots of ${limits.widget.openSessions}`;
    for (const [sessionId, { claimedAtMs }] of held)
      if (claimedAtMs < nowMs - graceMs && sessions.get(sessionId)?.kind !== 'live')
        yield `I2: a slot of ${tenantId} is held by ${sessionId}, which does not live`;
  }
  for (const [sessionId, session] of sessions) {
    if (session.kind !== 'live') continue;
    if (slots.get(session.tenantId)?.open[sessionId] === undefined) yield `I2: ${sessionId} lives without a slot`;
    if (session.endsAtMs < nowMs - graceMs) yield `I2: ${sessionId} outlives its time`;
  }
}

/** I3: every request has one decision, every grant one end or a living session. I4: what ended is settled, and nobody is behind. */
function* decisionsOff({ told, sessions, requests, budgets, behind, nowMs }: Books): Generator<string> {
  const bySession = Map.groupBy(told, ({ sessionId }) => sessionId);
  for (const [sessionId, facts] of bySession) {
    const count = (type: string): number =>
      new Set(facts.filter((fact) => fact.type === type).map(({ id }) => id)).size;
    const asked = facts.find(({ type }) => type === 'vox.session.requested.v1');
    const granted = count('vox.session.granted.v1');
    const ended = count('vox.session.ended.v1');
    const decisions = granted + count('vox.session.denied.v1');
    if (asked !== undefined && asked.atMs < nowMs - graceMs && decisions !== 1)
      yield `I3: ${sessionId} has ${decisions} decisions`;
    if (ended > granted) yield `I3: ${sessionId} ended without a grant`;
    const lives = sessions.get(sessionId)?.kind === 'live';
    if (granted === 1 && ended + (lives ? 1 : 0) !== 1)
      yield `I3: ${sessionId} was granted and has ${ended} ends${lives ? ', and lives' : ''}`;
    const record = requests.get(sessionId);
    const last = Math.max(...facts.map(({ atMs }) => atMs));
    if (record?.kind === 'admitted' && !lives && last < nowMs - graceMs) {
      const reservation = budgets.get(record.budgetKey)?.reservations[sessionId];
      if (!record.closed || (reservation !== undefined && reservation.settlement === undefined))
        yield `I4: ${sessionId} is over and not settled`;
    }
  }
  for (const [consumer, messages] of behind) if (messages > 0) yield `I4: ${consumer} is ${messages} messages behind`;
}

/** Names whatever breaks an invariant (design I1–I4). Nothing is what sound books give. */
export const verifyBooks = (books: Books): readonly string[] => [
  ...budgetsOff(books),
  ...slotsOff(books),
  ...decisionsOff(books),
];
