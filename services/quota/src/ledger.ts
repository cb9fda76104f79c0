import type { Amount, IdentityKind, Period } from '@vox/contracts';
import { type KeyRange, type MongoStore, rowsOf } from '@vox/platform/store';
import { minus, nothing, plus } from './decide/amount.ts';
import type { PendingReservation, Reservation } from './decide/budget.ts';
import type { Price } from './decide/price.ts';
import { type Admitted, isBrokered, type RequestRecord } from './decide/record.ts';
import { countedFor, newUsageDay } from './decide/usage-day.ts';
import { mongoBudgets, mongoRequests, mongoUsageDays } from './keep/mongo.ts';
import { usageKey } from './keep/usage-days.ts';

export { countUsage } from './decide/count-usage.ts';
export { countKey, responseKey } from './decide/recorded-usage.ts';

/** What the reconciliation reads of this service, in a form that does not change with the stores. */
export type QuotaLedger = Readonly<{
  budgets: () => AsyncIterable<BudgetRow>;
  /** What every budget holds for calls that are not settled yet. */
  holds: () => AsyncIterable<HoldRow>;
  requests: (range: KeyRange) => AsyncIterable<RequestRow>;
  /** What is counted as usage, and what is settled and still to be counted: together all that budgets booked. */
  usage: () => AsyncIterable<UsageLedgerRow>;
}>;

export type BudgetRow = Readonly<{
  key: string;
  tenantId: string;
  kind: IdentityKind;
  /** Each day and the month. `name` is the day or month, such as `2026-05-05`. */
  periods: readonly Readonly<{
    period: Period;
    name: string;
    settled: Amount;
    reserved: Amount;
    /** The part of what is settled that counts no longer since a reset. */
    credit?: Amount | undefined;
  }>[];
  /** Whether all of it is counted as usage. It was not before usage was kept. */
  isUsageKept?: boolean | undefined;
}>;
export type UsageLedgerRow = Readonly<{ budgetKey: string; day: string; amount: Amount }>;
export type HoldRow = Readonly<{ budgetKey: string; sessionId: string; day: string; amount: Amount }>;
export type RequestRow = Readonly<{ sessionId: string; tenantId: string }> &
  (
    | Readonly<{ kind: 'denied' }>
    | Readonly<{
        kind: 'admitted';
        /** Whether what the call used is booked. */
        closed: boolean;
        /** In the form of `responseKey`, or of `countKey` if the call is brokered. */
        responseIds: readonly string[];
        /** Whether its reports were impossible. Ids of responses past a bound are not kept. */
        doubted: boolean;
        connectedSeconds: number;
        /** Of a brokered call alone: what was counted of what the provider said. */
        provider?: ProviderRow | undefined;
      }>
  );

/**
 * What was counted of the responses of a brokered call, at its price; of its utterances, which another model wrote down
 * at a price of its own; and of its time, where the provider bills by time.
 */
export type ProviderRow = Readonly<{ price: Price; responses: Amount; utterances: Amount; seconds: number }>;

export async function quotaLedger(store: MongoStore): Promise<QuotaLedger> {
  const budgets = await mongoBudgets(store);
  const requests = await mongoRequests(store);
  const usageDays = await mongoUsageDays(store);
  return {
    async *budgets() {
      for await (const { key, state } of rowsOf(budgets)) {
        const [tenantId = '', kind, month = ''] = key.split(':');
        const days = Object.entries(state.days).map(([name, held]) => ({ period: 'day' as const, name, ...held }));
        yield {
          key,
          tenantId,
          kind: kind as IdentityKind,
          periods: [{ period: 'month', name: month, ...state.month }, ...days],
          isUsageKept: state.isUsageKept,
        };
      }
    },
    async *holds() {
      // A hold stands in the record, or in what is pending after it; and there are holds that nobody decided on.
      const pending = new Map<string, readonly [string, PendingReservation]>();
      for await (const { key, state } of rowsOf(budgets))
        for (const [sessionId, change] of Object.entries(state.pending)) pending.set(sessionId, [key, change]);
      for await (const { key: sessionId, state: record } of rowsOf(requests)) {
        if (record.kind !== 'admitted') continue;
        const { reservation, budgetKey } = record;
        const [, change] = pending.get(sessionId) ?? [];
        const isSame = change?.root === reservation.root;
        if (isSame) pending.delete(sessionId);
        yield* holdOf(budgetKey, sessionId, isSame && change.seq > reservation.seq ? change : reservation);
      }
      for (const [sessionId, [budgetKey, change]] of pending) yield* holdOf(budgetKey, sessionId, change);
    },
    async *usage() {
      const usage = new Map<string, typeof newUsageDay>();
      for await (const { key, state } of rowsOf(usageDays)) {
        usage.set(key, state);
        const [tenantId = '', kind = '', day = ''] = key.split(':');
        const amount = state.places.reduce((sum, each) => plus(sum, each.amount), nothing);
        yield { budgetKey: `${tenantId}:${kind}:${day.slice(0, 7)}`, day, amount };
      }
      const pending = new Map<string, PendingReservation>();
      for await (const { state } of rowsOf(budgets))
        for (const [sessionId, change] of Object.entries(state.pending)) pending.set(sessionId, change);
      for await (const { key: sessionId, state: record } of rowsOf(requests))
        if (record.kind === 'admitted') {
          const { tenantId, identity, reservation, budgetKey } = record;
          const { day } = reservation;
          const counted = usage.get(usageKey(tenantId, identity.kind, day)) ?? newUsageDay;
          const amount = minus(settledOf(record, pending.get(sessionId)), countedFor(counted, sessionId, record));
          yield { budgetKey, day, amount };
        }
    },
    async *requests(range) {
      for await (const { key, state } of rowsOf(requests, range)) yield requestRow(key, state);
    },
  };
}

function* holdOf(budgetKey: string, sessionId: string, { day, amount, settlement }: Reservation): Generator<HoldRow> {
  if (settlement === undefined) yield { budgetKey, sessionId, day, amount };
}

/** What is settled of a session: as its record says, or as the budget says and the record does not know yet. */
function settledOf({ reservation }: Admitted, pending: PendingReservation | undefined): Amount {
  const isNewer = pending !== undefined && pending.root === reservation.root && pending.seq > reservation.seq;
  return (isNewer ? pending : reservation).settlement?.settled ?? nothing;
}

/** What the record of a request says to the reconciliation. */
export function requestRow(sessionId: string, record: RequestRecord): RequestRow {
  const whose = { sessionId, tenantId: record.tenantId };
  if (record.kind === 'denied') return { ...whose, kind: 'denied' };
  const { reservation, responseIds, connectedSeconds, doubted } = record;
  return {
    ...whose,
    kind: 'admitted',
    closed: reservation.settlement !== undefined,
    responseIds,
    connectedSeconds,
    doubted: doubted?.why === 'impossible',
    ...(isBrokered(record) && { provider: providerRow(record) }),
  };
}

function providerRow({ price, reported, transcribed = nothing, countedSeconds = 0 }: Admitted): ProviderRow {
  return { price, responses: minus(reported, transcribed), utterances: transcribed, seconds: countedSeconds };
}
