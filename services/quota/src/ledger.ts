import type { Amount, IdentityKind, Period } from '@vox/contracts';
import { type KeyRange, type MongoStore, rowsOf } from '@vox/platform/store';
import type { PendingReservation, Reservation } from './decide/budget.ts';
import { mongoBudgets, mongoRequests } from './keep/mongo.ts';

export { responseKey } from './decide/recorded-usage.ts';

/** What the reconciliation reads of this service, in a form that does not change with the stores. */
export type QuotaLedger = Readonly<{
  budgets: () => AsyncIterable<BudgetRow>;
  /** What every budget holds for calls that are not settled yet. */
  holds: () => AsyncIterable<HoldRow>;
  requests: (range: KeyRange) => AsyncIterable<RequestRow>;
}>;

export type BudgetRow = Readonly<{
  key: string;
  tenantId: string;
  kind: IdentityKind;
  /** Each day and the month. `name` is the day or month, such as `2026-05-05`. */
  periods: readonly Readonly<{ period: Period; name: string; settled: Amount; reserved: Amount }>[];
}>;
export type HoldRow = Readonly<{ budgetKey: string; sessionId: string; day: string; amount: Amount }>;
export type RequestRow = Readonly<{ sessionId: string; tenantId: string }> &
  (
    | Readonly<{ kind: 'denied' }>
    | Readonly<{
        kind: 'admitted';
        /** Whether what the call used is booked. */
        closed: boolean;
        /** In the form of `responseKey`. */
        responseIds: readonly string[];
        /** Whether its reports were impossible. Ids of responses past a bound are not kept. */
        doubted: boolean;
        connectedSeconds: number;
      }>
  );

export async function quotaLedger(store: MongoStore): Promise<QuotaLedger> {
  const budgets = await mongoBudgets(store);
  const requests = await mongoRequests(store);
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
    async *requests(range) {
      for await (const { key, state } of rowsOf(requests, range)) {
        const whose = { sessionId: key, tenantId: state.tenantId };
        if (state.kind === 'denied') yield { ...whose, kind: 'denied' };
        else {
          const { reservation, responseIds, connectedSeconds } = state;
          const closed = reservation.settlement !== undefined;
          yield {
            ...whose,
            kind: 'admitted',
            closed,
            responseIds,
            connectedSeconds,
            doubted: state.doubted?.why === 'impossible',
          };
        }
      }
    },
  };
}

function* holdOf(budgetKey: string, sessionId: string, { day, amount, settlement }: Reservation): Generator<HoldRow> {
  if (settlement === undefined) yield { budgetKey, sessionId, day, amount };
}
