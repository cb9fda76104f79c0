import {
  allowsMode,
  type Policy,
  type PolicyAgent,
  type PreviewChange,
  type PreviewRule,
  type ToldAgent,
} from '@vox/contracts';
import type { Both } from './differing.ts';
import { type Outcome, type PastCall, refused, unknown } from './past-call.ts';

/** What a rule that is no limit would have done to a call, if anything. */
type Judge = (call: PastCall, both: Both, change: PreviewChange) => Outcome | undefined;

/**
 * The rules that are no limits and that calls can be held against. Who asked for something by its name would have been
 * refused; who took what was the default would have got another, and nobody knows what came of that.
 */
export const judges: Readonly<Partial<Record<PreviewRule, Judge>>> = {
  agents: (call, { inForce, drafted }) => {
    const { agentId, asked } = call;
    if (!hasAgent(inForce.policy, agentId)) return undefined;
    const first = firstFor(call, drafted.policy);
    if (!hasAgent(drafted.policy, agentId))
      return asked?.agentId !== undefined || first === undefined ? refused : unknown;
    const wasDefault = asked !== undefined && asked.agentId === undefined && firstFor(call, inForce.policy) === agentId;
    return wasDefault && first !== agentId ? unknown : undefined;
  },
  models: (call, both) => chosenOf(call, both, 'model', ({ models }) => models),
  voices: (call, both) => chosenOf(call, both, 'voice', ({ voices }) => voices),
  calls: ({ granted }, { inForce, drafted }) => {
    const [before, after] = [inForce.policy.calls, drafted.policy.calls];
    if (granted === undefined) return after === 'both' || after === before ? undefined : unknown;
    return allowsMode(before, granted.mode) && !allowsMode(after, granted.mode) ? refused : undefined;
  },
  tools: ({ agentId, granted, tools }, { inForce, drafted }) => {
    const gone = toolsGone(agentId, inForce.told, drafted.told);
    if (gone.length === 0) return undefined;
    // Where the audit log is gone, its uses of tools are too.
    return granted === undefined || tools.some((name) => gone.includes(name)) ? unknown : undefined;
  },
  consent: ({ kind }, _both, change) => (kind === 'console' || change === 'looser' ? undefined : unknown),
  botMode: ({ kind }, { drafted }) => (kind === 'console' || drafted.policy.bot.mode === 'off' ? undefined : unknown),
  botUnavailable: ({ kind, asked }, { drafted }) => {
    if (kind === 'console' || drafted.policy.bot.whenUnavailable !== 'deny') return undefined;
    if (asked?.passed === undefined) return unknown;
    return asked.passed.includes('bot-unverified') ? refused : undefined;
  },
};

const agentIn = ({ agents }: Policy, agentId: string): PolicyAgent | undefined =>
  agents.find((each) => each.agentId === agentId);
const hasAgent = (policy: Policy, agentId: string): boolean => agentIn(policy, agentId) !== undefined;

/** The agent of a call that names none. What became of its key since is not the doing of a draft. */
function firstFor({ widgetKey }: PastCall, { keys, agents }: Policy): string | undefined {
  const reached = keys.find(({ key }) => key === widgetKey)?.agentIds ?? null;
  return agents.find(({ agentId }) => reached === null || reached.includes(agentId))?.agentId;
}

/** Of what a call chose out of a list of its agent. */
function chosenOf(
  { agentId, asked, granted }: PastCall,
  { inForce, drafted }: Both,
  what: 'model' | 'voice',
  listOf: (agent: PolicyAgent) => readonly string[],
): Outcome | undefined {
  const [old, young] = [agentIn(inForce.policy, agentId), agentIn(drafted.policy, agentId)];
  if (old === undefined || young === undefined) return undefined;
  const [before, after] = [listOf(old), listOf(young)];
  const isSame = before[0] === after[0] && before.every((each) => after.includes(each));
  const used = granted?.[what];
  if (used === undefined) return isSame ? undefined : unknown;
  if (!before.includes(used)) return undefined;
  if (asked === undefined) return after.includes(used) ? undefined : unknown;
  if (asked[what] !== undefined) return after.includes(used) ? undefined : refused;
  return before[0] === used && after[0] !== used ? unknown : undefined;
}

function toolsGone(agentId: string, before: readonly ToldAgent[], after: readonly ToldAgent[]): string[] {
  const [old, young] = [before, after].map((told) => told.find((each) => each.agentId === agentId));
  if (old === undefined || young === undefined) return [];
  return old.tools.map(({ name }) => name).filter((name) => !young.tools.some((each) => each.name === name));
}
