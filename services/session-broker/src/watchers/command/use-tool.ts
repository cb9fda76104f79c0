import { type CallEvent, HttpsUrl, type Policy, type ToolView } from '@vox/contracts';
import type { Redactor } from '@vox/platform/redaction-thread';
import type { Sessions } from '../../calls/mod.ts';
import type { ReadAgent } from '../../provider/mod.ts';
import type { RunTool, ToolOutcome } from '../../tools/mod.ts';
import type { ToolAnswer, UseTool, WatchedCall } from '../../watch/mod.ts';
import { viewOf } from '../decide/tool-shown.ts';
import { outputOf } from '../decide/tool-told.ts';

export type UseToolDependencies = Readonly<{
  runTool: RunTool;
  readAgent: ReadAgent;
  sessions: Pick<Sessions, 'read'>;
  policies: Readonly<{ get: (tenantId: string) => Policy | undefined }>;
  redactor: Pick<Redactor, 'redactAlone'>;
}>;

const ended: ToolOutcome = { kind: 'refused', code: 'SESSION_ENDED' };

/**
 * Uses a tool of the agent of a brokered call, as the provider asks for it. Functions of the visitor's page are left to
 * the page. What the page is shown is redacted as what is said is.
 */
export const toolUser =
  (dependencies: UseToolDependencies): UseTool =>
  async (call, { useId, name, args }, signal) => {
    const { runTool, readAgent, sessions, policies } = dependencies;
    const { tenantId, sessionId, agentId, callId } = call;
    const policy = policies.get(tenantId);
    const session = await sessions.read(sessionId);
    if (policy === undefined || session?.kind !== 'live' || session.callId !== callId)
      return answerOf(dependencies, call, { useId, name, outcome: ended });
    const agent = await readAgent(policy, agentId);
    if (agent.tools.some((tool) => tool.name === name && tool.kind === undefined)) return undefined;
    const { endsAtMs } = session;
    const asked = { session: { tenantId, sessionId, agentId, endsAtMs }, agent, name, args, callId: useId, signal };
    return answerOf(dependencies, call, { useId, name, outcome: await runTool({ ...asked, via: 'provider' }) });
  };

type Used = Readonly<{ useId: string; name: string; outcome: ToolOutcome }>;

async function answerOf(
  dependencies: Pick<UseToolDependencies, 'policies' | 'redactor'>,
  call: WatchedCall,
  used: Used,
): Promise<ToolAnswer> {
  const { outcome } = used;
  const effect = outcome.kind === 'done' ? outcome.effect : undefined;
  return {
    output: outputOf(outcome),
    shows: await shownBy(dependencies, call, used),
    endsCall: effect?.kind === 'end-call',
  };
}

async function shownBy(
  dependencies: Pick<UseToolDependencies, 'policies' | 'redactor'>,
  call: WatchedCall,
  { useId, name, outcome }: Used,
): Promise<readonly CallEvent[]> {
  if (outcome.kind !== 'done') return [];
  const { ui, effect } = outcome;
  const link = effect?.kind === 'link' ? HttpsUrl.safeParse(effect.url) : undefined;
  return [
    ...(ui === undefined
      ? []
      : [{ kind: 'tool' as const, useId, name, view: await redacted(dependencies, call, viewOf(ui)) }]),
    ...(effect?.kind === 'link' && link?.success
      ? [{ kind: 'link' as const, useId, url: link.data, label: effect.label }]
      : []),
  ];
}

/** A view without the cards that an answer may hold. */
async function redacted(
  { policies, redactor }: Pick<UseToolDependencies, 'policies' | 'redactor'>,
  { tenantId, sessionId }: WatchedCall,
  view: ToolView,
): Promise<ToolView> {
  const rules = policies.get(tenantId)?.redaction;
  const read = async (text: string): Promise<string> =>
    rules === undefined ? '' : (await redactor.redactAlone(sessionId, { role: 'tool', text }, rules)).message.text;
  const fields = view.fields.map(async ({ path, value }) => ({
    path,
    value: typeof value === 'string' ? await read(value) : await Promise.all(value.map(read)),
  }));
  return { ...view, fields: await Promise.all(fields) };
}
