import type { EndSession, EndSessionByAdmin, EndSessions, Heartbeat, ListSessions } from '@vox/contracts';
import type { Asker } from '@vox/platform/bus';
import type { z } from 'zod';
import { type EndByVisitorDependencies, endByVisitor } from '../command/end-session.ts';
import { type ListSessionsDependencies, listSessions } from '../command/list-sessions.ts';
import { type OrderEndDependencies, orderEnd, orderEndOfScope } from '../command/order-end.ts';
import { type RecordHeartbeatDependencies, recordHeartbeat } from '../command/record-heartbeat.ts';
import type { Session } from '../decide/session.ts';
import { type SessionState, stateOf } from './session-state.ts';

type Request<Q extends { request: z.ZodType }> = z.infer<Q['request']>;
type Reply<Q extends { reply: z.ZodType }> = z.infer<Q['reply']>;

export const answerHeartbeat =
  (dependencies: RecordHeartbeatDependencies) =>
  async (heartbeat: Request<typeof Heartbeat>): Promise<SessionState> => {
    // One moment serves the record and the answer.
    const now = dependencies.clock.now();
    return stateOf(await recordHeartbeat(dependencies, heartbeat, now), now);
  };

export const answerEnd =
  (dependencies: EndByVisitorDependencies) =>
  async (asked: Request<typeof EndSession>): Promise<SessionState> =>
    stateIn(asked.tenantId, await endByVisitor(dependencies, asked), dependencies.clock.now());

export const answerEndByAdmin =
  (dependencies: OrderEndDependencies) =>
  async ({ tenantId, sessionId, ...by }: Request<typeof EndSessionByAdmin>): Promise<SessionState> =>
    stateIn(tenantId, await orderEnd(dependencies, { tenantId, sessionId }, by), dependencies.clock.now());

/** Another tenant's session is unknown. */
const stateIn = (tenantId: string, session: Session | undefined, now: Date): SessionState =>
  stateOf(session?.tenantId === tenantId ? session : undefined, now);

export const answerEndMany =
  (dependencies: OrderEndDependencies) =>
  async ({ tenantId, widgetKey, ...by }: Request<typeof EndSessions>): Promise<Reply<typeof EndSessions>> => {
    const { ended, isDone } = await orderEndOfScope(dependencies, { tenantId, widgetKey }, by);
    return { ended, done: isDone };
  };

export const answerList =
  (dependencies: ListSessionsDependencies) =>
  async (asked: Request<typeof ListSessions>, { credential }: Asker): Promise<Reply<typeof ListSessions>> => {
    const { sessions, next } = await listSessions(dependencies, asked, credential);
    return {
      next,
      sessions: sessions.map(({ sessionId, session }) => ({
        sessionId,
        identity: session.identity,
        grantedAt: new Date(session.grantedAtMs).toISOString(),
        endsAt: new Date(session.endsAtMs).toISOString(),
        connected: session.connectedAtMs !== undefined,
      })),
    };
  };
