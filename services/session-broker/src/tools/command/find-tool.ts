import { type Agent, type AgentTool, closedBy, type Policy, type RunnableTool } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { LiveSession, Session, Sessions } from '../../calls/mod.ts';
import { hasNoDocument, type ReadAgent } from '../../provider/mod.ts';
import type { ToolCall, ToolRefusal, ToolRefusalCode } from '../decide/outcome.ts';

export type FindToolDependencies = Readonly<{
  sessions: Pick<Sessions, 'read'>;
  policies: Readonly<{ get: (tenantId: string) => Policy | undefined }>;
  readAgent: ReadAgent;
  clock: Pick<Clock, 'now'>;
}>;

/** A tool that may be run now, with the call and the policy that it is run under. */
export type FoundTool = Readonly<{ kind: 'found'; session: LiveSession; policy: Policy; tool: RunnableTool }>;

const refused = (code: ToolRefusalCode, over: Partial<ToolRefusal> = {}): ToolRefusal => ({
  kind: 'refused',
  code,
  ...over,
});

/**
 * Finds the call and the tool of a use. A call of another tenant is as unknown as one that never was. Throws Fault
 * UNAVAILABLE while the store or the agent cannot be read.
 */
export async function findTool(
  dependencies: FindToolDependencies,
  { session: { tenantId, sessionId }, agent, name, via }: ToolCall,
): Promise<FoundTool | ToolRefusal> {
  const session = await dependencies.sessions.read(sessionId);
  if (session === undefined || session.kind === 'denied' || session.tenantId !== tenantId)
    return refused('SESSION_NOT_FOUND');
  if (!goesOn(session, dependencies.clock)) return refused('SESSION_ENDED');
  const policy = dependencies.policies.get(tenantId);
  if (policy === undefined) throw new Fault('UNAVAILABLE', {}, { cause: new Error('no policy of this tenant') });
  if (isClosed(policy, session)) return refused('TENANT_SUSPENDED');
  // The provider asks in a brokered call, and its answer is nobody else's: the page could make up any arguments.
  if (via === 'browser' && session.mode === 'brokered') return refused('HEARD_BY_SERVER', { reason: 'brokered' });
  const { tools } = agent ?? (await agentOf(dependencies, session, policy));
  const tool = tools.find((each) => each.name === name);
  if (tool === undefined) return refused('TOOL_NOT_FOUND');
  if (!isRunnable(tool)) return refused('TOOL_REFUSED', { reason: 'page-function' });
  return { kind: 'found', session, policy, tool };
}

/** Whether a call goes on. The sweep ends one a moment after its longest time. */
export const goesOn = (session: Session | undefined, clock: Pick<Clock, 'now'>): session is LiveSession =>
  session?.kind === 'live' && session.endsAtMs > clock.now().getTime();

const isRunnable = (tool: AgentTool): tool is RunnableTool => tool.kind !== undefined;

const isClosed = (policy: Policy, { identity }: LiveSession): boolean =>
  closedBy(
    policy,
    identity.kind === 'widget' ? policy.keys.find(({ key }) => key === identity.widgetKey) : undefined,
  ) !== undefined;

/**
 * The agent as its call began with it. Where that document is gone, which happens once a tenant has changed its agents,
 * the present one speaks; where it cannot be read, no other takes its place.
 */
async function agentOf(
  { readAgent }: FindToolDependencies,
  { agentId, agentSetId }: LiveSession,
  policy: Policy,
): Promise<Agent> {
  if (agentSetId === undefined || agentSetId === policy.agentSetId) return readAgent(policy, agentId);
  const { tenantId } = policy;
  return readAgent({ tenantId, agentSetId }, agentId).catch((error: unknown) => {
    if (hasNoDocument(error)) return readAgent(policy, agentId);
    throw error;
  });
}
