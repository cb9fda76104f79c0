import type { Identity } from '@vox/contracts';
import { type KeyRange, type MongoStore, rowsOf } from '@vox/platform/store';
import type { Session } from './calls/decide/session.ts';
import { tenantTag } from './calls/keep/sessions.ts';
import { mongoSessions, mongoSlots } from './mongo.ts';

/** What the reconciliation reads of this service, in words that do not depend on how it is stored. */
export type BrokerLedger = Readonly<{
  /** The slots in use, tenant by tenant. */
  slots: (nowMs: number) => AsyncIterable<TenantSlots>;
  sessions: (range: KeyRange) => AsyncIterable<SessionRow>;
}>;

/**
 * `counted` is compared with the caps, by kind of identity. `open` lists what holds a slot: live sessions, and whatever
 * is pending.
 */
export type TenantSlots = Readonly<{
  tenantId: string;
  counted: Readonly<Record<string, number>>;
  open: Readonly<Record<string, OpenSlot>>;
}>;
/** When a session has ended and its slot is not free yet, `claimedAtMs` is the moment of its end. */
export type OpenSlot = Readonly<{ identity: Identity; address?: string | undefined; claimedAtMs: number }>;
export type SessionRow = Readonly<{ sessionId: string; tenantId: string; identity: Identity }> &
  (
    | Readonly<{ kind: 'denied' }>
    | Readonly<{ kind: 'live'; grantedAtMs: number; endsAtMs: number }>
    | Readonly<{ kind: 'ended'; endedAtMs: number; isPublished: boolean }>
  );

export async function brokerLedger(store: MongoStore): Promise<BrokerLedger> {
  const slots = await mongoSlots(store);
  const sessions = await mongoSessions(store);
  return {
    async *slots(nowMs) {
      const outbox = await sessions.due(nowMs, outboxMax);
      for await (const { key: tenantId, state } of rowsOf(slots)) {
        const open: Record<string, OpenSlot> = {};
        const all = { all: (limit: number, after?: string) => sessions.tagged(tenantTag(tenantId), limit, after) };
        for await (const { key, state: session } of rowsOf(all)) Object.assign(open, slotOf(key, session));
        for (const { key, state: session } of outbox)
          if (session.tenantId === tenantId && state.pending[key]?.what !== 'freed')
            Object.assign(open, slotOf(key, session));
        for (const [key, { what, identity, address, atMs }] of Object.entries(state.pending))
          if (what === 'claimed') open[key] ??= { identity, address, claimedAtMs: atMs };
        yield { tenantId, counted: state.open, open };
      }
    },
    async *sessions(range) {
      for await (const { key, state } of rowsOf(sessions, range)) {
        const owner = { sessionId: key, tenantId: state.tenantId, identity: state.identity };
        if (state.kind === 'denied') yield { ...owner, kind: 'denied' };
        else if (state.kind === 'live')
          yield { ...owner, kind: 'live', grantedAtMs: state.grantedAtMs, endsAtMs: state.endsAtMs };
        else yield { ...owner, kind: 'ended', endedAtMs: state.endedAtMs, isPublished: state.told };
      }
    },
  };
}

const outboxMax = 10_000;

function slotOf(sessionId: string, session: Session): Readonly<Record<string, OpenSlot>> {
  const { identity } = session;
  if (session.kind === 'denied' || (session.kind === 'ended' && session.told)) return {};
  const { address } = session;
  return {
    [sessionId]: { identity, address, claimedAtMs: session.kind === 'live' ? session.grantedAtMs : session.endedAtMs },
  };
}
