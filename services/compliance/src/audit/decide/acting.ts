import type { Acting, ActOutcome, Fact } from '@vox/contracts';

/** Who did what to what, why, and whether it was done: what an auditor reads of an entry. */
export type Act = Readonly<{
  actor: string;
  action: string;
  target: string;
  reason: string | null;
  outcome: ActOutcome;
  requestId: string | null;
}>;

const done = 'done';
export const self = ({ source }: Fact, action: string, target: string, over: Partial<Act> = {}): Act => ({
  actor: `service:${source}`,
  action,
  target,
  reason: null,
  outcome: done,
  requestId: null,
  ...over,
});
export const asked = ({ actor, reason, requestId }: Acting, action: string, target: string): Act => ({
  actor,
  action,
  target,
  reason: reason ?? null,
  outcome: done,
  requestId: requestId ?? null,
});
/** The id of a session is the id of the request that asked for it. */
export const ofSession = (fact: Fact & { data: { sessionId: string } }, action: string, over: Partial<Act> = {}): Act =>
  self(fact, action, `session:${fact.data.sessionId}`, { requestId: fact.data.sessionId, ...over });
