import type { Amount, IdentityKind, Period } from '@vox/shared/contracts';
import { type KeyRange, type MongoStore, rowsOf } from '@vox/shared/store';
import { mongoBudgets, mongoRequests } from './keep/mongo.ts';

/** What an auditor of the books reads of this service, in words that do not change with how it is kept. */
export type QuotaBooks = Readonly<{
  budgets: () => AsyncIterable<BudgetRow>;
  /** What every budget holds for calls that are not settled. */
  holds: () => AsyncIterable<HoldRow>;
  requests: (range: KeyRange) => AsyncIterable<RequestRow>;
}>;

export type BudgetRow = Readonly<{
  key: string;
  tenantId: string;
  kind: IdentityKind;
  /** Each day and the month. `name` begins with the day or month that it is, such as `2026-05-05`. */
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
        responseIds: readonly string[];
        connectedSeconds: number;
      }>
  );

export async function quotaBooks(store: MongoStore): Promise<QuotaBooks> {
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
      for await (const { key, state } of rowsOf(budgets))
        for (const [sessionId, { day, amount, settlement }] of Object.entries(state.reservations))
          if (settlement === undefined) yield { budgetKey: key, sessionId, day, amount };
    },
    async *requests(range) {
      for await (const { key, state } of rowsOf(requests, range)) {
        const whose = { sessionId: key, tenantId: state.tenantId };
        if (state.kind === 'denied') yield { ...whose, kind: 'denied' };
        else {
          const { closed, responseIds, connectedSeconds } = state;
          yield { ...whose, kind: 'admitted', closed, responseIds, connectedSeconds };
        }
      }
    },
  };
}
