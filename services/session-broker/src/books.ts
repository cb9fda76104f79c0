import type { Identity } from '@vox/shared/contracts';
import { type KeyRange, type MongoStore, rowsOf } from '@vox/shared/store';
import type { Slot } from './decide/claim.ts';
import { mongoSessions, mongoSlots } from './keep/mongo.ts';

/** What an auditor of the books reads of this service, in words that do not change with how it is kept. */
export type BrokerBooks = Readonly<{
  /** Slots that are taken, tenant by tenant. */
  slots: () => AsyncIterable<TenantSlots>;
  sessions: (range: KeyRange) => AsyncIterable<SessionRow>;
}>;

export type TenantSlots = Readonly<{ tenantId: string; open: Readonly<Record<string, Slot>> }>;
export type SessionRow = Readonly<{ sessionId: string; tenantId: string; identity: Identity }> &
  (
    | Readonly<{ kind: 'denied' }>
    | Readonly<{ kind: 'live'; grantedAtMs: number; endsAtMs: number }>
    | Readonly<{ kind: 'ended'; endedAtMs: number; told: boolean }>
  );

export async function brokerBooks(store: MongoStore): Promise<BrokerBooks> {
  const slots = await mongoSlots(store);
  const sessions = await mongoSessions(store);
  return {
    async *slots() {
      for await (const { key, state } of rowsOf(slots)) yield { tenantId: key, open: state.open };
    },
    async *sessions(range) {
      for await (const { key, state } of rowsOf(sessions, range)) {
        const whose = { sessionId: key, tenantId: state.tenantId, identity: state.identity };
        if (state.kind === 'denied') yield { ...whose, kind: 'denied' };
        else if (state.kind === 'live')
          yield { ...whose, kind: 'live', grantedAtMs: state.grantedAtMs, endsAtMs: state.endsAtMs };
        else yield { ...whose, kind: 'ended', endedAtMs: state.endedAtMs, told: state.told };
      }
    },
  };
}
