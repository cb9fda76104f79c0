import type { Identity } from '@vox/contracts';
import { type KeyRange, type MongoStore, rowsOf } from '@vox/platform/store';
import type { Session } from './calls/decide/session.ts';
import { tenantTag } from './calls/keep/sessions.ts';
import { mongoSessions, mongoSlots } from './mongo.ts';

/** What the reconciliation reads of this service, in words that do not change with how it is kept. */
export type BrokerLedger = Readonly<{
  /** Slots that are taken, tenant by tenant. */
  slots: (nowMs: number) => AsyncIterable<TenantSlots>;
  sessions: (range: KeyRange) => AsyncIterable<SessionRow>;
}>;

/** `counted` is what the caps are held against, by kind of identity; `open` is what is open: sessions that live, and what is under way. */
export type TenantSlots = Readonly<{
  tenantId: string;
  counted: Readonly<Record<string, number>>;
  open: Readonly<Record<string, OpenSlot>>;
}>;
/** `claimedAtMs` of a session that has ended, and whose slot is not free yet, is the moment of its end. */
export type OpenSlot = Readonly<{ identity: Identity; address?: string | undefined; claimedAtMs: number }>;
export type SessionRow = Readonly<{ sessionId: string; tenantId: string; identity: Identity }> &
  (
    | Readonly<{ kind: 'denied' }>
    | Readonly<{ kind: 'live'; grantedAtMs: number; endsAtMs: number }>
    | Readonly<{ kind: 'ended'; endedAtMs: number; told: boolean }>
  );

export async function brokerLedger(store: MongoStore): Promise<BrokerLedger> {
  const slots = await mongoSlots(store);
  const sessions = await mongoSessions(store);
  return {
    async *slots(nowMs) {
      const untold = await sessions.due(nowMs, untoldMax);
      for await (const { key: tenantId, state } of rowsOf(slots)) {
        const open: Record<string, OpenSlot> = {};
        const all = { all: (limit: number, after?: string) => sessions.tagged(tenantTag(tenantId), limit, after) };
        for await (const { key, state: session } of rowsOf(all)) Object.assign(open, slotOf(key, session));
        for (const { key, state: session } of untold)
          if (session.tenantId === tenantId && state.pending[key]?.what !== 'freed')
            Object.assign(open, slotOf(key, session));
        for (const [key, { what, identity, address, atMs }] of Object.entries(state.pending))
          if (what === 'claimed') open[key] ??= { identity, address, claimedAtMs: atMs };
        yield { tenantId, counted: state.open, open };
      }
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

const untoldMax = 10_000;

function slotOf(sessionId: string, session: Session): Readonly<Record<string, OpenSlot>> {
  const { identity } = session;
  if (session.kind === 'denied' || (session.kind === 'ended' && session.told)) return {};
  const { address } = session;
  return {
    [sessionId]: { identity, address, claimedAtMs: session.kind === 'live' ? session.grantedAtMs : session.endedAtMs },
  };
}
