import { type Acting, closedBy, type Policy, type RunnableTool } from '@vox/contracts';
import type { ActPublisher } from '@vox/platform/bus';
import { noTenant } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { ToolRefusal, ToolRefusalCode } from '../decide/outcome.ts';
import { actOfTry, type ToolTry, type TriedOutcome, type TryTool } from '../decide/tool-try.ts';
import { publishTried, publishTry } from '../publish/try-acts.ts';
import { type CountInMinuteDependencies, countInMinute, uncountInMinute } from './begin-use.ts';
import type { CheckArguments } from './check-arguments.ts';
import type { FindToolDependencies } from './find-tool.ts';
import { figuresOf } from './finish-use.ts';
import { observed } from './observe-use.ts';
import { type Preparations, prepare, type Ready } from './prepare.ts';
import { type SendUseDependencies, sendUse } from './send-use.ts';

export type TryToolDependencies = Pick<FindToolDependencies, 'policies' | 'readAgent'> &
  CountInMinuteDependencies &
  SendUseDependencies &
  Readonly<{
    preparations: Preparations;
    checkArguments: CheckArguments;
    audit: ActPublisher;
    clock: Clock;
    /** A new id of a try. */
    tryId: () => string;
  }>;

type Tried = Exclude<RunnableTool, { kind: 'built_in' }>;
type Whose = Readonly<{ asked: ToolTry; by: Acting; tryId: string; policy: Policy }>;
type Came = Omit<TriedOutcome, 'tryId'>;

/**
 * Tries tools of agents as they are in force, outside of any call. A try is checked, bounded and sent as a use is, and
 * stands in the audit log before it is sent and once it is over. It costs the budget nothing, and nobody keeps its
 * answer. What VOX does to a call itself is not tried.
 */
export const toolTrier =
  (dependencies: TryToolDependencies): TryTool =>
  async (asked, by) => {
    const policy = dependencies.policies.get(asked.tenantId);
    if (policy === undefined) throw noTenant(asked.tenantId);
    const tryId = dependencies.tryId();
    let figures: Came['figures'];
    const outcome = await observed(dependencies, { via: 'try' }, async () => {
      const came = await run(dependencies, { asked, by, tryId, policy });
      figures = came.figures;
      return came.outcome;
    });
    return { tryId, outcome, figures };
  };

async function run(dependencies: TryToolDependencies, whose: Whose): Promise<Came> {
  const { asked, policy } = whose;
  const found = await findTried(dependencies, asked, policy);
  if (found.kind === 'refused') return { outcome: found };
  const { tool } = found;
  const unfit = dependencies.checkArguments(tool, asked.args);
  if (unfit !== undefined) return { outcome: unfit };
  const counted = { ...asked, nowMs: dependencies.clock.now().getTime() };
  const full = await countInMinute(dependencies, counted, tool);
  if (full !== undefined) return { outcome: full };
  const ready = await makeReady(dependencies, whose, tool).catch(async (error: unknown) => {
    await uncountInMinute(dependencies, counted);
    throw error;
  });
  return ready.kind === 'refused' ? { outcome: ready } : send(dependencies, whose, { tool, ready }, counted.nowMs);
}

const refused = (code: ToolRefusalCode, over: Partial<ToolRefusal> = {}): ToolRefusal => ({
  ...{ kind: 'refused', code },
  ...over,
});

async function findTried(
  { readAgent }: TryToolDependencies,
  { agentId, name }: ToolTry,
  policy: Policy,
): Promise<Readonly<{ kind: 'found'; tool: Tried }> | ToolRefusal> {
  if (closedBy(policy, undefined) !== undefined) return refused('TENANT_SUSPENDED');
  if (!policy.agents.some((agent) => agent.agentId === agentId)) return refused('TOOL_NOT_FOUND', { field: 'agentId' });
  const tool = (await readAgent(policy, agentId)).tools.find((each) => each.name === name);
  if (tool === undefined) return refused('TOOL_NOT_FOUND', { field: 'name' });
  if (tool.kind === undefined) return refused('TOOL_REFUSED', { reason: 'page-function' });
  return tool.kind === 'built_in' ? refused('TOOL_REFUSED', { reason: 'needs-call' }) : { kind: 'found', tool };
}

/** Everything that a try needs before it is sent. The audit log has it by then. */
async function makeReady(
  { preparations, audit }: TryToolDependencies,
  { asked, tryId, by }: Whose,
  tool: Tried,
): Promise<Ready | ToolRefusal> {
  const { tenantId, agentId, args } = asked;
  const session = { tenantId, agentId };
  const ready = await prepare(preparations, { tool, args, session, sessionId: tryId, callId: tryId });
  if (ready.kind === 'ready') await publishTry(audit, { act: actOfTry(asked), tryId, by }, { ...ready, ...tool });
  return ready;
}

async function send(
  dependencies: TryToolDependencies,
  { asked, policy, tryId, by }: Whose,
  { tool, ready }: Readonly<{ tool: Tried; ready: Ready }>,
  begunAtMs: number,
): Promise<Came> {
  const { audit, clock, log } = dependencies;
  // There is no call that could end meanwhile: a try has its deadline alone.
  const { signal } = new AbortController();
  const sent = await sendUse(dependencies, ready, { tool, policy, sessionId: tryId, signal });
  const figures = figuresOf({ ready, ...sent }, clock.now().getTime() - begunAtMs);
  // It was sent, which the audit log knows: whoever tries it hears the answer even if no more can be written there.
  await publishTried(audit, { act: actOfTry(asked), tryId, by }, figures).catch((error: unknown) =>
    log.warn({ error }, 'what came of a tool that was tried stands in no audit log'),
  );
  return { outcome: sent.outcome, figures };
}
