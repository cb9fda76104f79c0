import type { EndedCall, ListEndedSessions } from '@vox/contracts';
import type { z } from 'zod';
import { type ActDependencies, recorded } from '../../audit/mod.ts';
import type { CallOver, Calls } from '../keep/calls.ts';
import { endCursor } from './page-cursors.ts';

type Asked = z.infer<(typeof ListEndedSessions)['request']>;
type Reply = z.input<(typeof ListEndedSessions)['reply']>;
export type ListEnded = ActDependencies & Readonly<{ calls: Pick<Calls, 'ended'> }>;

/** A page of a tenant’s calls that are over. It is handed out once the audit log holds who read it. */
export const listEndedCalls =
  (dependencies: ListEnded) =>
  ({ agentId, widgetKey, endReason, from, to, after, limit, ...acting }: Asked): Promise<Reply> => {
    const { tenantId } = acting;
    const act = { ...acting, action: 'session.list', target: `tenant:${tenantId}`, details: { state: 'ended' } };
    return recorded(dependencies, act, async () => {
      const wanted = { tenantId, agentId, widgetKey, endReason, before: endCursor.read(after) };
      const times = { fromMs: msOf(from), toMs: msOf(to) };
      // One more than a page holds says whether there is another page.
      const found = await dependencies.calls.ended({ ...wanted, ...times, limit: limit + 1 });
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : undefined;
      return { sessions: page.map(rowOf), next: endCursor.write(last) };
    });
  };

const msOf = (at: string | undefined): number | undefined => (at === undefined ? undefined : Date.parse(at));
const iso = (ms: number): string => new Date(ms).toISOString();

/** What is shown of a call: the person of it is not. */
const rowOf = ({ kind, widgetKey, connectedSeconds, ...call }: CallOver): EndedCall => ({
  sessionId: call.sessionId,
  kind: kind ?? null,
  widgetKey: widgetKey ?? null,
  agentId: call.agentId,
  startedAt: iso(call.startedAtMs),
  endedAt: iso(call.endedAtMs),
  endReason: call.endReason,
  connectedSeconds: connectedSeconds ?? null,
  used: call.used,
});
