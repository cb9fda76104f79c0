import { randomBytes, randomUUID } from 'node:crypto';
import type { memoryBudgets, memoryRequests, memoryUsageDays } from '@vox/quota/twins';
import type { memoryStores as memoryBroker } from '@vox/session-broker/twins';

export type Stores = Readonly<{
  budgets: ReturnType<typeof memoryBudgets>;
  requests: ReturnType<typeof memoryRequests>;
  usageDays: ReturnType<typeof memoryUsageDays>;
}> &
  ReturnType<typeof memoryBroker>;

const atOnce = 64;
const hourMs = 3_600_000;

/**
 * Makes `count` open sessions beside those that were just granted, one for each tenant, and spreads them evenly over
 * the tenants. Each is a copy of the granted one, with an id and a visitor of its own, written through the stores'
 * ports. Budgets and slots are raised by what the copies hold. Their last sign of life lies an hour ahead, so no sweep
 * ends them.
 */
export async function seedOpenSessions(stores: Stores, granted: readonly string[], count: number): Promise<void> {
  // Read before the work begins: nobody connects to these, so the sweep ends them meanwhile.
  const models = await Promise.all(
    granted.map(async (id) => [await stores.requests.read(id), await stores.sessions.read(id)] as const),
  );
  for (const [n, [state, session]] of models.entries()) {
    const share = Math.floor(count / granted.length) + (n < count % granted.length ? 1 : 0);
    if (state?.kind !== 'admitted' || session?.kind !== 'live') throw new Error('a session to copy is not live');
    for (let made = 0; made < share; made += atOnce)
      await Promise.all(
        Array.from({ length: Math.min(atOnce, share - made) }, async () => {
          const id = randomUUID();
          const identity = { ...session.identity, visitorId: `v_${randomBytes(16).toString('base64url')}` };
          const copy = { ...session, identity, endsAtMs: Date.now() + hourMs };
          const seen = {
            connectedAtMs: Date.now(),
            lastSeenAtMs: Date.now() + hourMs,
            lastActiveAtMs: Date.now() + hourMs,
          };
          await stores.requests.update(id, () => ({
            result: undefined,
            state: { ...state, identity } as typeof state,
          }));
          await stores.sessions.update(id, () => ({
            result: undefined,
            state: { ...copy, ...seen } as typeof session,
          }));
        }),
      );
    const times = (amount: typeof state.reserved) => ({
      tokens: amount.tokens * share,
      micros: amount.micros * share,
      seconds: amount.seconds * share,
    });
    const held = times(state.reserved);
    const more = (counts: { settled: typeof held; reserved: typeof held }) => ({
      ...counts,
      reserved: {
        tokens: counts.reserved.tokens + held.tokens,
        micros: counts.reserved.micros + held.micros,
        seconds: counts.reserved.seconds + held.seconds,
      },
    });
    await stores.budgets.update(state.budgetKey, (budget) => {
      if (budget === undefined) throw new Error('a session was granted without a budget');
      const { day } = state.reservation;
      const today = budget.days[day] ?? budget.month;
      return {
        result: undefined,
        state: { ...budget, month: more(budget.month), days: { ...budget.days, [day]: more(today) } },
      };
    });
    await stores.slots.update(state.tenantId, (slots) => {
      if (slots === undefined) throw new Error('a session was granted without slots');
      const open = Object.fromEntries(Object.entries(slots.open).map(([scope, open]) => [scope, open + share]));
      return { result: undefined, state: { ...slots, open, people: undefined } };
    });
  }
}
